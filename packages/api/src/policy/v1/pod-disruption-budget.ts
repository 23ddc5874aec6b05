import type { PodDisruptionBudget as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { Condition, LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { ageColumn, integer, nameColumn, text } from '../../tables/columns.ts';
import { podDisruptionBudgetRules } from './pod-disruption-budget-rules.ts';

export const PodDisruptionBudgetSpec = struct(
  'io.k8s.api.policy.v1.PodDisruptionBudgetSpec',
  {
    maxUnavailable: intOrString({
      description:
        'Pods that evictions may take away, as number or percentage. Not together with minAvailable.',
    }),
    minAvailable: intOrString({
      description:
        'Pods that must stay after an eviction, as number or percentage. Not together with maxUnavailable.',
    }),
    selector: ref(() => LabelSelector, {
      patchStrategy: 'replace',
      description: 'Pods that this is about, by label. Empty: all of the namespace.',
    }),
    unhealthyPodEvictionPolicy: string({
      description:
        'Pods that are not ready go: IfHealthyBudget only while enough are healthy, AlwaysAllow always. Default: IfHealthyBudget.',
    }),
  },
  { description: 'What a budget should bring about.' },
);

export const PodDisruptionBudgetStatus = struct(
  'io.k8s.api.policy.v1.PodDisruptionBudgetStatus',
  {
    conditions: array(
      ref(() => Condition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'Whether evictions are allowed: DisruptionAllowed.',
      },
    ),
    currentHealthy: int32({ published: 0, description: 'Pods that are healthy.' }),
    desiredHealthy: int32({ published: 0, description: 'Pods that must stay healthy.' }),
    disruptedPods: map(time(), {
      description: 'Pods whose eviction was granted but not seen yet, and when it was.',
    }),
    disruptionsAllowed: int32({ published: 0, description: 'Evictions that are allowed now.' }),
    expectedPods: int32({ published: 0, description: 'Pods that the budget counts with.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
  },
  { description: 'What was last seen of a budget.' },
);

export const PodDisruptionBudget = struct(
  'io.k8s.api.policy.v1.PodDisruptionBudget',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PodDisruptionBudgetSpec, {
      description: 'Wanted state: which pods, and how many of them must stay.',
    }),
    status: ref(() => PodDisruptionBudgetStatus, {
      description: 'Seen state: how many evictions are allowed now.',
    }),
  },
  { description: 'How many pods of a set may be taken down at once on purpose.' },
);

export const podDisruptionBudget = defineKind<Stored>({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  namespaced: true,
  shortNames: ['pdb'],
  type: PodDisruptionBudget,
  subresources: {
    status: true,
  },
  rules: podDisruptionBudgetRules,
  columns: [
    nameColumn,
    text('Min Available', 'Pods that must stay healthy.', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
    text('Max Unavailable', 'Pods that may be missing.', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
    integer(
      'Allowed Disruptions',
      'Evictions that are allowed now.',
      ({ status }) => status?.disruptionsAllowed ?? 0,
    ),
    ageColumn,
  ],
});
