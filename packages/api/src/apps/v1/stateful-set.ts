import { PersistentVolumeClaim } from '../../core/v1/persistent-volume-claim.ts';
import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { statefulSetRules } from './stateful-set-rules.ts';
import { statefulSetColumns } from './workload-columns.ts';

export const StatefulSetOrdinals = struct('io.k8s.api.apps.v1.StatefulSetOrdinals', {
  start: int32({ published: 0 }),
});

export const StatefulSetPersistentVolumeClaimRetentionPolicy = struct(
  'io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy',
  {
    whenDeleted: string({ default: 'Retain' }),
    whenScaled: string({ default: 'Retain' }),
  },
);

export const RollingUpdateStatefulSetStrategy = struct(
  'io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy',
  {
    maxUnavailable: intOrString(),
    partition: int32(),
  },
);

export const StatefulSetUpdateStrategy = struct('io.k8s.api.apps.v1.StatefulSetUpdateStrategy', {
  rollingUpdate: ref(() => RollingUpdateStatefulSetStrategy),
  type: string(),
});

export const StatefulSetSpec = struct('io.k8s.api.apps.v1.StatefulSetSpec', {
  minReadySeconds: int32({ description: 'Seconds that a pod must be ready before it counts as available.' }),
  ordinals: ref(() => StatefulSetOrdinals, { description: 'Number of the first pod.' }),
  persistentVolumeClaimRetentionPolicy: ref(() => StatefulSetPersistentVolumeClaimRetentionPolicy, {
    default: {},
    description: 'What happens to claims when pods go.',
  }),
  podManagementPolicy: string({ default: 'OrderedReady', description: 'OrderedReady or Parallel.' }),
  replicas: int32({ default: 1, description: 'Wanted number of pods.' }),
  revisionHistoryLimit: int32({ default: 10, description: 'Old revisions kept.' }),
  selector: ref(() => LabelSelector, {
    required: true,
    description: 'Labels of the pods; can not change.',
    byValue: false,
  }),
  serviceName: string({ default: '', description: 'Headless Service that names the pods.', published: '' }),
  template: ref(() => PodTemplateSpec, {
    required: true,
    default: {},
    description: 'What the pods look like.',
  }),
  updateStrategy: ref(() => StatefulSetUpdateStrategy, {
    default: {},
    description: 'How pods are replaced.',
    byValue: true,
  }),
  volumeClaimTemplates: array(
    ref(() => PersistentVolumeClaim),
    { listType: 'atomic', description: 'Claims that each pod gets.' },
  ),
});

export const StatefulSetCondition = struct('io.k8s.api.apps.v1.StatefulSetCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const StatefulSetStatus = struct('io.k8s.api.apps.v1.StatefulSetStatus', {
  availableReplicas: int32({ published: 0 }),
  collisionCount: int32(),
  conditions: array(
    ref(() => StatefulSetCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  currentReplicas: int32(),
  currentRevision: string(),
  observedGeneration: int64(),
  readyReplicas: int32(),
  replicas: int32({ required: true }),
  updateRevision: string(),
  updatedReplicas: int32(),
});

export const StatefulSet = struct(
  'io.k8s.api.apps.v1.StatefulSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => StatefulSetSpec),
    status: ref(() => StatefulSetStatus),
  },
  { description: 'Runs pods with stable names and storage of their own.' },
);

export const statefulSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  namespaced: true,
  nameRule: 'dnsLabel',
  shortNames: ['sts'],
  categories: ['all'],
  type: StatefulSet,
  subresources: {
    status: true,
    scale: scaleMapping,
  },
  rules: statefulSetRules,
  columns: statefulSetColumns,
});
