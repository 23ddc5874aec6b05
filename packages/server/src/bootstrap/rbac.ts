import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from '@gantry/api/generated/types';
import { aggregatedRules } from '../auth/authorization/aggregation.ts';
import { aggregateRoles } from './aggregate-roles.ts';
import { controllerRoles } from './controller-roles.ts';
import { gantryAggregateRoles, gantryRoles } from './gantry-roles.ts';
import { nodeRoles } from './node-roles.ts';
import { allow, EVENTS, READ } from './rules.ts';
import { systemRoles } from './system-roles.ts';

const API_GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${API_GROUP}/v1`;
const CONTROLLER_PREFIX = 'system:controller:';
const LEASES = 'create,get,list,update,watch';

const labels = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'kubernetes.io/bootstrapping': 'rbac-defaults',
  ...extra,
});
const annotations = (): Record<string, string> => ({ 'rbac.authorization.kubernetes.io/autoupdate': 'true' });

const user = (name: string): Subject => ({ apiGroup: API_GROUP, kind: 'User', name });
const group = (name: string): Subject => ({ apiGroup: API_GROUP, kind: 'Group', name });
const account = (name: string): Subject => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' });

const clusterRole = (
  name: string,
  rules: readonly PolicyRule[],
  extraLabels: Readonly<Record<string, string>> = {},
): ClusterRole => ({
  apiVersion: API_VERSION,
  kind: 'ClusterRole',
  metadata: { name, labels: labels(extraLabels), annotations: annotations() },
  rules: [...rules],
});

const aggregateLabel = (target: string): string => `${API_GROUP}/aggregate-to-${target}`;

const aggregating = (target: string, extraLabels: Readonly<Record<string, string>> = {}): ClusterRole => ({
  ...clusterRole(target, [], extraLabels),
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregateLabel(target)]: 'true' } }] },
});

/** All ClusterRoles, those that aggregate filled in, so that they hold before a controller runs. */
export function bootstrapClusterRoles(): ClusterRole[] {
  const plain = { ...systemRoles, ...nodeRoles, ...controllerRoles, ...gantryRoles };
  const parts = Object.entries({ ...aggregateRoles, ...gantryAggregateRoles }).map(([name, rules]) =>
    clusterRole(name, rules, { [aggregateLabel(name.slice(name.lastIndexOf('-') + 1))]: 'true' }),
  );
  const roles = [
    ...Object.entries(plain).map(([name, rules]) => clusterRole(name, rules)),
    ...parts,
    aggregating('view', { [aggregateLabel('edit')]: 'true' }),
    aggregating('edit', { [aggregateLabel('admin')]: 'true' }),
    aggregating('admin'),
  ];
  // `edit` takes what `view` holds and `admin` what `edit` holds, so that the order of the three matters.
  for (const role of roles) {
    const rules = aggregatedRules(role, roles);
    if (rules !== undefined) role.rules = rules;
  }
  return roles;
}

const clusterBinding = (name: string, role: string, subjects: Subject[]): ClusterRoleBinding => ({
  apiVersion: API_VERSION,
  kind: 'ClusterRoleBinding',
  metadata: { name, labels: labels(), annotations: annotations() },
  ...(subjects.length === 0 ? {} : { subjects }),
  roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: role },
});

export function bootstrapClusterRoleBindings(): ClusterRoleBinding[] {
  const everybody = [group('system:authenticated'), group('system:unauthenticated')];
  const bindings: [string, Subject[]][] = [
    ['cluster-admin', [group('system:masters')]],
    ['system:basic-user', [group('system:authenticated')]],
    ['system:discovery', [group('system:authenticated')]],
    ['system:kube-controller-manager', [user('system:kube-controller-manager')]],
    ['system:kube-dns', [account('kube-dns')]],
    ['system:kube-scheduler', [user('system:kube-scheduler')]],
    ['system:monitoring', [group('system:monitoring')]],
    // The Node authorizer decides for nodes; the binding is there for who wants to add to it.
    ['system:node', []],
    ['system:node-proxier', [user('system:kube-proxy')]],
    ['system:public-info-viewer', everybody],
    ['system:service-account-issuer-discovery', [group('system:serviceaccounts')]],
    ['system:volume-scheduler', [user('system:kube-scheduler')]],
    ['gantry:controller-manager', [user('system:kube-controller-manager')]],
    ['gantry:sync', [user('system:gantry-sync')]],
    ['gantry:node-network', [group('system:nodes'), user('system:kube-proxy')]],
    ['gantry:node-volumes', [group('system:nodes')]],
    ['gantry:applyset-user', [group('system:authenticated')]],
  ];
  return [
    ...bindings.map(([name, subjects]) => clusterBinding(name, name, subjects)),
    clusterBinding('gantry:admins', 'cluster-admin', [group('gantry:admins')]),
    ...Object.keys(controllerRoles).map((name) =>
      clusterBinding(name, name, [account(name.slice(CONTROLLER_PREFIX.length))]),
    ),
  ];
}

const role = (namespace: string, name: string, rules: PolicyRule[]): Role => ({
  apiVersion: API_VERSION,
  kind: 'Role',
  metadata: { name, namespace, labels: labels(), annotations: annotations() },
  rules,
});

export function bootstrapRoles(): Role[] {
  const leases = (): PolicyRule[] => [
    allow(LEASES, 'coordination.k8s.io', 'leases'),
    allow(LEASES, 'coordination.k8s.io', 'leasecandidates'),
  ];
  return [
    role('kube-system', 'extension-apiserver-authentication-reader', [
      allow(READ, 'core', 'configmaps', 'extension-apiserver-authentication'),
    ]),
    role('kube-system', 'system::leader-locking-kube-controller-manager', leases()),
    role('kube-system', 'system::leader-locking-kube-scheduler', leases()),
    role('kube-system', 'system:controller:bootstrap-signer', [allow(READ, 'core', 'secrets')]),
    role('kube-system', 'system:controller:cloud-provider', [
      allow('create,get,list,watch', 'core', 'configmaps'),
    ]),
    role('kube-system', 'system:controller:token-cleaner', [
      allow('delete,get,list,watch', 'core', 'secrets'),
      EVENTS,
    ]),
    // DNS runs in the node agent; NodeRestriction keeps each node to its own slice.
    role('kube-system', 'gantry:node-dns', [
      allow('create,get', 'core', 'services'),
      allow('create,get,patch,update', 'discovery.k8s.io', 'endpointslices'),
    ]),
    role('kube-public', 'system:controller:bootstrap-signer', [
      allow(READ, 'core', 'configmaps'),
      allow('update', 'core', 'configmaps', 'cluster-info'),
      EVENTS,
    ]),
  ];
}

const binding = (namespace: string, name: string, roleName: string, subjects: Subject[]): RoleBinding => ({
  apiVersion: API_VERSION,
  kind: 'RoleBinding',
  metadata: { name, namespace, labels: labels(), annotations: annotations() },
  subjects,
  roleRef: { apiGroup: API_GROUP, kind: 'Role', name: roleName },
});

export function bootstrapRoleBindings(): RoleBinding[] {
  const components = [user('system:kube-controller-manager'), user('system:kube-scheduler')];
  const same = (namespace: string, name: string, subjects: Subject[]): RoleBinding =>
    binding(namespace, name, name, subjects);
  return [
    binding(
      'kube-system',
      'system::extension-apiserver-authentication-reader',
      'extension-apiserver-authentication-reader',
      components,
    ),
    same('kube-system', 'system::leader-locking-kube-controller-manager', [
      user('system:kube-controller-manager'),
      account('kube-controller-manager'),
    ]),
    same('kube-system', 'system::leader-locking-kube-scheduler', [
      user('system:kube-scheduler'),
      account('kube-scheduler'),
    ]),
    same('kube-system', 'gantry:node-dns', [group('system:nodes')]),
    same('kube-system', 'system:controller:bootstrap-signer', [account('bootstrap-signer')]),
    same('kube-system', 'system:controller:cloud-provider', [account('cloud-provider')]),
    same('kube-system', 'system:controller:token-cleaner', [account('token-cleaner')]),
    same('kube-public', 'system:controller:bootstrap-signer', [account('bootstrap-signer')]),
  ];
}

/** What the Node authorizer decides by, where a node's pods don't matter. */
export const systemNodeRules: readonly PolicyRule[] = nodeRoles['system:node'] ?? [];
