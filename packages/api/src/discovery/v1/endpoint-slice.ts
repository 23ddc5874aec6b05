import { ObjectReference } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, map, ref, string, struct } from '../../schema/dsl.ts';
import { endpointSliceColumns } from './endpoint-slice-columns.ts';
import { endpointSliceRules } from './endpoint-slice-rules.ts';

export const EndpointConditions = struct(
  'io.k8s.api.discovery.v1.EndpointConditions',
  {
    ready: boolean({ description: 'Takes new traffic: serving and not terminating, mostly. Unset: true.' }),
    serving: boolean({ description: 'Can serve, even while terminating. Unset: as ready.' }),
    terminating: boolean({ description: 'Is being stopped. Unset: false.' }),
  },
  { description: 'Whether a backend takes traffic.' },
);

export const ForNode = struct(
  'io.k8s.api.discovery.v1.ForNode',
  {
    name: string({ required: true, description: 'Name of the node.' }),
  },
  { description: 'A node whose traffic a backend should take.' },
);

export const ForZone = struct(
  'io.k8s.api.discovery.v1.ForZone',
  {
    name: string({ required: true, description: 'Name of the zone.' }),
  },
  { description: 'A zone whose traffic a backend should take.' },
);

export const EndpointHints = struct(
  'io.k8s.api.discovery.v1.EndpointHints',
  {
    forNodes: array(
      ref(() => ForNode),
      { listType: 'atomic', description: 'Nodes whose traffic it should take. At most 8.' },
    ),
    forZones: array(
      ref(() => ForZone),
      { listType: 'atomic', description: 'Zones whose traffic it should take. At most 8.' },
    ),
  },
  { description: 'For whom a backend is meant.' },
);

export const Endpoint = struct(
  'io.k8s.api.discovery.v1.Endpoint',
  {
    addresses: array(string(), {
      required: true,
      listType: 'set',
      description: 'Addresses of the backend, at least one. Clients use the first.',
    }),
    conditions: ref(() => EndpointConditions, {
      byValue: true,
      description: 'Whether the backend takes traffic.',
    }),
    deprecatedTopology: map(string(), {
      description: 'Labels of the place, from an older version. Never set any more.',
    }),
    hints: ref(() => EndpointHints, { description: 'For whom the backend is meant.' }),
    hostname: string({ description: 'Host name of the backend; a DNS label.' }),
    nodeName: string({ description: 'Node that the backend runs on.' }),
    targetRef: ref(() => ObjectReference, { description: 'The object behind the backend, mostly a pod.' }),
    zone: string({ description: 'Zone that the backend runs in.' }),
  },
  { description: 'One backend of a Service.' },
);

export const EndpointPort = struct(
  'io.k8s.api.discovery.v1.EndpointPort',
  {
    appProtocol: string({
      description: 'Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP.',
    }),
    name: string({
      default: '',
      description: 'Name of the port, unique in the slice: empty or a DNS label.',
    }),
    port: int32({ description: 'Port number. Unset: all ports.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP. Default: TCP.' }),
  },
  { mapType: 'atomic', description: 'A port of the backends of a slice.' },
);

export const EndpointSlice = struct(
  'io.k8s.api.discovery.v1.EndpointSlice',
  {
    addressType: string({
      required: true,
      description: 'IPv4, IPv6 or FQDN: what the addresses are. Can not change.',
    }),
    apiVersion: string(),
    endpoints: array(
      ref(() => Endpoint),
      { listType: 'atomic', description: 'The backends; at most 1000.' },
    ),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    ports: array(
      ref(() => EndpointPort),
      { listType: 'atomic', description: 'Ports that all the backends have.' },
    ),
  },
  { description: 'Some of the addresses behind a Service.' },
);

export const endpointSlice = defineKind({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  type: EndpointSlice,
  rules: endpointSliceRules,
  generation: true,
  columns: endpointSliceColumns,
});
