import { NodeSelector } from '../../core/v1/types/affinity.ts';
import type { ResourceSlice as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, ref, string, struct } from '../../schema/dsl.ts';
import { resourceSliceColumns } from './resource-columns.ts';
import { resourceSliceRules } from './resource-slice-rules.ts';
import { CounterSet, Device } from './types/device.ts';

export const ResourcePool = struct('io.k8s.api.resource.v1.ResourcePool', {
  generation: int64({ required: true }),
  name: string({ required: true }),
  resourceSliceCount: int64({ required: true }),
});

export const ResourceSliceSpec = struct('io.k8s.api.resource.v1.ResourceSliceSpec', {
  allNodes: boolean(),
  devices: array(
    ref(() => Device),
    { listType: 'atomic' },
  ),
  driver: string({ required: true }),
  nodeName: string(),
  nodeSelector: ref(() => NodeSelector),
  perDeviceNodeSelection: boolean(),
  pool: ref(() => ResourcePool, { required: true }),
  sharedCounters: array(
    ref(() => CounterSet),
    { listType: 'atomic' },
  ),
});

export const ResourceSlice = struct(
  'io.k8s.api.resource.v1.ResourceSlice',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceSliceSpec, { required: true }),
  },
  { description: 'Devices that a driver offers.' },
);

export const resourceSlice = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  singular: 'resourceslice',
  namespaced: false,
  generation: true,
  columns: resourceSliceColumns,
  selectableFields: {
    'spec.nodeName': ({ spec }: Stored) => spec.nodeName ?? '',
    'spec.driver': ({ spec }: Stored) => spec.driver,
  },
  type: ResourceSlice,
  returnsDeleted: true,
  rules: resourceSliceRules,
});
