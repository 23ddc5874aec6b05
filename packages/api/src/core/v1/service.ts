import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, intOrString, map, ref, string, struct } from '../../schema/dsl.ts';
import { serviceColumns } from './service-columns.ts';
import { serviceRules } from './service-rules.ts';

export const ServicePort = struct(
  'io.k8s.api.core.v1.ServicePort',
  {
    appProtocol: string({ description: 'Protocol of the application.' }),
    name: string({ description: 'Name, needed when there are several.' }),
    nodePort: int32({ description: 'Port on each node.' }),
    port: int32({ required: true, description: 'Port of the Service.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP.', published: 'TCP' }),
    targetPort: intOrString({ description: 'Port number or name in the pods; default is port.' }),
  },
  { description: 'One port of a Service.' },
);

export const ClientIPConfig = struct('io.k8s.api.core.v1.ClientIPConfig', {
  timeoutSeconds: int32(),
});

export const SessionAffinityConfig = struct('io.k8s.api.core.v1.SessionAffinityConfig', {
  clientIP: ref(() => ClientIPConfig),
});

export const ServiceSpec = struct(
  'io.k8s.api.core.v1.ServiceSpec',
  {
    allocateLoadBalancerNodePorts: boolean({ description: 'Whether a load balancer gets node ports.' }),
    clusterIP: string({ description: 'Address in the cluster; None for a headless Service.' }),
    clusterIPs: array(string(), {
      listType: 'atomic',
      description: 'Addresses in the cluster, one a family.',
    }),
    externalIPs: array(string(), {
      listType: 'atomic',
      description: 'Outside addresses that lead here too.',
    }),
    externalName: string({ description: 'DNS name that an ExternalName Service stands for.' }),
    externalTrafficPolicy: string({
      description: 'Cluster, or Local to stay on the node that got the traffic.',
    }),
    healthCheckNodePort: int32({ description: 'Port where load balancers ask a node for local endpoints.' }),
    internalTrafficPolicy: string({ description: 'Cluster, or Local to stay on the node of the client.' }),
    ipFamilies: array(string(), { listType: 'atomic', description: 'IPv4 and IPv6, in order.' }),
    ipFamilyPolicy: string({ description: 'SingleStack, PreferDualStack or RequireDualStack.' }),
    loadBalancerClass: string({ description: 'Which load balancer serves this.' }),
    loadBalancerIP: string({ description: 'Wanted address of the load balancer; deprecated.' }),
    loadBalancerSourceRanges: array(string(), {
      listType: 'atomic',
      description: 'Clients that the load balancer lets in.',
    }),
    ports: array(
      ref(() => ServicePort),
      {
        listType: 'map',
        listMapKeys: ['port', 'protocol'],
        patchStrategy: 'merge',
        patchMergeKey: 'port',
        description: 'Ports of the Service.',
      },
    ),
    publishNotReadyAddresses: boolean({ description: 'Lead to pods that are not ready, too.' }),
    selector: map(string(), { mapType: 'atomic', description: 'Labels of the pods behind the Service.' }),
    sessionAffinity: string({
      default: 'None',
      description: 'None, or ClientIP to keep a client on one pod.',
    }),
    sessionAffinityConfig: ref(() => SessionAffinityConfig, { description: 'Settings of the affinity.' }),
    trafficDistribution: string({ description: 'Which endpoints are preferred.' }),
    type: string({ default: 'ClusterIP', description: 'ClusterIP, NodePort, LoadBalancer or ExternalName.' }),
  },
  { description: 'Which pods a Service leads to, and by which ports.' },
);

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
  loadBalancer: ref(() => LoadBalancerStatus, { default: {}, byValue: true }),
});

export const Service = struct(
  'io.k8s.api.core.v1.Service',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ServiceSpec),
    status: ref(() => ServiceStatus, { default: {} }),
  },
  { description: 'A stable name and address in front of a set of pods.' },
);

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
  returnsDeleted: true,
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
