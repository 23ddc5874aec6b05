import { LabelSelector } from '../../../meta/v1/meta.ts';
import { int32, quantity, ref, string, struct } from '../../../schema/dsl.ts';

export const CrossVersionObjectReference = struct(
  'io.k8s.api.autoscaling.v2.CrossVersionObjectReference',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    name: string({ required: true, description: 'Name of the object.' }),
  },
  { description: 'An object, in whatever version.' },
);

export const MetricValueStatus = struct(
  'io.k8s.api.autoscaling.v2.MetricValueStatus',
  {
    averageUtilization: int32({ description: 'Average over all pods, in percent of the requests.' }),
    averageValue: quantity({ description: 'Average over all pods.' }),
    value: quantity({ description: 'Value of the metric.' }),
  },
  { description: 'Seen value of a metric.' },
);

export const ContainerResourceMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus',
  {
    container: string({ required: true, description: 'Name of the container.' }),
    current: ref(() => MetricValueStatus, { required: true, description: 'Seen value.' }),
    name: string({ required: true, description: 'cpu, memory or another resource.' }),
  },
  { description: 'Seen use of a resource by one container of each pod.' },
);

export const MetricIdentifier = struct(
  'io.k8s.api.autoscaling.v2.MetricIdentifier',
  {
    name: string({ required: true, description: 'Name of the metric.' }),
    selector: ref(() => LabelSelector, {
      description: 'Labels that the series must have. Unset: the name alone decides.',
    }),
  },
  { description: 'Name of a metric, and labels that choose among its series.' },
);

export const ExternalMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.ExternalMetricStatus',
  {
    current: ref(() => MetricValueStatus, { required: true, description: 'Seen value.' }),
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
  },
  { description: 'Seen value of a metric of something outside the cluster.' },
);

export const ObjectMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.ObjectMetricStatus',
  {
    current: ref(() => MetricValueStatus, { required: true, description: 'Seen value.' }),
    describedObject: ref(() => CrossVersionObjectReference, { required: true, description: 'The object.' }),
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
  },
  { description: 'Seen value of a metric of one object.' },
);

export const PodsMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.PodsMetricStatus',
  {
    current: ref(() => MetricValueStatus, { required: true, description: 'Seen value.' }),
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
  },
  { description: 'Seen average of a metric of each pod.' },
);

export const ResourceMetricStatus = struct(
  'io.k8s.api.autoscaling.v2.ResourceMetricStatus',
  {
    current: ref(() => MetricValueStatus, { required: true, description: 'Seen value.' }),
    name: string({ required: true, description: 'cpu, memory or another resource.' }),
  },
  { description: 'Seen use of a resource by each pod.' },
);

export const MetricStatus = struct(
  'io.k8s.api.autoscaling.v2.MetricStatus',
  {
    containerResource: ref(() => ContainerResourceMetricStatus, {
      description: 'Use of a resource by one container of each pod.',
    }),
    external: ref(() => ExternalMetricStatus, { description: 'A metric of something outside the cluster.' }),
    object: ref(() => ObjectMetricStatus, { description: 'A metric of one object.' }),
    pods: ref(() => PodsMetricStatus, { description: 'A metric of each pod, averaged.' }),
    resource: ref(() => ResourceMetricStatus, { description: 'Use of a resource by each pod.' }),
    type: string({ required: true, description: 'ContainerResource, External, Object, Pods or Resource.' }),
  },
  { description: 'Seen value of one metric; the field of its type is set.' },
);

export const MetricTarget = struct(
  'io.k8s.api.autoscaling.v2.MetricTarget',
  {
    averageUtilization: int32({
      description: 'Average over all pods, in percent of the requests. Only of resources.',
    }),
    averageValue: quantity({ description: 'Average over all pods.' }),
    type: string({ required: true, description: 'Utilization, Value or AverageValue.' }),
    value: quantity({ description: 'Value of the metric.' }),
  },
  { description: 'The value to aim at; the field of its type is set.' },
);

export const ContainerResourceMetricSource = struct(
  'io.k8s.api.autoscaling.v2.ContainerResourceMetricSource',
  {
    container: string({ required: true, description: 'Name of the container.' }),
    name: string({ required: true, description: 'cpu, memory or another resource.' }),
    target: ref(() => MetricTarget, { required: true, description: 'Value to aim at.' }),
  },
  { description: 'What one container of each pod uses of a resource, compared with its requests.' },
);

export const ExternalMetricSource = struct(
  'io.k8s.api.autoscaling.v2.ExternalMetricSource',
  {
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
    target: ref(() => MetricTarget, { required: true, description: 'Value to aim at.' }),
  },
  {
    description:
      'A metric that has nothing to do with an object of the cluster, such as the length of a queue.',
  },
);

export const ObjectMetricSource = struct(
  'io.k8s.api.autoscaling.v2.ObjectMetricSource',
  {
    describedObject: ref(() => CrossVersionObjectReference, { required: true, description: 'The object.' }),
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
    target: ref(() => MetricTarget, { required: true, description: 'Value to aim at.' }),
  },
  { description: 'A metric of one object.' },
);

export const PodsMetricSource = struct(
  'io.k8s.api.autoscaling.v2.PodsMetricSource',
  {
    metric: ref(() => MetricIdentifier, { required: true, description: 'Which metric.' }),
    target: ref(() => MetricTarget, { required: true, description: 'Value to aim at; an AverageValue.' }),
  },
  { description: 'A metric that each pod has, such as requests in a second; the average counts.' },
);

export const ResourceMetricSource = struct(
  'io.k8s.api.autoscaling.v2.ResourceMetricSource',
  {
    name: string({ required: true, description: 'cpu, memory or another resource.' }),
    target: ref(() => MetricTarget, { required: true, description: 'Value to aim at.' }),
  },
  { description: 'What the pods use of a resource, compared with their requests.' },
);

export const MetricSpec = struct(
  'io.k8s.api.autoscaling.v2.MetricSpec',
  {
    containerResource: ref(() => ContainerResourceMetricSource, {
      description: 'Use of a resource by one container of each pod.',
    }),
    external: ref(() => ExternalMetricSource, { description: 'A metric of something outside the cluster.' }),
    object: ref(() => ObjectMetricSource, {
      description: 'A metric of one object, such as requests of an Ingress.',
    }),
    pods: ref(() => PodsMetricSource, { description: 'A metric of each pod, averaged.' }),
    resource: ref(() => ResourceMetricSource, { description: 'Use of a resource by each pod.' }),
    type: string({ required: true, description: 'ContainerResource, External, Object, Pods or Resource.' }),
  },
  { description: 'One metric to scale by; the field of its type is set.' },
);
