import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { horizontalPodAutoscalerV1Columns } from '../v2/horizontal-pod-autoscaler-columns.ts';
import { horizontalPodAutoscalerV1Rules } from '../v2/horizontal-pod-autoscaler-rules.ts';

export const CrossVersionObjectReference = struct(
  'io.k8s.api.autoscaling.v1.CrossVersionObjectReference',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    name: string({ required: true, description: 'Name of the object.' }),
  },
  { mapType: 'atomic', description: 'An object, in whatever version.' },
);

export const HorizontalPodAutoscalerSpec = struct(
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec',
  {
    maxReplicas: int32({ required: true, description: 'Most replicas; not below minReplicas.' }),
    minReplicas: int32({ default: 1, description: 'Fewest replicas. Default: 1.' }),
    scaleTargetRef: ref(() => CrossVersionObjectReference, {
      required: true,
      description: 'The workload to scale.',
    }),
    targetCPUUtilizationPercentage: int32({
      description: 'Average use of CPU to aim at, in percent of the requests. Default: 80.',
    }),
  },
  { description: 'What an autoscaler should bring about.' },
);

export const HorizontalPodAutoscalerStatus = struct(
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus',
  {
    currentCPUUtilizationPercentage: int32({
      description: 'Average use of CPU, in percent of the requests.',
    }),
    currentReplicas: int32({ required: true, description: 'Replicas that exist.' }),
    desiredReplicas: int32({ required: true, description: 'Replicas that the autoscaler wants.' }),
    lastScaleTime: time({ description: 'When it last changed the number of replicas.' }),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
  },
  { description: 'What was last seen of an autoscaler.' },
);

export const HorizontalPodAutoscaler = struct(
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => HorizontalPodAutoscalerSpec, {
      required: true,
      description: 'Wanted state: what to scale, and between which bounds.',
    }),
    status: ref(() => HorizontalPodAutoscalerStatus, {
      description: 'Seen state: current and wanted replicas.',
    }),
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
