import { ObjectReference } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, map, ref, string, struct } from '../../schema/dsl.ts';
import { endpointSliceColumns } from './endpoint-slice-columns.ts';
import { endpointSliceRules } from './endpoint-slice-rules.ts';

export const EndpointConditions = struct('io.k8s.api.discovery.v1.EndpointConditions', {
  ready: boolean(),
  serving: boolean(),
  terminating: boolean(),
});

export const ForNode = struct('io.k8s.api.discovery.v1.ForNode', {
  name: string({ required: true }),
});

export const ForZone = struct('io.k8s.api.discovery.v1.ForZone', {
  name: string({ required: true }),
});

export const EndpointHints = struct('io.k8s.api.discovery.v1.EndpointHints', {
  forNodes: array(
    ref(() => ForNode),
    { listType: 'atomic' },
  ),
  forZones: array(
    ref(() => ForZone),
    { listType: 'atomic' },
  ),
});

export const Endpoint = struct('io.k8s.api.discovery.v1.Endpoint', {
  addresses: array(string(), { required: true, listType: 'set' }),
  conditions: ref(() => EndpointConditions, { byValue: true }),
  deprecatedTopology: map(string()),
  hints: ref(() => EndpointHints),
  hostname: string(),
  nodeName: string(),
  targetRef: ref(() => ObjectReference),
  zone: string(),
});

export const EndpointPort = struct(
  'io.k8s.api.discovery.v1.EndpointPort',
  {
    appProtocol: string(),
    name: string({ default: '' }),
    port: int32(),
    protocol: string({ default: 'TCP' }),
  },
  { mapType: 'atomic' },
);

export const EndpointSlice = struct(
  'io.k8s.api.discovery.v1.EndpointSlice',
  {
    addressType: string({ required: true }),
    apiVersion: string(),
    endpoints: array(
      ref(() => Endpoint),
      { listType: 'atomic' },
    ),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    ports: array(
      ref(() => EndpointPort),
      { listType: 'atomic' },
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
