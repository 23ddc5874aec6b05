import { PersistentVolumeClaim } from '../../core/v1/persistent-volume-claim.ts';
import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { statefulSetRules } from './stateful-set-rules.ts';
import { statefulSetColumns } from './workload-columns.ts';

export const StatefulSetOrdinals = struct(
  'io.k8s.api.apps.v1.StatefulSetOrdinals',
  {
    start: int32({ published: 0, description: 'Number of the first pod. Default: 0.' }),
  },
  { description: 'How the pods are numbered.' },
);

export const StatefulSetPersistentVolumeClaimRetentionPolicy = struct(
  'io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy',
  {
    whenDeleted: string({
      default: 'Retain',
      description:
        'When the StatefulSet is deleted: Retain keeps the claims, Delete removes them. Default: Retain.',
    }),
    whenScaled: string({
      default: 'Retain',
      description: 'When it is scaled down: Retain keeps the claims, Delete removes them. Default: Retain.',
    }),
  },
  { description: 'What becomes of the claims of pods that are no longer wanted.' },
);

export const RollingUpdateStatefulSetStrategy = struct(
  'io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy',
  {
    maxUnavailable: intOrString({
      description: 'Pods, as number or percentage, that may be missing during an update. Default: 1.',
    }),
    partition: int32({ description: 'Only pods with this ordinal or a higher one are updated. Default: 0.' }),
  },
  { description: 'Settings of a rolling update.' },
);

export const StatefulSetUpdateStrategy = struct(
  'io.k8s.api.apps.v1.StatefulSetUpdateStrategy',
  {
    rollingUpdate: ref(() => RollingUpdateStatefulSetStrategy, {
      description: 'Settings of a rolling update. Only with type RollingUpdate.',
    }),
    type: string({
      description:
        'RollingUpdate replaces pods from the highest ordinal down, OnDelete only those that someone deletes. Default: RollingUpdate.',
    }),
  },
  { description: 'OnDelete, or RollingUpdate with its settings.' },
);

export const StatefulSetSpec = struct(
  'io.k8s.api.apps.v1.StatefulSetSpec',
  {
    minReadySeconds: int32({
      description: 'Seconds that a pod must be ready before it counts as available. Default: 0.',
    }),
    ordinals: ref(() => StatefulSetOrdinals, { description: 'How the pods are numbered. Unset: from 0.' }),
    persistentVolumeClaimRetentionPolicy: ref(() => StatefulSetPersistentVolumeClaimRetentionPolicy, {
      default: {},
      description: 'What becomes of the claims of pods that are no longer wanted. Default: they are kept.',
    }),
    podManagementPolicy: string({
      default: 'OrderedReady',
      description:
        'OrderedReady starts and stops pods one by one, Parallel all at once. Default: OrderedReady.',
    }),
    replicas: int32({ default: 1, description: 'Wanted number of pods. Default: 1.' }),
    revisionHistoryLimit: int32({
      default: 10,
      description: 'Old revisions kept for rolling back. Default: 10.',
    }),
    selector: ref(() => LabelSelector, {
      required: true,
      description: 'Labels of the pods; those of the template must match. Can not change.',
      byValue: false,
    }),
    serviceName: string({
      default: '',
      description: 'Headless Service that gives the pods their names in DNS. Can not change.',
      published: '',
    }),
    template: ref(() => PodTemplateSpec, {
      required: true,
      default: {},
      description: 'What the pods look like; each is named NAME-ORDINAL.',
    }),
    updateStrategy: ref(() => StatefulSetUpdateStrategy, {
      default: {},
      description: 'How old pods are replaced after a change of the template.',
      byValue: true,
    }),
    volumeClaimTemplates: array(
      ref(() => PersistentVolumeClaim),
      {
        listType: 'atomic',
        description: 'Claims that each pod gets, under its own name; they win over volumes of the same name.',
      },
    ),
  },
  { description: 'What a StatefulSet should bring about.' },
);

export const StatefulSetCondition = struct(
  'io.k8s.api.apps.v1.StatefulSetCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect.' }),
  },
  { description: 'One aspect of the state of a StatefulSet.' },
);

export const StatefulSetStatus = struct(
  'io.k8s.api.apps.v1.StatefulSetStatus',
  {
    availableReplicas: int32({ published: 0, description: 'Pods that have been ready for minReadySeconds.' }),
    collisionCount: int32({
      description: 'How often the name of a ControllerRevision was taken; part of the next name.',
    }),
    conditions: array(
      ref(() => StatefulSetCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    currentReplicas: int32({ description: 'Pods of the revision in currentRevision.' }),
    currentRevision: string({ description: 'Revision of the pods that are not updated yet.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    readyReplicas: int32({ description: 'Pods that are ready.' }),
    replicas: int32({ required: true, description: 'Pods that exist.' }),
    updateRevision: string({ description: 'Revision that the pods are updated to.' }),
    updatedReplicas: int32({ description: 'Pods of the revision in updateRevision.' }),
  },
  { description: 'What was last seen of a StatefulSet.' },
);

export const StatefulSet = struct(
  'io.k8s.api.apps.v1.StatefulSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => StatefulSetSpec, {
      description: 'Wanted state: replicas, selector, pod template, claims and how to update.',
    }),
    status: ref(() => StatefulSetStatus, {
      description: 'Seen state: how many pods are there, ready and up to date.',
    }),
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
