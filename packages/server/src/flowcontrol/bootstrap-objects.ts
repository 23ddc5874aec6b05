import type { FlowSchema, PriorityLevelConfiguration } from '@gantry/api/generated/types';
import { AUTHENTICATED, UNAUTHENTICATED } from '../auth/users.ts';

type Rule = NonNullable<FlowSchema['spec']['rules']>[number];
type Subject = NonNullable<Rule['subjects']>[number];

export const AUTO_UPDATE = 'apf.kubernetes.io/autoupdate-spec';
const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
const annotations = { [AUTO_UPDATE]: 'true' };

function level(name: string, spec: PriorityLevelConfiguration['spec']): PriorityLevelConfiguration {
  return {
    apiVersion,
    kind: 'PriorityLevelConfiguration',
    metadata: { name, annotations: { ...annotations } },
    spec,
  };
}

const limited = (name: string, shares: number, lendable: number, queues: number, handSize = 6) =>
  level(name, {
    type: 'Limited',
    limited: {
      nominalConcurrencyShares: shares,
      lendablePercent: lendable,
      limitResponse: { type: 'Queue', queuing: { queues, handSize, queueLengthLimit: 50 } },
    },
  });

/** Without these, no request would belong anywhere: they are kept as they are here. */
export const mandatoryPriorityLevels: readonly PriorityLevelConfiguration[] = [
  level('catch-all', {
    type: 'Limited',
    limited: { nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: { type: 'Reject' } },
  }),
  level('exempt', { type: 'Exempt', exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } }),
];

/** Made at the start, and kept as they are here unless an administrator takes one over. */
export const suggestedPriorityLevels: readonly PriorityLevelConfiguration[] = [
  limited('system', 30, 33, 64),
  limited('node-high', 40, 25, 64),
  limited('leader-election', 10, 0, 16, 4),
  limited('workload-high', 40, 50, 128),
  limited('workload-low', 100, 90, 128),
  limited('global-default', 20, 50, 128),
];

const user = (name: string): Subject => ({ kind: 'User', user: { name } });
const group = (name: string): Subject => ({ kind: 'Group', group: { name } });
const systemAccounts: Subject = {
  kind: 'ServiceAccount',
  serviceAccount: { name: '*', namespace: 'kube-system' },
};
const everybody = [group(UNAUTHENTICATED), group(AUTHENTICATED)];

const resources = (verbs: string[], apiGroups: string[], names: string[], clusterScope: boolean) => ({
  verbs,
  apiGroups,
  resources: names,
  namespaces: ['*'],
  clusterScope,
});

const paths = (verbs: string[], nonResourceURLs: string[]) => ({ verbs, nonResourceURLs });

const everything = (subjects: Subject[]): Rule => ({
  subjects,
  resourceRules: [resources(['*'], ['*'], ['*'], true)],
  nonResourceRules: [paths(['*'], ['*'])],
});

function schema(
  name: string,
  priorityLevel: string,
  matchingPrecedence: number,
  distinguisher: 'ByUser' | 'ByNamespace' | undefined,
  rule: Rule,
): FlowSchema {
  return {
    apiVersion,
    kind: 'FlowSchema',
    metadata: { name, annotations: { ...annotations } },
    spec: {
      priorityLevelConfiguration: { name: priorityLevel },
      matchingPrecedence,
      ...(distinguisher === undefined ? {} : { distinguisherMethod: { type: distinguisher } }),
      rules: [rule],
    },
  };
}

export const mandatoryFlowSchemas: readonly FlowSchema[] = [
  schema('exempt', 'exempt', 1, undefined, everything([group('system:masters')])),
  schema('catch-all', 'catch-all', 10_000, 'ByUser', everything(everybody)),
];

export const suggestedFlowSchemas: readonly FlowSchema[] = [
  schema('system-nodes', 'system', 500, 'ByUser', everything([group('system:nodes')])),
  schema('system-node-high', 'node-high', 400, 'ByUser', {
    subjects: [group('system:nodes')],
    resourceRules: [
      resources(['*'], [''], ['nodes', 'nodes/status'], true),
      resources(['*'], ['coordination.k8s.io'], ['leases'], false),
    ],
  }),
  schema('probes', 'exempt', 2, undefined, {
    subjects: everybody,
    nonResourceRules: [paths(['get'], ['/healthz', '/readyz', '/livez'])],
  }),
  schema('system-leader-election', 'leader-election', 100, 'ByUser', {
    subjects: [user('system:kube-controller-manager'), user('system:kube-scheduler'), systemAccounts],
    resourceRules: [resources(['get', 'create', 'update'], ['coordination.k8s.io'], ['leases'], false)],
  }),
  schema(
    'kube-controller-manager',
    'workload-high',
    800,
    'ByNamespace',
    everything([user('system:kube-controller-manager')]),
  ),
  schema('kube-scheduler', 'workload-high', 800, 'ByNamespace', everything([user('system:kube-scheduler')])),
  schema('kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', everything([systemAccounts])),
  schema('service-accounts', 'workload-low', 9000, 'ByUser', everything([group('system:serviceaccounts')])),
  schema('global-default', 'global-default', 9900, 'ByUser', everything(everybody)),
];
