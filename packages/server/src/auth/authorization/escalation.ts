import type { ClusterRole, PolicyRule, RoleBinding } from '@gantry/api/generated/types';
import { forbidden, notFound } from '@gantry/machinery/status';
import type { AdmissionPlugin, AdmissionRequest, RequestAttributes } from '../../request.ts';
import { SUPERUSERS } from '../users.ts';
import type { Authorization } from './authorization.ts';
import { formatRule, uncovered } from './rules.ts';

const GROUP = 'rbac.authorization.k8s.io';
const FULL: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

const resourceOf = (kind: string): string => (kind === 'ClusterRole' ? 'clusterroles' : 'roles');

const resolutionErrors = (missing: readonly string[]): string =>
  missing.length === 0 ? '' : `; resolution errors: [${missing.join(', ')}]`;

/** A binding names a role, a role holds rules. */
const isBinding = (resource: string): boolean => resource.endsWith('bindings');

/** Everything but what the garbage collector and bookkeeping change. */
function substance(object: unknown): string {
  const { metadata, ...rest } = object as { readonly metadata: Readonly<Record<string, unknown>> };
  const { labels, annotations, name } = metadata;
  return JSON.stringify([rest, labels, annotations, name]);
}

/**
 * Nobody grants what they don't hold, unless they may `escalate` the role or `bind` it.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function createEscalationCheck(authorization: Authorization): AdmissionPlugin {
  /** The right that frees from the check: to `escalate` a role, to `bind` one. */
  const exemption = (request: AdmissionRequest, object: RoleBinding | ClusterRole): RequestAttributes => {
    const { attributes, kind } = request;
    const asked = (verb: string, resource: string, name: string): RequestAttributes => ({
      ...attributes,
      isResourceRequest: true,
      ...{ verb, group: GROUP, resource, subresource: '', name, path: '' },
    });
    if ('roleRef' in object) return asked('bind', resourceOf(object.roleRef.kind), object.roleRef.name);
    // By the request's name, which a create does not have: a right to named roles is none to make new ones.
    return asked('escalate', kind.plural, attributes.name);
  };

  const assertHeld = (request: AdmissionRequest, rules: readonly PolicyRule[], name: string): void => {
    const { user, attributes, kind } = request;
    const missing = uncovered(authorization.rules.rulesFor(user, attributes.namespace), rules);
    if (missing.length === 0) return;
    const groups = user.groups.map((group) => JSON.stringify(group)).join(' ');
    throw forbidden(
      { group: GROUP, resource: kind.plural },
      name,
      `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${missing.map(formatRule).sort().join('\n')}${resolutionErrors(authorization.rules.missingFor(user, attributes.namespace))}`,
    );
  };

  const checkRole = (request: AdmissionRequest, role: ClusterRole): void => {
    const { kind, oldObject, user, attributes } = request;
    assertHeld(request, role.rules ?? [], role.metadata.name);
    const aggregates = [role, oldObject as unknown as ClusterRole | undefined].some(
      (one) => (one?.aggregationRule?.clusterRoleSelectors?.length ?? 0) > 0,
    );
    if (aggregates && uncovered(authorization.rules.rulesFor(user, attributes.namespace), FULL).length > 0) {
      throw forbidden(
        { group: GROUP, resource: kind.plural },
        role.metadata.name,
        'must have cluster-admin privileges to use the aggregationRule',
      );
    }
  };

  const checkBinding = (request: AdmissionRequest, binding: RoleBinding): void => {
    const { kind, name } = binding.roleRef;
    const resource = resourceOf(kind);
    const namespace = request.attributes.namespace;
    // Inside a set, the role may be one that the set itself brings.
    const inOverlay = request.state.get(
      `${resource}.${GROUP}`,
      kind === 'ClusterRole' ? '' : namespace,
      name,
    );
    const rules =
      (inOverlay as { readonly rules?: readonly PolicyRule[] } | undefined)?.rules ??
      (inOverlay === undefined ? undefined : []);
    if (rules === undefined) throw notFound({ group: GROUP, resource }, name);
    assertHeld(request, rules, binding.metadata.name);
  };

  return {
    name: 'RBACEscalation',
    handles: (kind, operation, subresource) =>
      kind.group === GROUP && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
    validate(request) {
      const { object, oldObject, user, kind } = request;
      if (object === undefined || user.groups.includes(SUPERUSERS)) return undefined;
      if (oldObject !== undefined && substance(object) === substance(oldObject)) return undefined;
      const subject = object as unknown as RoleBinding | ClusterRole;
      const asked = exemption(request, subject);
      const check = (): void => {
        if (authorization.authorize(user, asked).allowed) return;
        if (isBinding(kind.plural)) checkBinding(request, subject as RoleBinding);
        else checkRole(request, subject as ClusterRole);
      };
      return authorization.prepare === undefined ? check() : authorization.prepare(user, asked).then(check);
    },
  };
}
