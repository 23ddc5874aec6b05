import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, intOrString, map, ref, string, struct } from '../../schema/dsl.ts';
import { serviceColumns } from './service-columns.ts';
import { serviceRules } from './service-rules.ts';

export const ServicePort = struct('io.k8s.api.core.v1.ServicePort', {
  appProtocol: string(),
  name: string(),
  nodePort: int32(),
  port: int32({ required: true }),
  protocol: string({ default: 'TCP' }),
  targetPort: intOrString(),
});

export const ClientIPConfig = struct('io.k8s.api.core.v1.ClientIPConfig', {
  timeoutSeconds: int32(),
});

export const SessionAffinityConfig = struct('io.k8s.api.core.v1.SessionAffinityConfig', {
  clientIP: ref(() => ClientIPConfig),
});

export const ServiceSpec = struct('io.k8s.api.core.v1.ServiceSpec', {
  allocateLoadBalancerNodePorts: boolean(),
  clusterIP: string(),
  clusterIPs: array(string(), { listType: 'atomic' }),
  externalIPs: array(string(), { listType: 'atomic' }),
  externalName: string(),
  externalTrafficPolicy: string(),
  healthCheckNodePort: int32(),
  internalTrafficPolicy: string(),
  ipFamilies: array(string(), { listType: 'atomic' }),
  ipFamilyPolicy: string(),
  loadBalancerClass: string(),
  loadBalancerIP: string(),
  loadBalancerSourceRanges: array(string(), { listType: 'atomic' }),
  ports: array(
    ref(() => ServicePort),
    { listType: 'map', listMapKeys: ['port', 'protocol'], patchStrategy: 'merge', patchMergeKey: 'port' },
  ),
  publishNotReadyAddresses: boolean(),
  selector: map(string(), { mapType: 'atomic' }),
  sessionAffinity: string({ default: 'None' }),
  sessionAffinityConfig: ref(() => SessionAffinityConfig),
  trafficDistribution: string(),
  type: string({ default: 'ClusterIP' }),
});

export const PortStatus = struct('io.k8s.api.core.v1.PortStatus', {
  error: string(),
  port: int32({ required: true }),
  protocol: string({ required: true }),
});

export const LoadBalancerIngress = struct('io.k8s.api.core.v1.LoadBalancerIngress', {
  hostname: string(),
  ip: string(),
  ipMode: string(),
  ports: array(
    ref(() => PortStatus),
    { listType: 'atomic' },
  ),
});

export const LoadBalancerStatus = struct('io.k8s.api.core.v1.LoadBalancerStatus', {
  ingress: array(
    ref(() => LoadBalancerIngress),
    { listType: 'atomic' },
  ),
});

export const ServiceStatus = struct('io.k8s.api.core.v1.ServiceStatus', {
  conditions: array(
    ref(() => Condition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  loadBalancer: ref(() => LoadBalancerStatus, { default: {} }),
});

export const Service = struct('io.k8s.api.core.v1.Service', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => ServiceSpec),
  status: ref(() => ServiceStatus, { default: {} }),
});

export const service = defineKind({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  namespaced: true,
  nameRule: 'dnsLabel',
  shortNames: ['svc'],
  categories: ['all'],
  type: Service,
  subresources: {
    status: true,
    others: {
      proxy: { verbs: ['create', 'delete', 'get', 'patch', 'update'], kind: 'ServiceProxyOptions' },
    },
  },
  rules: serviceRules,
  generation: false,
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
});
