import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { replicaSetRules } from './replica-set-rules.ts';
import { replicaSetColumns } from './workload-columns.ts';

export const ReplicaSetCondition = struct(
  'io.k8s.api.apps.v1.ReplicaSetCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as ReplicaFailure.' }),
  },
  { description: 'One aspect of the state of a ReplicaSet.' },
);

export const ReplicaSetSpec = struct(
  'io.k8s.api.apps.v1.ReplicaSetSpec',
  {
    minReadySeconds: int32({
      description: 'Seconds that a pod must be ready before it counts as available. Default: 0.',
    }),
    replicas: int32({ default: 1, description: 'Wanted number of pods. Default: 1.' }),
    selector: ref(() => LabelSelector, {
      required: true,
      description: 'Labels of the pods; those of the template must match. Can not change.',
      byValue: false,
    }),
    template: ref(() => PodTemplateSpec, {
      default: {},
      description: 'What the pods look like.',
      byValue: true,
    }),
  },
  { description: 'What a ReplicaSet should bring about.' },
);

export const ReplicaSetStatus = struct(
  'io.k8s.api.apps.v1.ReplicaSetStatus',
  {
    availableReplicas: int32({ description: 'Pods that have been ready for minReadySeconds.' }),
    conditions: array(
      ref(() => ReplicaSetCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    fullyLabeledReplicas: int32({ description: 'Pods that have all labels of the template.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    readyReplicas: int32({ description: 'Pods that are ready.' }),
    replicas: int32({ required: true, description: 'Pods that exist.' }),
    terminatingReplicas: int32({ description: 'Pods that are being deleted.' }),
  },
  { description: 'What was last seen of a ReplicaSet.' },
);

export const ReplicaSet = struct(
  'io.k8s.api.apps.v1.ReplicaSet',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ReplicaSetSpec, { description: 'Wanted state: replicas, selector and pod template.' }),
    status: ref(() => ReplicaSetStatus, { description: 'Seen state: how many pods are there and ready.' }),
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
