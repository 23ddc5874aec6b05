import type { KindDefinition } from '@gantry/api/kind';
import type { AdmissionRequest, Authorizer } from '../../request.ts';
import { conditionBindings } from '../matching/bindings.ts';
import { requestNamespace } from '../matching/rules.ts';

/** Values of all variables of a policy's expressions but `params` and `variables`. */
export async function policyBindings(
  request: AdmissionRequest,
  form: KindDefinition,
  authorizer: Authorizer,
): Promise<Record<string, unknown>> {
  const bindings = await conditionBindings(request, form, authorizer);
  return { ...bindings, namespaceObject: namespaceObject(request) };
}

/** Null for objects of the cluster, and for namespaces themselves. */
function namespaceObject(request: AdmissionRequest): Readonly<Record<string, unknown>> | null {
  const { kind, state } = request;
  const name = requestNamespace(request);
  if (name === '' || (kind.group === '' && kind.plural === 'namespaces')) return null;
  const { metadata, spec, status } = state.get('namespaces', '', name) ?? {};
  return metadata === undefined ? null : { metadata, spec: spec ?? {}, status: status ?? {} };
}
