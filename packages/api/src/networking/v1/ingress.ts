import { TypedLocalObjectReference } from '../../core/v1/types/persistent-volume-claim-spec.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { ingressRules } from './ingress-rules.ts';
import { ingressColumns } from './networking-columns.ts';

export const ServiceBackendPort = struct(
  'io.k8s.api.networking.v1.ServiceBackendPort',
  {
    name: string(),
    number: int32(),
  },
  { mapType: 'atomic' },
);

export const IngressServiceBackend = struct('io.k8s.api.networking.v1.IngressServiceBackend', {
  name: string({ required: true }),
  port: ref(() => ServiceBackendPort, { byValue: true }),
});

export const IngressBackend = struct('io.k8s.api.networking.v1.IngressBackend', {
  resource: ref(() => TypedLocalObjectReference),
  service: ref(() => IngressServiceBackend),
});

export const HTTPIngressPath = struct('io.k8s.api.networking.v1.HTTPIngressPath', {
  backend: ref(() => IngressBackend, { required: true }),
  path: string(),
  pathType: string({ required: true, published: null }),
});

export const IngressPortStatus = struct('io.k8s.api.networking.v1.IngressPortStatus', {
  error: string(),
  port: int32({ required: true }),
  protocol: string({ required: true }),
});

export const IngressLoadBalancerIngress = struct('io.k8s.api.networking.v1.IngressLoadBalancerIngress', {
  hostname: string(),
  ip: string(),
  ports: array(
    ref(() => IngressPortStatus),
    { listType: 'atomic' },
  ),
});

export const IngressLoadBalancerStatus = struct('io.k8s.api.networking.v1.IngressLoadBalancerStatus', {
  ingress: array(
    ref(() => IngressLoadBalancerIngress),
    { listType: 'atomic' },
  ),
});

export const IngressStatus = struct('io.k8s.api.networking.v1.IngressStatus', {
  loadBalancer: ref(() => IngressLoadBalancerStatus, { default: {}, byValue: true }),
});

export const HTTPIngressRuleValue = struct('io.k8s.api.networking.v1.HTTPIngressRuleValue', {
  paths: array(
    ref(() => HTTPIngressPath),
    { required: true, listType: 'atomic' },
  ),
});

export const IngressRule = struct('io.k8s.api.networking.v1.IngressRule', {
  host: string(),
  http: ref(() => HTTPIngressRuleValue),
});

export const IngressTLS = struct('io.k8s.api.networking.v1.IngressTLS', {
  hosts: array(string(), { listType: 'atomic' }),
  secretName: string(),
});

export const IngressSpec = struct('io.k8s.api.networking.v1.IngressSpec', {
  defaultBackend: ref(() => IngressBackend, { description: 'Where requests go that no rule matches.' }),
  ingressClassName: string({ description: 'Name of the IngressClass.' }),
  rules: array(
    ref(() => IngressRule),
    { listType: 'atomic', description: 'Rules by host and path.' },
  ),
  tls: array(
    ref(() => IngressTLS),
    { listType: 'atomic', description: 'Certificates by host.' },
  ),
});

export const Ingress = struct(
  'io.k8s.api.networking.v1.Ingress',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => IngressSpec),
    status: ref(() => IngressStatus, { default: {} }),
  },
  { description: 'Leads HTTP requests from outside to Services.' },
);

export const ingress = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  singular: 'ingress',
  namespaced: true,
  shortNames: ['ing'],
  type: Ingress,
  subresources: {
    status: true,
  },
  rules: ingressRules,
  columns: ingressColumns,
});
