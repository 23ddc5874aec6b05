import { PodTemplateSpec } from '../../core/v1/types/pod-spec.ts';
import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, intOrString, ref, string, struct, time } from '../../schema/dsl.ts';
import { scaleMapping } from '../../schema/scale.ts';
import { deploymentRules } from './deployment-rules.ts';
import { deploymentColumns } from './workload-columns.ts';

export const RollingUpdateDeployment = struct('io.k8s.api.apps.v1.RollingUpdateDeployment', {
  maxSurge: intOrString(),
  maxUnavailable: intOrString(),
});

export const DeploymentStrategy = struct('io.k8s.api.apps.v1.DeploymentStrategy', {
  rollingUpdate: ref(() => RollingUpdateDeployment),
  type: string({ default: 'RollingUpdate' }),
});

export const DeploymentCondition = struct('io.k8s.api.apps.v1.DeploymentCondition', {
  lastTransitionTime: time(),
  lastUpdateTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const DeploymentSpec = struct('io.k8s.api.apps.v1.DeploymentSpec', {
  minReadySeconds: int32(),
  paused: boolean(),
  progressDeadlineSeconds: int32({ default: 600 }),
  replicas: int32({ default: 1 }),
  revisionHistoryLimit: int32({ default: 10 }),
  selector: ref(() => LabelSelector, { required: true }),
  strategy: ref(() => DeploymentStrategy, { patchStrategy: 'retainKeys', default: {} }),
  template: ref(() => PodTemplateSpec, { required: true, default: {} }),
});

export const DeploymentStatus = struct('io.k8s.api.apps.v1.DeploymentStatus', {
  availableReplicas: int32(),
  collisionCount: int32(),
  conditions: array(
    ref(() => DeploymentCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  observedGeneration: int64(),
  readyReplicas: int32(),
  replicas: int32(),
  terminatingReplicas: int32(),
  unavailableReplicas: int32(),
  updatedReplicas: int32(),
});

export const Deployment = struct('io.k8s.api.apps.v1.Deployment', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => DeploymentSpec),
  status: ref(() => DeploymentStatus),
});

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
