import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { endpointsRules } from './endpoints-rules.ts';
import { endpointsColumns } from './service-columns.ts';
import { ObjectReference } from './types/common.ts';

export const EndpointAddress = struct(
  'io.k8s.api.core.v1.EndpointAddress',
  {
    hostname: string({ description: 'Host name of the backend.' }),
    ip: string({ required: true, description: 'Address; not a loopback, link-local or multicast one.' }),
    nodeName: string({ description: 'Node that the backend runs on.' }),
    targetRef: ref(() => ObjectReference, { description: 'The object behind the address, mostly a pod.' }),
  },
  { mapType: 'atomic', description: 'The address of one backend.' },
);

export const EndpointPort = struct(
  'io.k8s.api.core.v1.EndpointPort',
  {
    appProtocol: string({
      description: 'Protocol spoken on the port, such as kubernetes.io/h2c. Unset: plain TCP.',
    }),
    name: string({ description: 'Name of the port. Needed when there is more than one.' }),
    port: int32({ required: true, description: 'Port number.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP. Default: TCP.' }),
  },
  { mapType: 'atomic', description: 'A port of the backends.' },
);

export const EndpointSubset = struct(
  'io.k8s.api.core.v1.EndpointSubset',
  {
    addresses: array(
      ref(() => EndpointAddress),
      { listType: 'atomic', description: 'Addresses that are ready.' },
    ),
    notReadyAddresses: array(
      ref(() => EndpointAddress),
      { listType: 'atomic', description: 'Addresses that are not ready, or failed.' },
    ),
    ports: array(
      ref(() => EndpointPort),
      { listType: 'atomic', description: 'The ports.' },
    ),
  },
  { description: 'Addresses that share the same ports: each address with each port.' },
);

export const Endpoints = struct(
  'io.k8s.api.core.v1.Endpoints',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    subsets: array(
      ref(() => EndpointSubset),
      { listType: 'atomic', description: 'All addresses with their ports.' },
    ),
  },
  { description: 'Addresses behind a Service, the old way; see EndpointSlice.' },
);

export const endpoints = defineKind({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  namespaced: true,
  shortNames: ['ep'],
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  type: Endpoints,
  rules: endpointsRules,
  columns: endpointsColumns,
});
