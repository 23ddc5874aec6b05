import { forbidden } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { invalid } from '@gantry/machinery/status';
import { SUPERUSERS } from '../../auth/users.ts';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  Authorizer,
  RequestAttributes,
  UserInfo,
} from '../../request.ts';
import { requestName } from '../matching/rules.ts';
import { type ParamKind, paramResource, partsOf } from './param-kinds.ts';
import type { BindingSpec, PolicySpec } from './policy-set.ts';

const GROUP = 'admissionregistration.k8s.io';
const KINDS = /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/;

/** What a policy shows of its parameters, in messages and warnings, its author must be allowed to read. */
export function createParamAccess(authorizer: Authorizer): AdmissionPlugin {
  return {
    name: 'PolicyParamAccess',
    handles: ({ group, kind }, operation, subresource) =>
      group === GROUP && KINDS.test(kind) && operation !== 'DELETE' && subresource === '',
    validate(request) {
      if (request.user.groups.includes(SUPERUSERS)) return;
      const isBinding = request.kind.kind.endsWith('Binding');
      const fault = isBinding ? bindingFault(request, authorizer) : policyFault(request, authorizer);
      if (fault === undefined) return;
      const field = isBinding ? 'spec.paramRef' : 'spec.paramKind';
      throw invalid(GROUP, request.kind.kind, requestName(request), [forbidden(field, fault)]);
    },
  };
}

function policyFault(request: AdmissionRequest, authorizer: Authorizer): string | undefined {
  const { object, oldObject, user } = request;
  const { paramKind } = (object?.spec ?? {}) as PolicySpec;
  const { paramKind: before } = (oldObject?.spec ?? {}) as PolicySpec;
  if (paramKind === undefined || deepEqual(paramKind, before)) return undefined;
  const asked = { ...target(paramKind, request), verb: 'get', namespace: '*', name: '*' };
  if (authorizer.authorize(user, asked).allowed) return undefined;
  return (
    `user ${shown(user)} must have "get" permission on all objects of the referenced paramKind ` +
    `(kind=${paramKind.kind ?? ''}, apiVersion=${paramKind.apiVersion ?? ''})`
  );
}

function bindingFault(request: AdmissionRequest, authorizer: Authorizer): string | undefined {
  const { object, oldObject, user, kind, state } = request;
  const { paramRef, policyName = '' } = (object?.spec ?? {}) as Partial<BindingSpec>;
  const before = oldObject?.spec as BindingSpec | undefined;
  if (paramRef === undefined) return undefined;
  if (before !== undefined && deepEqual(paramRef, before.paramRef) && policyName === before.policyName)
    return undefined;
  const policies = `${kind.plural.replace('bindings', '').replace(/y$/, 'ies')}.${GROUP}`;
  const policy = state.get(policies, '', policyName);
  const { paramKind } = (policy?.spec ?? {}) as PolicySpec;
  const verb = paramRef.name ? 'get' : 'list';
  const { namespace = '', name = '' } = paramRef;
  const asked = { ...target(paramKind, request), verb, namespace, name };
  if (authorizer.authorize(user, asked).allowed) return undefined;
  const everything = `user ${shown(user)} does not have "${verb}" permission for all groups, versions and resources`;
  const minimum = 'to determine minimum required permissions and';
  if (policy === undefined) return `unable to get policy ${policyName} ${minimum} ${everything}`;
  if (paramKind !== undefined && typeof paramResource(paramKind, state) === 'string')
    return `unable to resolve paramKind ${paramKind.apiVersion}, Kind=${paramKind.kind} ${minimum} ${everything}`;
  return `user ${shown(user)} does not have "${verb}" permission on the object referenced by paramRef`;
}

/** Without a kind that can be found, everything is asked for. */
function target(
  paramKind: ParamKind | undefined,
  { state }: AdmissionRequest,
): Omit<RequestAttributes, 'verb' | 'namespace' | 'name'> {
  const everything = {
    isResourceRequest: true,
    group: '*',
    version: '*',
    resource: '*',
    subresource: '',
    path: '',
  };
  if (paramKind === undefined) return everything;
  const { group, version } = partsOf(paramKind);
  const found = paramResource(paramKind, state);
  return { ...everything, group, version, resource: typeof found === 'string' ? '*' : found.plural };
}

/** As Go prints a user. */
function shown({ name, uid = '', groups }: UserInfo): string {
  return `&{${name} ${uid} [${groups.join(' ')}] map[]}`;
}
