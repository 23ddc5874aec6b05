import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { horizontalPodAutoscalerV1Columns } from '../v2/horizontal-pod-autoscaler-columns.ts';
import { horizontalPodAutoscalerV1Rules } from '../v2/horizontal-pod-autoscaler-rules.ts';

export const CrossVersionObjectReference = struct(
  'io.k8s.api.autoscaling.v1.CrossVersionObjectReference',
  {
    apiVersion: string(),
    kind: string({ required: true }),
    name: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const HorizontalPodAutoscalerSpec = struct('io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec', {
  maxReplicas: int32({ required: true }),
  minReplicas: int32({ default: 1 }),
  scaleTargetRef: ref(() => CrossVersionObjectReference, { required: true }),
  targetCPUUtilizationPercentage: int32(),
});

export const HorizontalPodAutoscalerStatus = struct(
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus',
  {
    currentCPUUtilizationPercentage: int32(),
    currentReplicas: int32({ required: true }),
    desiredReplicas: int32({ required: true }),
    lastScaleTime: time(),
    observedGeneration: int64(),
  },
);

export const HorizontalPodAutoscaler = struct(
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => HorizontalPodAutoscalerSpec, { required: true }),
    status: ref(() => HorizontalPodAutoscalerStatus),
  },
  { description: 'Sets the number of replicas of a workload by CPU use.' },
);

export const horizontalPodAutoscaler = defineKind({
  group: 'autoscaling',
  version: 'v1',
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
  storage: { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' },
  rules: horizontalPodAutoscalerV1Rules,
  generation: false,
  columns: horizontalPodAutoscalerV1Columns,
});
