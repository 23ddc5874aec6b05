import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { flowSchemaColumns } from './flow-control-columns.ts';
import { flowSchemaRules } from './flow-schema-rules.ts';
import { PolicyRulesWithSubjects } from './types/policy-rules.ts';

export const FlowDistinguisherMethod = struct('io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod', {
  type: string({ required: true }),
});

export const PriorityLevelConfigurationReference = struct(
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference',
  {
    name: string({ required: true }),
  },
);

export const FlowSchemaCondition = struct('io.k8s.api.flowcontrol.v1.FlowSchemaCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string(),
  type: string(),
});

export const FlowSchemaSpec = struct('io.k8s.api.flowcontrol.v1.FlowSchemaSpec', {
  distinguisherMethod: ref(() => FlowDistinguisherMethod),
  matchingPrecedence: int32({ published: 0 }),
  priorityLevelConfiguration: ref(() => PriorityLevelConfigurationReference, { required: true }),
  rules: array(
    ref(() => PolicyRulesWithSubjects),
    { listType: 'atomic' },
  ),
});

export const FlowSchemaStatus = struct('io.k8s.api.flowcontrol.v1.FlowSchemaStatus', {
  conditions: array(
    ref(() => FlowSchemaCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
});

export const FlowSchema = struct(
  'io.k8s.api.flowcontrol.v1.FlowSchema',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => FlowSchemaSpec),
    status: ref(() => FlowSchemaStatus),
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
  type: FlowSchema,
  rules: flowSchemaRules,
});
