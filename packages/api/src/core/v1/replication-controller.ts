import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { replicationControllerColumns } from './core-columns.ts';
import { replicationControllerRules } from './replication-controller-rules.ts';
import { PodTemplateSpec } from './types/pod-spec.ts';

export const ReplicationControllerCondition = struct('io.k8s.api.core.v1.ReplicationControllerCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const ReplicationControllerStatus = struct('io.k8s.api.core.v1.ReplicationControllerStatus', {
  availableReplicas: int32(),
  conditions: array(
    ref(() => ReplicationControllerCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  fullyLabeledReplicas: int32(),
  observedGeneration: int64(),
  readyReplicas: int32(),
  replicas: int32({ required: true }),
});

export const ReplicationControllerSpec = struct('io.k8s.api.core.v1.ReplicationControllerSpec', {
  minReadySeconds: int32({ published: 0 }),
  replicas: int32({ default: 1, published: 1 }),
  selector: map(string(), { mapType: 'atomic' }),
  template: ref(() => PodTemplateSpec),
});

export const ReplicationController = struct(
  'io.k8s.api.core.v1.ReplicationController',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ReplicationControllerSpec),
    status: ref(() => ReplicationControllerStatus),
  },
  { description: 'Keeps a number of pods running, the old way; see Deployment.' },
);

export const replicationController = defineKind({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  namespaced: true,
  shortNames: ['rc'],
  categories: ['all'],
  type: ReplicationController,
  subresources: {
    status: true,
    scale: scaleMapping,
  },
  rules: replicationControllerRules,
  columns: replicationControllerColumns,
  selectableFields: {
    'status.replicas': ({ status }) => String(status?.replicas ?? 0),
  },
});
