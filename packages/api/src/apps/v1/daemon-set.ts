import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { daemonSetRules } from './daemon-set-rules.ts';
import { daemonSetColumns } from './workload-columns.ts';

export const DaemonSetCondition = struct('io.k8s.api.apps.v1.DaemonSetCondition', {
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const RollingUpdateDaemonSet = struct('io.k8s.api.apps.v1.RollingUpdateDaemonSet', {
  maxSurge: intOrString(),
  maxUnavailable: intOrString(),
});

export const DaemonSetUpdateStrategy = struct('io.k8s.api.apps.v1.DaemonSetUpdateStrategy', {
  rollingUpdate: ref(() => RollingUpdateDaemonSet),
  type: string({ default: 'RollingUpdate' }),
});

export const DaemonSetStatus = struct('io.k8s.api.apps.v1.DaemonSetStatus', {
  collisionCount: int32(),
  conditions: array(
    ref(() => DaemonSetCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  currentNumberScheduled: int32({ required: true }),
  desiredNumberScheduled: int32({ required: true }),
  numberAvailable: int32(),
  numberMisscheduled: int32({ required: true }),
  numberReady: int32({ required: true }),
  numberUnavailable: int32(),
  observedGeneration: int64(),
  updatedNumberScheduled: int32(),
});

export const DaemonSetSpec = struct('io.k8s.api.apps.v1.DaemonSetSpec', {
  minReadySeconds: int32({ description: 'Seconds that a pod must be ready before it counts as available.' }),
  revisionHistoryLimit: int32({ default: 10, description: 'Old revisions kept.' }),
  selector: ref(() => LabelSelector, {
    required: true,
    description: 'Labels of the pods; can not change.',
    byValue: false,
  }),
  template: ref(() => PodTemplateSpec, {
    required: true,
    default: {},
    description: 'What the pods look like.',
  }),
  updateStrategy: ref(() => DaemonSetUpdateStrategy, {
    default: {},
    description: 'How pods are replaced.',
    byValue: true,
  }),
});

export const DaemonSet = struct(
  'io.k8s.api.apps.v1.DaemonSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => DaemonSetSpec),
    status: ref(() => DaemonSetStatus),
  },
  { description: 'Runs one pod on each node that fits.' },
);

export const daemonSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  type: DaemonSet,
  subresources: {
    status: true,
  },
  rules: daemonSetRules,
  columns: daemonSetColumns,
});
