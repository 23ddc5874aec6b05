import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { priorityLevelConfigurationColumns } from './flow-control-columns.ts';
import { priorityLevelConfigurationRules } from './priority-level-configuration-rules.ts';

export const QueuingConfiguration = struct('io.k8s.api.flowcontrol.v1.QueuingConfiguration', {
  handSize: int32({ published: 0 }),
  queueLengthLimit: int32({ published: 0 }),
  queues: int32({ published: 0 }),
});

export const LimitResponse = struct(
  'io.k8s.api.flowcontrol.v1.LimitResponse',
  {
    queuing: ref(() => QueuingConfiguration),
    type: string({ required: true }),
  },
  { unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { queuing: 'Queuing' } }] },
);

export const LimitedPriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration',
  {
    borrowingLimitPercent: int32(),
    lendablePercent: int32({ default: 0 }),
    limitResponse: ref(() => LimitResponse, { byValue: true }),
    nominalConcurrencyShares: int32({ default: 30 }),
  },
);

export const ExemptPriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration',
  {
    lendablePercent: int32({ default: 0 }),
    nominalConcurrencyShares: int32({ default: 0 }),
  },
);

export const PriorityLevelConfigurationCondition = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition',
  {
    lastTransitionTime: time(),
    message: string(),
    reason: string(),
    status: string(),
    type: string(),
  },
);

export const PriorityLevelConfigurationSpec = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec',
  {
    exempt: ref(() => ExemptPriorityLevelConfiguration),
    limited: ref(() => LimitedPriorityLevelConfiguration),
    type: string({ required: true }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { exempt: 'Exempt', limited: 'Limited' } }],
  },
);

export const PriorityLevelConfigurationStatus = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus',
  {
    conditions: array(
      ref(() => PriorityLevelConfigurationCondition),
      { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
    ),
  },
);

export const PriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PriorityLevelConfigurationSpec),
    status: ref(() => PriorityLevelConfigurationStatus),
  },
  { description: 'How many requests of a priority run at once, and what happens to more.' },
);

export const priorityLevelConfiguration = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  singular: 'prioritylevelconfiguration',
  namespaced: false,
  subresources: { status: true },
  columns: priorityLevelConfigurationColumns,
  type: PriorityLevelConfiguration,
  rules: priorityLevelConfigurationRules,
});
