import type { LabelSelector, Labels } from '@gantry/machinery/label-selector';
import { matchesLabels } from '@gantry/machinery/label-selector';
import { notFound } from '@gantry/machinery/status';
import type { AdmissionRequest } from '../../request.ts';
import { requestNamespace } from './rules.ts';

type Loose = Readonly<Record<string, unknown>>;

const labelsOf = (object: Loose | undefined): Labels | undefined =>
  (object?.metadata as { readonly labels?: Labels } | undefined)?.labels;

function namespaceLabels(request: AdmissionRequest, name: string): Labels | undefined {
  const { kind, attributes, operation, object } = request;
  // The stored namespace does not have yet what this request is about to write.
  const writes = operation === 'CREATE' || operation === 'UPDATE';
  if (kind.plural === 'namespaces' && attributes.subresource === '' && writes) return labelsOf(object);
  const namespace = request.state.get('namespaces', '', name);
  if (namespace === undefined) throw notFound({ group: '', resource: 'namespaces' }, name);
  return labelsOf(namespace);
}

/** Objects of the cluster are always selected. Throws NotFound when the request's namespace is gone. */
export function selectsNamespace(selector: LabelSelector, request: AdmissionRequest): boolean {
  if (selector.length === 0) return true;
  const name = requestNamespace(request);
  if (name === '' && request.kind.plural !== 'namespaces') return true;
  return matchesLabels(selector, namespaceLabels(request, name));
}

/** Whether the new or the old state of the object has the labels. */
export function selectsObject(selector: LabelSelector, request: AdmissionRequest): boolean {
  if (selector.length === 0) return true;
  const { object, oldObject } = request;
  return (
    (object !== undefined && matchesLabels(selector, labelsOf(object))) ||
    (oldObject !== undefined && matchesLabels(selector, labelsOf(oldObject)))
  );
}
