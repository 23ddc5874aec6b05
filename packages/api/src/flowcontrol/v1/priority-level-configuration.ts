import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { priorityLevelConfigurationColumns } from './flow-control-columns.ts';
import { priorityLevelConfigurationRules } from './priority-level-configuration-rules.ts';

export const QueuingConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.QueuingConfiguration',
  {
    handSize: int32({
      published: 0,
      description: 'Queues among which each flow chooses the shortest. Default: 8.',
    }),
    queueLengthLimit: int32({
      published: 0,
      description: 'Most requests that wait in one queue. Default: 50.',
    }),
    queues: int32({ published: 0, description: 'Number of queues. Default: 64.' }),
  },
  { description: 'Settings of the queues of a level.' },
);

export const LimitResponse = struct(
  'io.k8s.api.flowcontrol.v1.LimitResponse',
  {
    queuing: ref(() => QueuingConfiguration, {
      description: 'Settings of the queues. Only with type Queue.',
    }),
    type: string({ required: true, description: 'Queue lets them wait, Reject answers 429.' }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { queuing: 'Queuing' } }],
    description: 'Whether requests wait for a seat or are refused.',
  },
);

export const LimitedPriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration',
  {
    borrowingLimitPercent: int32({
      description:
        'Seats that may be borrowed from other levels, in percent of the own ones. Unset: no limit.',
    }),
    lendablePercent: int32({
      default: 0,
      description: 'Percent of its seats that other levels may borrow. Default: 0.',
    }),
    limitResponse: ref(() => LimitResponse, {
      byValue: true,
      description: 'What happens to requests for which there is no seat.',
    }),
    nominalConcurrencyShares: int32({
      default: 30,
      description: 'Share of the seats of the server, relative to other levels. Default: 30.',
    }),
  },
  { description: 'A level whose requests share a number of seats.' },
);

export const ExemptPriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration',
  {
    lendablePercent: int32({
      default: 0,
      description: 'Percent of its seats that other levels may borrow. Default: 0.',
    }),
    nominalConcurrencyShares: int32({
      default: 0,
      description: 'Share of the seats of the server, relative to other levels. Default: 0.',
    }),
  },
  { description: 'A level whose requests never wait.' },
);

export const PriorityLevelConfigurationCondition = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ description: 'True, False or Unknown.' }),
    type: string({ description: 'Name of the aspect.' }),
  },
  { description: 'One aspect of the state of a priority level.' },
);

export const PriorityLevelConfigurationSpec = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec',
  {
    exempt: ref(() => ExemptPriorityLevelConfiguration, {
      description: 'Settings of a level whose requests never wait. Only with type Exempt.',
    }),
    limited: ref(() => LimitedPriorityLevelConfiguration, {
      description: 'Settings of a level whose requests share seats. Only and always with type Limited.',
    }),
    type: string({ required: true, description: 'Exempt or Limited.' }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { exempt: 'Exempt', limited: 'Limited' } }],
    description: 'Seats and queues of a level.',
  },
);

export const PriorityLevelConfigurationStatus = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus',
  {
    conditions: array(
      ref(() => PriorityLevelConfigurationCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
  },
  { description: 'What was last seen of a priority level.' },
);

export const PriorityLevelConfiguration = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PriorityLevelConfigurationSpec, { description: 'Seats and queues of the level.' }),
    status: ref(() => PriorityLevelConfigurationStatus, { description: 'Seen state.' }),
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
