import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, intOrString, map, ref, string, struct } from '../../schema/dsl.ts';
import { serviceColumns } from './service-columns.ts';
import { serviceRules } from './service-rules.ts';

export const ServicePort = struct(
  'io.k8s.api.core.v1.ServicePort',
  {
    appProtocol: string({
      description: 'Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP.',
    }),
    name: string({
      description: 'Name, unique in the Service; a DNS label. Needed when there are several ports.',
    }),
    nodePort: int32({
      description: 'Port on each node, of types NodePort and LoadBalancer. Unset: a free one is taken.',
    }),
    port: int32({ required: true, description: 'Port of the Service, 1 to 65535.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP. Default: TCP.', published: 'TCP' }),
    targetPort: intOrString({ description: 'Port number or name in the pods. Default: port.' }),
  },
  { description: 'One port of a Service.' },
);

export const ClientIPConfig = struct(
  'io.k8s.api.core.v1.ClientIPConfig',
  {
    timeoutSeconds: int32({
      description: 'Seconds that a client stays with its pod, 1 to 86400. Default: 10800.',
    }),
  },
  { description: 'How long a client address is kept on one pod.' },
);

export const SessionAffinityConfig = struct(
  'io.k8s.api.core.v1.SessionAffinityConfig',
  {
    clientIP: ref(() => ClientIPConfig, { description: 'Settings of affinity by client address.' }),
  },
  { description: 'How clients are kept on one pod.' },
);

export const ServiceSpec = struct(
  'io.k8s.api.core.v1.ServiceSpec',
  {
    allocateLoadBalancerNodePorts: boolean({
      description: 'Whether a load balancer gets node ports. Default: true.',
    }),
    clusterIP: string({
      description:
        'Address in the cluster; None for a headless Service. Unset: a free one is taken. Hardly ever changes.',
    }),
    clusterIPs: array(string(), {
      listType: 'atomic',
      description: 'Addresses in the cluster, at most one of each family, the first as in clusterIP.',
    }),
    externalIPs: array(string(), {
      listType: 'atomic',
      description:
        'Outside addresses for which nodes take traffic too. Getting it to the nodes is up to you.',
    }),
    externalName: string({ description: 'DNS name that the Service stands for, of type ExternalName.' }),
    externalTrafficPolicy: string({
      description:
        'Traffic from outside goes to pods of the whole Cluster, or Local to the node that got it. Default: Cluster.',
    }),
    healthCheckNodePort: int32({
      description: 'Port where load balancers ask a node for local pods, with externalTrafficPolicy Local.',
    }),
    internalTrafficPolicy: string({
      description:
        'Traffic from inside goes to pods of the whole Cluster, or Local to the node of the client. Default: Cluster.',
    }),
    ipFamilies: array(string(), {
      listType: 'atomic',
      description: 'IPv4, IPv6 or both, the main one first. Unset: by ipFamilyPolicy.',
    }),
    ipFamilyPolicy: string({
      description: 'SingleStack, PreferDualStack or RequireDualStack. Default: SingleStack.',
    }),
    loadBalancerClass: string({
      description: 'Load balancer that serves this, as domain/name. Unset: the default one. Can not change.',
    }),
    loadBalancerIP: string({ description: 'Wanted address of the load balancer. Deprecated.' }),
    loadBalancerSourceRanges: array(string(), {
      listType: 'atomic',
      description: 'Ranges of client addresses that the load balancer lets in. Unset: all.',
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
    publishNotReadyAddresses: boolean({
      description: 'Whether pods that are not ready are published too. Default: false.',
    }),
    selector: map(string(), {
      mapType: 'atomic',
      description: 'Labels of the pods behind the Service. Unset: endpoints come from elsewhere.',
    }),
    sessionAffinity: string({
      default: 'None',
      description: 'None, or ClientIP to keep a client on one pod. Default: None.',
    }),
    sessionAffinityConfig: ref(() => SessionAffinityConfig, { description: 'Settings of sessionAffinity.' }),
    trafficDistribution: string({
      description: 'Preferred endpoints: PreferSameZone or PreferSameNode. Unset: all alike.',
    }),
    type: string({
      default: 'ClusterIP',
      description:
        'ClusterIP, NodePort, LoadBalancer or ExternalName: how the Service is reached. Default: ClusterIP.',
    }),
  },
  { description: 'Which pods a Service leads to, and by which ports.' },
);

export const PortStatus = struct(
  'io.k8s.api.core.v1.PortStatus',
  {
    error: string({
      description: 'What is wrong with the port, as one word or domain/word. Unset: nothing.',
    }),
    port: int32({ required: true, description: 'Port number.' }),
    protocol: string({ required: true, description: 'TCP, UDP or SCTP.' }),
  },
  { description: 'State of a port of a load balancer.' },
);

export const LoadBalancerIngress = struct(
  'io.k8s.api.core.v1.LoadBalancerIngress',
  {
    hostname: string({ description: 'Host name, of balancers that go by name.' }),
    ip: string({ description: 'Address, of balancers that go by address.' }),
    ipMode: string({
      description: 'VIP: packets arrive with this address; Proxy: with that of a node or pod. Only with ip.',
    }),
    ports: array(
      ref(() => PortStatus),
      { listType: 'atomic', description: 'State of the ports.' },
    ),
  },
  { description: 'An address of a load balancer.' },
);

export const LoadBalancerStatus = struct(
  'io.k8s.api.core.v1.LoadBalancerStatus',
  {
    ingress: array(
      ref(() => LoadBalancerIngress),
      { listType: 'atomic', description: 'Addresses to send traffic to.' },
    ),
  },
  { description: 'State of a load balancer.' },
);

export const ServiceStatus = struct(
  'io.k8s.api.core.v1.ServiceStatus',
  {
    conditions: array(
      ref(() => Condition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on.',
      },
    ),
    loadBalancer: ref(() => LoadBalancerStatus, {
      default: {},
      byValue: true,
      description: 'Addresses of the load balancer.',
    }),
  },
  { description: 'What was last seen of a Service.' },
);

export const Service = struct(
  'io.k8s.api.core.v1.Service',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ServiceSpec, { description: 'Wanted state: pods, ports, type and addresses.' }),
    status: ref(() => ServiceStatus, {
      default: {},
      description: 'Seen state: addresses of the load balancer.',
    }),
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
