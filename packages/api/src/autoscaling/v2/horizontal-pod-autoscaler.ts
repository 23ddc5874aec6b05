import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, quantity, ref, string, struct, time } from '../../schema/dsl.ts';
import { horizontalPodAutoscalerColumns } from './horizontal-pod-autoscaler-columns.ts';
import { horizontalPodAutoscalerRules } from './horizontal-pod-autoscaler-rules.ts';
import { CrossVersionObjectReference, MetricSpec, MetricStatus } from './types/metric.ts';

export const HPAScalingPolicy = struct('io.k8s.api.autoscaling.v2.HPAScalingPolicy', {
  periodSeconds: int32({ required: true }),
  type: string({ required: true }),
  value: int32({ required: true }),
});

export const HPAScalingRules = struct('io.k8s.api.autoscaling.v2.HPAScalingRules', {
  policies: array(
    ref(() => HPAScalingPolicy),
    { listType: 'atomic' },
  ),
  selectPolicy: string(),
  stabilizationWindowSeconds: int32(),
  tolerance: quantity(),
});

export const HorizontalPodAutoscalerBehavior = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior',
  {
    scaleDown: ref(() => HPAScalingRules),
    scaleUp: ref(() => HPAScalingRules),
  },
);

export const HorizontalPodAutoscalerSpec = struct('io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec', {
  behavior: ref(() => HorizontalPodAutoscalerBehavior),
  maxReplicas: int32({ required: true }),
  metrics: array(
    ref(() => MetricSpec),
    { listType: 'atomic' },
  ),
  minReplicas: int32({ default: 1 }),
  scaleTargetRef: ref(() => CrossVersionObjectReference, { required: true }),
});

export const HorizontalPodAutoscalerCondition = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition',
  {
    lastTransitionTime: time(),
    message: string(),
    reason: string(),
    status: string({ required: true }),
    type: string({ required: true }),
  },
);

export const HorizontalPodAutoscalerStatus = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus',
  {
    conditions: array(
      ref(() => HorizontalPodAutoscalerCondition),
      { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
    ),
    currentMetrics: array(
      ref(() => MetricStatus),
      { listType: 'atomic' },
    ),
    currentReplicas: int32(),
    desiredReplicas: int32({ required: true }),
    lastScaleTime: time(),
    observedGeneration: int64(),
  },
);

export const HorizontalPodAutoscaler = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => HorizontalPodAutoscalerSpec, { required: true }),
    status: ref(() => HorizontalPodAutoscalerStatus),
  },
  { description: 'Sets the number of replicas of a workload by metrics.' },
);

export const horizontalPodAutoscaler = defineKind({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  namespaced: true,
  shortNames: ['hpa'],
  categories: ['all'],
  type: HorizontalPodAutoscaler,
  subresources: {
    status: true,
  },
  rules: horizontalPodAutoscalerRules,
  generation: false,
  columns: horizontalPodAutoscalerColumns,
});
