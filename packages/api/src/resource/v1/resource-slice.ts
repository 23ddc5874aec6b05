import { NodeSelector } from '../../core/v1/types/affinity.ts';
import type { ResourceSlice as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, ref, string, struct } from '../../schema/dsl.ts';
import { resourceSliceColumns } from './resource-columns.ts';
import { resourceSliceRules } from './resource-slice-rules.ts';
import { CounterSet, Device } from './types/device.ts';

export const ResourcePool = struct(
  'io.k8s.api.resource.v1.ResourcePool',
  {
    generation: int64({
      required: true,
      description: 'Number that goes up with each change of the pool. Slices of older ones do not count.',
    }),
    name: string({ required: true, description: 'Name of the pool, often that of the node.' }),
    resourceSliceCount: int64({
      required: true,
      description: 'Number of slices of the pool in this generation.',
    }),
  },
  { description: 'The pool that the devices of a slice belong to.' },
);

export const ResourceSliceSpec = struct(
  'io.k8s.api.resource.v1.ResourceSliceSpec',
  {
    allNodes: boolean({ description: 'Whether all nodes can reach the devices.' }),
    devices: array(
      ref(() => Device),
      {
        listType: 'atomic',
        description: 'The devices; at most 128, or 64 when taints or counters are used.',
      },
    ),
    driver: string({ required: true, description: 'Name of the driver. Can not change.' }),
    nodeName: string({ description: 'Node that the devices are at. Can not change.' }),
    nodeSelector: ref(() => NodeSelector, { description: 'Nodes that can reach the devices.' }),
    perDeviceNodeSelection: boolean({ description: 'Whether each device states its nodes itself.' }),
    pool: ref(() => ResourcePool, { required: true, description: 'The pool that the devices belong to.' }),
    sharedCounters: array(
      ref(() => CounterSet),
      {
        listType: 'atomic',
        description: 'Counters of what devices share. Not together with devices. At most 8.',
      },
    ),
  },
  {
    description: 'Devices of a pool, and the nodes that reach them; exactly one way of naming nodes is set.',
  },
);

export const ResourceSlice = struct(
  'io.k8s.api.resource.v1.ResourceSlice',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ResourceSliceSpec, {
      required: true,
      description: 'The pool, its nodes and its devices.',
    }),
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
