import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { deploymentRules } from './deployment-rules.ts';
import { deploymentColumns } from './workload-columns.ts';

export const RollingUpdateDeployment = struct('io.k8s.api.apps.v1.RollingUpdateDeployment', {
  maxSurge: intOrString({ description: 'Pods above replicas during an update: a number or a percentage.' }),
  maxUnavailable: intOrString({
    description: 'Pods that may be missing during an update: a number or a percentage.',
  }),
});

export const DeploymentStrategy = struct('io.k8s.api.apps.v1.DeploymentStrategy', {
  rollingUpdate: ref(() => RollingUpdateDeployment, { description: 'Settings of a rolling update.' }),
  type: string({ default: 'RollingUpdate', description: 'RollingUpdate or Recreate.' }),
});

export const DeploymentCondition = struct('io.k8s.api.apps.v1.DeploymentCondition', {
  lastTransitionTime: time(),
  lastUpdateTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const DeploymentSpec = struct(
  'io.k8s.api.apps.v1.DeploymentSpec',
  {
    minReadySeconds: int32({
      description: 'Seconds that a pod must be ready before it counts as available.',
    }),
    paused: boolean({ description: 'Changes of the template are not rolled out.' }),
    progressDeadlineSeconds: int32({
      default: 600,
      description: 'Seconds without progress after which a rollout has failed.',
    }),
    replicas: int32({ default: 1, description: 'Wanted number of pods.' }),
    revisionHistoryLimit: int32({ default: 10, description: 'Old ReplicaSets kept for rolling back.' }),
    selector: ref(() => LabelSelector, {
      required: true,
      description: 'Labels of the pods; can not change.',
      byValue: false,
    }),
    strategy: ref(() => DeploymentStrategy, {
      patchStrategy: 'retainKeys',
      default: {},
      description: 'How old pods are replaced.',
      byValue: true,
    }),
    template: ref(() => PodTemplateSpec, {
      required: true,
      default: {},
      description: 'What the pods look like.',
    }),
  },
  { description: 'What a Deployment should bring about.' },
);

export const DeploymentStatus = struct(
  'io.k8s.api.apps.v1.DeploymentStatus',
  {
    availableReplicas: int32({ description: 'Pods that are available.' }),
    collisionCount: int32(),
    conditions: array(
      ref(() => DeploymentCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    observedGeneration: int64({ description: 'Generation that this status is about.' }),
    readyReplicas: int32({ description: 'Pods that are ready.' }),
    replicas: int32({ description: 'Pods that exist.' }),
    terminatingReplicas: int32(),
    unavailableReplicas: int32({ description: 'Pods that are missing.' }),
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
    spec: ref(() => DeploymentSpec),
    status: ref(() => DeploymentStatus),
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
  rules: deploymentRules,
  columns: deploymentColumns,
});
