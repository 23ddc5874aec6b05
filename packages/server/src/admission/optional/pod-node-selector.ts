import type { Namespace, Pod } from '@gantry/api/generated/types';
import { internal, notFound } from '@gantry/machinery/status';
import { readObject } from '../../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';

const ANNOTATION = 'scheduler.alpha.kubernetes.io/node-selector';

/** `a=b,c=d`. Throws InternalError. */
function parse(text: string): Record<string, string> {
  const selector: Record<string, string> = {};
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [key, value, more] = part.split('=').map((one) => one.trim());
    if (key === undefined || value === undefined || more !== undefined)
      throw internal(`invalid selector: ${part}`);
    selector[key] = value;
  }
  return selector;
}

function selectorOf(request: AdmissionRequest): Record<string, string> {
  const { namespace } = request.attributes;
  const found = readObject<Namespace>(request.state, 'namespaces', '', namespace);
  if (found === undefined) throw notFound({ group: '', resource: 'namespaces' }, namespace);
  return parse(found.metadata.annotations?.[ANNOTATION] ?? '');
}

function checkConflict(request: AdmissionRequest, selector: Record<string, string>, pod: Pod): void {
  const own = pod.spec.nodeSelector ?? {};
  if (Object.entries(selector).some(([key, value]) => own[key] !== undefined && own[key] !== value))
    throw denied(request, 'pod node label selector conflicts with its namespace node label selector');
}

/** Pods run only on the nodes that an annotation of their namespace selects. */
export const podNodeSelector: AdmissionPlugin = {
  name: 'PodNodeSelector',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && operation === 'CREATE' && subresource === '',
  mutate(request) {
    const selector = selectorOf(request);
    if (Object.keys(selector).length === 0) return;
    const pod = request.object as unknown as Pod;
    checkConflict(request, selector, pod);
    pod.spec.nodeSelector = { ...selector, ...pod.spec.nodeSelector };
  },
  validate(request) {
    checkConflict(request, selectorOf(request), request.object as unknown as Pod);
  },
};
