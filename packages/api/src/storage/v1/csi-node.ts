import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { csiNodeRules } from './csi-rules.ts';
import { csiNodeColumns } from './storage-columns.ts';

export const VolumeNodeResources = struct(
  'io.k8s.api.storage.v1.VolumeNodeResources',
  {
    count: int32({ description: 'Number of volumes. Unset: no limit.' }),
  },
  { description: 'How much of the volumes of a driver a node can have.' },
);

export const CSINodeDriver = struct(
  'io.k8s.api.storage.v1.CSINodeDriver',
  {
    allocatable: ref(() => VolumeNodeResources, {
      description: 'How much of its volumes the node can have.',
    }),
    name: string({ required: true, description: 'Name of the driver.' }),
    nodeID: string({ required: true, description: 'Name of the node for the driver.' }),
    topologyKeys: array(string(), {
      listType: 'atomic',
      description: 'Labels of the node that say where volumes can be reached.',
    }),
  },
  { description: 'A driver on a node.' },
);

export const CSINodeSpec = struct(
  'io.k8s.api.storage.v1.CSINodeSpec',
  {
    drivers: array(
      ref(() => CSINodeDriver),
      {
        required: true,
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'The drivers. Empty when there are none.',
      },
    ),
  },
  { description: 'Drivers of a node.' },
);

export const CSINode = struct(
  'io.k8s.api.storage.v1.CSINode',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CSINodeSpec, { required: true, description: 'Drivers of the node.' }),
  },
  { description: 'Storage drivers on a node.' },
);

export const csiNode = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  singular: 'csinode',
  namespaced: false,
  type: CSINode,
  rules: csiNodeRules,
  returnsDeleted: true,
  columns: csiNodeColumns,
});
