import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { replicaSetRules } from './replica-set-rules.ts';
import { replicaSetColumns } from './workload-columns.ts';

export const ReplicaSetCondition = struct('io.k8s.api.apps.v1.ReplicaSetCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const ReplicaSetSpec = struct('io.k8s.api.apps.v1.ReplicaSetSpec', {
  minReadySeconds: int32({ description: 'Seconds that a pod must be ready before it counts as available.' }),
  replicas: int32({ default: 1, description: 'Wanted number of pods.' }),
  selector: ref(() => LabelSelector, {
    required: true,
    description: 'Labels of the pods; can not change.',
    byValue: false,
  }),
  template: ref(() => PodTemplateSpec, {
    default: {},
    description: 'What the pods look like.',
    byValue: true,
  }),
});

export const ReplicaSetStatus = struct('io.k8s.api.apps.v1.ReplicaSetStatus', {
  availableReplicas: int32(),
  conditions: array(
    ref(() => ReplicaSetCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  fullyLabeledReplicas: int32(),
  observedGeneration: int64(),
  readyReplicas: int32(),
  replicas: int32({ required: true }),
  terminatingReplicas: int32(),
});

export const ReplicaSet = struct(
  'io.k8s.api.apps.v1.ReplicaSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ReplicaSetSpec),
    status: ref(() => ReplicaSetStatus),
  },
  { description: 'Keeps a number of equal pods running.' },
);

export const replicaSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  type: ReplicaSet,
  subresources: {
    status: true,
    scale: scaleMapping,
  },
  rules: replicaSetRules,
  columns: replicaSetColumns,
});
