import { LabelSelector } from '../../../meta/v1/meta.ts';
import { int32, quantity, ref, string, struct } from '../../../schema/dsl.ts';

export const CrossVersionObjectReference = struct('io.k8s.api.autoscaling.v2.CrossVersionObjectReference', {
  apiVersion: string(),
  kind: string({ required: true }),
  name: string({ required: true }),
});

export const MetricValueStatus = struct('io.k8s.api.autoscaling.v2.MetricValueStatus', {
  averageUtilization: int32(),
  averageValue: quantity(),
  value: quantity(),
});

export const ContainerResourceMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus',
  {
    container: string({ required: true }),
    current: ref(() => MetricValueStatus, { required: true }),
    name: string({ required: true }),
  },
);

export const MetricIdentifier = struct('io.k8s.api.autoscaling.v2.MetricIdentifier', {
  name: string({ required: true }),
  selector: ref(() => LabelSelector),
});

export const ExternalMetricStatus = struct('io.k8s.api.autoscaling.v2.ExternalMetricStatus', {
  current: ref(() => MetricValueStatus, { required: true }),
  metric: ref(() => MetricIdentifier, { required: true }),
});

export const ObjectMetricStatus = struct('io.k8s.api.autoscaling.v2.ObjectMetricStatus', {
  current: ref(() => MetricValueStatus, { required: true }),
  describedObject: ref(() => CrossVersionObjectReference, { required: true }),
  metric: ref(() => MetricIdentifier, { required: true }),
});

export const PodsMetricStatus = struct('io.k8s.api.autoscaling.v2.PodsMetricStatus', {
  current: ref(() => MetricValueStatus, { required: true }),
  metric: ref(() => MetricIdentifier, { required: true }),
});

export const ResourceMetricStatus = struct('io.k8s.api.autoscaling.v2.ResourceMetricStatus', {
  current: ref(() => MetricValueStatus, { required: true }),
  name: string({ required: true }),
});

export const MetricStatus = struct('io.k8s.api.autoscaling.v2.MetricStatus', {
  containerResource: ref(() => ContainerResourceMetricStatus),
  external: ref(() => ExternalMetricStatus),
  object: ref(() => ObjectMetricStatus),
  pods: ref(() => PodsMetricStatus),
  resource: ref(() => ResourceMetricStatus),
  type: string({ required: true }),
});

export const MetricTarget = struct('io.k8s.api.autoscaling.v2.MetricTarget', {
  averageUtilization: int32(),
  averageValue: quantity(),
  type: string({ required: true }),
  value: quantity(),
});

export const ContainerResourceMetricSource = struct(
  'io.k8s.api.autoscaling.v2.ContainerResourceMetricSource',
  {
    container: string({ required: true }),
    name: string({ required: true }),
    target: ref(() => MetricTarget, { required: true }),
  },
);

export const ExternalMetricSource = struct('io.k8s.api.autoscaling.v2.ExternalMetricSource', {
  metric: ref(() => MetricIdentifier, { required: true }),
  target: ref(() => MetricTarget, { required: true }),
});

export const ObjectMetricSource = struct('io.k8s.api.autoscaling.v2.ObjectMetricSource', {
  describedObject: ref(() => CrossVersionObjectReference, { required: true }),
  metric: ref(() => MetricIdentifier, { required: true }),
  target: ref(() => MetricTarget, { required: true }),
});

export const PodsMetricSource = struct('io.k8s.api.autoscaling.v2.PodsMetricSource', {
  metric: ref(() => MetricIdentifier, { required: true }),
  target: ref(() => MetricTarget, { required: true }),
});

export const ResourceMetricSource = struct('io.k8s.api.autoscaling.v2.ResourceMetricSource', {
  name: string({ required: true }),
  target: ref(() => MetricTarget, { required: true }),
});

export const MetricSpec = struct('io.k8s.api.autoscaling.v2.MetricSpec', {
  containerResource: ref(() => ContainerResourceMetricSource),
  external: ref(() => ExternalMetricSource),
  object: ref(() => ObjectMetricSource),
  pods: ref(() => PodsMetricSource),
  resource: ref(() => ResourceMetricSource),
  type: string({ required: true }),
});
