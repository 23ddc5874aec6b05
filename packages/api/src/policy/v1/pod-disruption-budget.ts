import type { PodDisruptionBudget as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { Condition, LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { ageColumn, integer, nameColumn, text } from '../../tables/columns.ts';
import { podDisruptionBudgetRules } from './pod-disruption-budget-rules.ts';

export const PodDisruptionBudgetSpec = struct('io.k8s.api.policy.v1.PodDisruptionBudgetSpec', {
  maxUnavailable: intOrString({ description: 'Pods that may be down: a number or a percentage.' }),
  minAvailable: intOrString({ description: 'Pods that must stay up: a number or a percentage.' }),
  selector: ref(() => LabelSelector, {
    patchStrategy: 'replace',
    description: 'The pods that this is about.',
  }),
  unhealthyPodEvictionPolicy: string({ description: 'IfHealthyBudget or AlwaysAllow.' }),
});

export const PodDisruptionBudgetStatus = struct('io.k8s.api.policy.v1.PodDisruptionBudgetStatus', {
  conditions: array(
    ref(() => Condition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  currentHealthy: int32({ published: 0 }),
  desiredHealthy: int32({ published: 0 }),
  disruptedPods: map(time()),
  disruptionsAllowed: int32({ published: 0 }),
  expectedPods: int32({ published: 0 }),
  observedGeneration: int64(),
});

export const PodDisruptionBudget = struct(
  'io.k8s.api.policy.v1.PodDisruptionBudget',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PodDisruptionBudgetSpec),
    status: ref(() => PodDisruptionBudgetStatus),
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
    text('Min Available', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
    text('Max Unavailable', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
    integer('Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0),
    ageColumn,
  ],
});
