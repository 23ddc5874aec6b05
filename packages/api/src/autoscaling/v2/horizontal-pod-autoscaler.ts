import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, quantity, ref, string, struct, time } from '../../schema/dsl.ts';
import { horizontalPodAutoscalerColumns } from './horizontal-pod-autoscaler-columns.ts';
import { horizontalPodAutoscalerRules } from './horizontal-pod-autoscaler-rules.ts';
import { CrossVersionObjectReference, MetricSpec, MetricStatus } from './types/metric.ts';

export const HPAScalingPolicy = struct(
  'io.k8s.api.autoscaling.v2.HPAScalingPolicy',
  {
    periodSeconds: int32({ required: true, description: 'Seconds that are looked back; 1 to 1800.' }),
    type: string({ required: true, description: 'Pods or Percent: what value counts.' }),
    value: int32({
      required: true,
      description:
        'Most pods, or percent of the pods, that may be added or taken away in that time; above 0.',
    }),
  },
  { description: 'A limit on how much may change in a time.' },
);

export const HPAScalingRules = struct(
  'io.k8s.api.autoscaling.v2.HPAScalingRules',
  {
    policies: array(
      ref(() => HPAScalingPolicy),
      { listType: 'atomic', description: 'Limits on the change. Unset: the defaults of the direction.' },
    ),
    selectPolicy: string({
      description: 'Which limit holds: Max, Min, or Disabled to never scale in this direction. Default: Max.',
    }),
    stabilizationWindowSeconds: int32({
      description: 'Seconds over which the most careful advice is taken, 0 to 3600. Default: 0 up, 300 down.',
    }),
    tolerance: quantity({
      description:
        'Deviation from the target below which nothing is done, such as 0.05. Default: that of the cluster, 0.1.',
    }),
  },
  { description: 'How fast to scale in one direction.' },
);

export const HorizontalPodAutoscalerBehavior = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior',
  {
    scaleDown: ref(() => HPAScalingRules, {
      description: 'Downwards. Default: to minReplicas, after five minutes of steady advice.',
    }),
    scaleUp: ref(() => HPAScalingRules, {
      description: 'Upwards. Default: the larger of 4 more pods or twice as many, each 15 seconds.',
    }),
  },
  { description: 'How fast to scale.' },
);

export const HorizontalPodAutoscalerSpec = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec',
  {
    behavior: ref(() => HorizontalPodAutoscalerBehavior, {
      description: 'How fast to scale up and down. Unset: the defaults.',
    }),
    maxReplicas: int32({ required: true, description: 'Most replicas; not below minReplicas.' }),
    metrics: array(
      ref(() => MetricSpec),
      {
        listType: 'atomic',
        description:
          'What to scale by; the metric that asks for most replicas wins. Default: CPU at 80 percent.',
      },
    ),
    minReplicas: int32({ default: 1, description: 'Fewest replicas. Default: 1.' }),
    scaleTargetRef: ref(() => CrossVersionObjectReference, {
      required: true,
      description: 'The workload to scale.',
    }),
  },
  { description: 'What an autoscaler should bring about.' },
);

export const HorizontalPodAutoscalerCondition = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'AbleToScale, ScalingActive or ScalingLimited.' }),
  },
  { description: 'One aspect of the state of an autoscaler.' },
);

export const HorizontalPodAutoscalerStatus = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus',
  {
    conditions: array(
      ref(() => HorizontalPodAutoscalerCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    currentMetrics: array(
      ref(() => MetricStatus),
      { listType: 'atomic', description: 'Values of the metrics when last read.' },
    ),
    currentReplicas: int32({ description: 'Replicas that exist.' }),
    desiredReplicas: int32({ required: true, description: 'Replicas that the autoscaler wants.' }),
    lastScaleTime: time({ description: 'When it last changed the number of replicas.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
  },
  { description: 'What was last seen of an autoscaler.' },
);

export const HorizontalPodAutoscaler = struct(
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => HorizontalPodAutoscalerSpec, {
      required: true,
      description: 'Wanted state: what to scale, by which metrics and between which bounds.',
    }),
    status: ref(() => HorizontalPodAutoscalerStatus, {
      description: 'Seen state: current and wanted replicas, and metrics.',
    }),
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
