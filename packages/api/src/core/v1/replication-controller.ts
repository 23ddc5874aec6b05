import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { replicationControllerColumns } from './core-columns.ts';
import { replicationControllerRules } from './replication-controller-rules.ts';
import { PodTemplateSpec } from './types/pod-spec.ts';

export const ReplicationControllerCondition = struct(
  'io.k8s.api.core.v1.ReplicationControllerCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as ReplicaFailure.' }),
  },
  { description: 'One aspect of the state of a ReplicationController.' },
);

export const ReplicationControllerStatus = struct(
  'io.k8s.api.core.v1.ReplicationControllerStatus',
  {
    availableReplicas: int32({ description: 'Pods that have been ready for minReadySeconds.' }),
    conditions: array(
      ref(() => ReplicationControllerCondition),
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
  },
  { description: 'What was last seen of a ReplicationController.' },
);

export const ReplicationControllerSpec = struct(
  'io.k8s.api.core.v1.ReplicationControllerSpec',
  {
    minReadySeconds: int32({
      published: 0,
      description: 'Seconds that a pod must be ready before it counts as available. Default: 0.',
    }),
    replicas: int32({ default: 1, published: 1, description: 'Wanted number of pods. Default: 1.' }),
    selector: map(string(), {
      mapType: 'atomic',
      description: 'Labels of the pods. Default: the labels of the template.',
    }),
    template: ref(() => PodTemplateSpec, { description: 'What the pods look like.' }),
  },
  { description: 'What a ReplicationController should bring about.' },
);

export const ReplicationController = struct(
  'io.k8s.api.core.v1.ReplicationController',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ReplicationControllerSpec, {
      description: 'Wanted state: replicas, selector and pod template.',
    }),
    status: ref(() => ReplicationControllerStatus, {
      description: 'Seen state: how many pods are there and ready.',
    }),
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
