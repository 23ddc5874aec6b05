import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { endpointsRules } from './endpoints-rules.ts';
import { endpointsColumns } from './service-columns.ts';
import { ObjectReference } from './types/common.ts';

export const EndpointAddress = struct(
  'io.k8s.api.core.v1.EndpointAddress',
  {
    hostname: string(),
    ip: string({ required: true }),
    nodeName: string(),
    targetRef: ref(() => ObjectReference),
  },
  { mapType: 'atomic' },
);

export const EndpointPort = struct(
  'io.k8s.api.core.v1.EndpointPort',
  {
    appProtocol: string(),
    name: string(),
    port: int32({ required: true }),
    protocol: string({ default: 'TCP' }),
  },
  { mapType: 'atomic' },
);

export const EndpointSubset = struct('io.k8s.api.core.v1.EndpointSubset', {
  addresses: array(
    ref(() => EndpointAddress),
    { listType: 'atomic' },
  ),
  notReadyAddresses: array(
    ref(() => EndpointAddress),
    { listType: 'atomic' },
  ),
  ports: array(
    ref(() => EndpointPort),
    { listType: 'atomic' },
  ),
});

export const Endpoints = struct(
  'io.k8s.api.core.v1.Endpoints',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    subsets: array(
      ref(() => EndpointSubset),
      { listType: 'atomic' },
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
