import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { byPrecedence, flowSchemaColumns } from './flow-control-columns.ts';
import { flowSchemaRules } from './flow-schema-rules.ts';
import { PolicyRulesWithSubjects } from './types/policy-rules.ts';

export const FlowDistinguisherMethod = struct(
  'io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod',
  {
    type: string({ required: true, description: 'ByUser or ByNamespace.' }),
  },
  { description: 'How the requests of a schema are parted into flows.' },
);

export const PriorityLevelConfigurationReference = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference',
  {
    name: string({ required: true, description: 'Name of the PriorityLevelConfiguration.' }),
  },
  { description: 'A priority level.' },
);

export const FlowSchemaCondition = struct(
  'io.k8s.api.flowcontrol.v1.FlowSchemaCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ description: 'True, False or Unknown.' }),
    type: string({ description: 'Dangling: whether the priority level is missing.' }),
  },
  { description: 'One aspect of the state of a FlowSchema.' },
);

export const FlowSchemaSpec = struct(
  'io.k8s.api.flowcontrol.v1.FlowSchemaSpec',
  {
    distinguisherMethod: ref(() => FlowDistinguisherMethod, {
      description: 'How the requests are parted into flows. Unset: all are one flow.',
    }),
    matchingPrecedence: int32({
      published: 0,
      description: 'Order among schemas, 1 to 10000: the lowest that matches decides. Default: 1000.',
    }),
    priorityLevelConfiguration: ref(() => PriorityLevelConfigurationReference, {
      required: true,
      description: 'Priority level of the requests. Without it, the schema is passed over.',
    }),
    rules: array(
      ref(() => PolicyRulesWithSubjects),
      { listType: 'atomic', description: 'Requests that belong here: one of these is enough. Empty: none.' },
    ),
  },
  { description: 'Which requests belong to a schema.' },
);

export const FlowSchemaStatus = struct(
  'io.k8s.api.flowcontrol.v1.FlowSchemaStatus',
  {
    conditions: array(
      ref(() => FlowSchemaCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
  },
  { description: 'What was last seen of a FlowSchema.' },
);

export const FlowSchema = struct(
  'io.k8s.api.flowcontrol.v1.FlowSchema',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => FlowSchemaSpec, { description: 'Which requests, and at which priority level.' }),
    status: ref(() => FlowSchemaStatus, { description: 'Seen state: whether the level is there.' }),
  },
  { description: 'Sorts requests into a priority level.' },
);

export const flowSchema = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  singular: 'flowschema',
  namespaced: false,
  subresources: { status: true },
  columns: flowSchemaColumns,
  rowOrder: byPrecedence,
  type: FlowSchema,
  rules: flowSchemaRules,
});
