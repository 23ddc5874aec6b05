import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { deploymentRules } from './deployment-rules.ts';
import { deploymentColumns } from './workload-columns.ts';

export const RollingUpdateDeployment = struct(
  'io.k8s.api.apps.v1.RollingUpdateDeployment',
  {
    maxSurge: intOrString({
      description:
        'Pods above replicas during an update, as number or percentage (rounded up). Default: 25%.',
    }),
    maxUnavailable: intOrString({
      description:
        'Pods that may be missing during an update, as number or percentage (rounded down). Default: 25%.',
    }),
  },
  { description: 'Settings of a rolling update; one of the two must be above 0.' },
);

export const DeploymentStrategy = struct(
  'io.k8s.api.apps.v1.DeploymentStrategy',
  {
    rollingUpdate: ref(() => RollingUpdateDeployment, {
      description: 'Settings of a rolling update. Only with type RollingUpdate.',
    }),
    type: string({
      default: 'RollingUpdate',
      description:
        'RollingUpdate replaces pods bit by bit, Recreate stops all before it starts new ones. Default: RollingUpdate.',
    }),
  },
  { description: 'Recreate, or RollingUpdate with its settings.' },
);

export const DeploymentCondition = struct(
  'io.k8s.api.apps.v1.DeploymentCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    lastUpdateTime: time({ description: 'When the condition was last written.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Available, Progressing or ReplicaFailure.' }),
  },
  { description: 'One aspect of the state of a Deployment.' },
);

export const DeploymentSpec = struct(
  'io.k8s.api.apps.v1.DeploymentSpec',
  {
    minReadySeconds: int32({
      description: 'Seconds that a pod must be ready before it counts as available. Default: 0.',
    }),
    paused: boolean({ description: 'true: changes of the template are not rolled out. Default: false.' }),
    progressDeadlineSeconds: int32({
      default: 600,
      description:
        'Seconds without progress after which a rollout counts as failed; it goes on all the same. Default: 600.',
    }),
    replicas: int32({ default: 1, description: 'Wanted number of pods. Default: 1.' }),
    revisionHistoryLimit: int32({
      default: 10,
      description: 'Old ReplicaSets kept for rolling back. Default: 10.',
    }),
    selector: ref(() => LabelSelector, {
      required: true,
      description: 'Labels of the pods; those of the template must match. Can not change.',
      byValue: false,
    }),
    strategy: ref(() => DeploymentStrategy, {
      patchStrategy: 'retainKeys',
      default: {},
      description: 'How old pods are replaced after a change of the template.',
      byValue: true,
    }),
    template: ref(() => PodTemplateSpec, {
      required: true,
      default: {},
      description: 'What the pods look like. restartPolicy must be Always.',
    }),
  },
  { description: 'What a Deployment should bring about.' },
);

export const DeploymentStatus = struct(
  'io.k8s.api.apps.v1.DeploymentStatus',
  {
    availableReplicas: int32({ description: 'Pods that have been ready for minReadySeconds.' }),
    collisionCount: int32({
      description: 'How often the name of a new ReplicaSet was taken; part of the next name.',
    }),
    conditions: array(
      ref(() => DeploymentCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'Where the rollout stands: Available, Progressing, ReplicaFailure.',
      },
    ),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    readyReplicas: int32({ description: 'Pods that are ready.' }),
    replicas: int32({ description: 'Pods that exist.' }),
    terminatingReplicas: int32({ description: 'Pods that are being deleted.' }),
    unavailableReplicas: int32({ description: 'Pods that are wanted but missing or not available.' }),
    updatedReplicas: int32({ description: 'Pods of the current template.' }),
  },
  { description: 'What was last seen of a Deployment.' },
);

export const Deployment = struct(
  'io.k8s.api.apps.v1.Deployment',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => DeploymentSpec, {
      description: 'Wanted state: replicas, selector, pod template and how to roll out.',
    }),
    status: ref(() => DeploymentStatus, {
      description: 'Seen state: how many pods are there, ready and up to date.',
    }),
  },
  { description: 'Keeps a number of pods running and rolls out changes of their template.' },
);

export const deployment = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  namespaced: true,
  shortNames: ['deploy'],
  categories: ['all'],
  type: Deployment,
  subresources: {
    status: true,
    scale: scaleMapping,
  },
  generation: 'annotations',
  rules: deploymentRules,
  columns: deploymentColumns,
});
