import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { daemonSetRules } from './daemon-set-rules.ts';
import { daemonSetColumns } from './workload-columns.ts';

export const DaemonSetCondition = struct(
  'io.k8s.api.apps.v1.DaemonSetCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect.' }),
  },
  { description: 'One aspect of the state of a DaemonSet.' },
);

export const RollingUpdateDaemonSet = struct(
  'io.k8s.api.apps.v1.RollingUpdateDaemonSet',
  {
    maxSurge: intOrString({
      description: 'Nodes, as number or percentage, where old and new pod may run together. Default: 0.',
    }),
    maxUnavailable: intOrString({
      description:
        'Nodes, as number or percentage, where the pod may be missing during an update. Default: 1.',
    }),
  },
  { description: 'Settings of a rolling update; one of the two must be above 0.' },
);

export const DaemonSetUpdateStrategy = struct(
  'io.k8s.api.apps.v1.DaemonSetUpdateStrategy',
  {
    rollingUpdate: ref(() => RollingUpdateDaemonSet, {
      description: 'Settings of a rolling update. Only with type RollingUpdate.',
    }),
    type: string({
      default: 'RollingUpdate',
      description:
        'RollingUpdate replaces pods node by node, OnDelete only those that someone deletes. Default: RollingUpdate.',
    }),
  },
  { description: 'OnDelete, or RollingUpdate with its settings.' },
);

export const DaemonSetStatus = struct(
  'io.k8s.api.apps.v1.DaemonSetStatus',
  {
    collisionCount: int32({
      description: 'How often the name of a ControllerRevision was taken; part of the next name.',
    }),
    conditions: array(
      ref(() => DaemonSetCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    currentNumberScheduled: int32({ required: true, description: 'Nodes that should run the pod and do.' }),
    desiredNumberScheduled: int32({ required: true, description: 'Nodes that should run the pod.' }),
    numberAvailable: int32({ description: 'Nodes that should run the pod and where it is available.' }),
    numberMisscheduled: int32({ required: true, description: 'Nodes that run the pod but should not.' }),
    numberReady: int32({
      required: true,
      description: 'Nodes that should run the pod and where it is ready.',
    }),
    numberUnavailable: int32({ description: 'Nodes that should run the pod and where it is not available.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    updatedNumberScheduled: int32({ description: 'Nodes that run the pod of the current template.' }),
  },
  { description: 'What was last seen of a DaemonSet.' },
);

export const DaemonSetSpec = struct(
  'io.k8s.api.apps.v1.DaemonSetSpec',
  {
    minReadySeconds: int32({
      description: 'Seconds that a pod must be ready before it counts as available. Default: 0.',
    }),
    revisionHistoryLimit: int32({
      default: 10,
      description: 'Old revisions kept for rolling back. Default: 10.',
    }),
    selector: ref(() => LabelSelector, {
      required: true,
      description: 'Labels of the pods; those of the template must match. Can not change.',
      byValue: false,
    }),
    template: ref(() => PodTemplateSpec, {
      required: true,
      default: {},
      description: 'What the pods look like. restartPolicy must be Always.',
    }),
    updateStrategy: ref(() => DaemonSetUpdateStrategy, {
      default: {},
      description: 'How old pods are replaced after a change of the template.',
      byValue: true,
    }),
  },
  { description: 'What a DaemonSet should bring about.' },
);

export const DaemonSet = struct(
  'io.k8s.api.apps.v1.DaemonSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => DaemonSetSpec, {
      description: 'Wanted state: selector, pod template and how to update.',
    }),
    status: ref(() => DaemonSetStatus, { description: 'Seen state: on how many nodes the pods run.' }),
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
