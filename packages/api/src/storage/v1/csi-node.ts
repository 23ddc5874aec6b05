import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct } from '../../schema/dsl.ts';
import { csiNodeRules } from './csi-rules.ts';
import { csiNodeColumns } from './storage-columns.ts';

export const VolumeNodeResources = struct('io.k8s.api.storage.v1.VolumeNodeResources', {
  count: int32(),
});

export const CSINodeDriver = struct('io.k8s.api.storage.v1.CSINodeDriver', {
  allocatable: ref(() => VolumeNodeResources),
  name: string({ required: true }),
  nodeID: string({ required: true }),
  topologyKeys: array(string(), { listType: 'atomic' }),
});

export const CSINodeSpec = struct('io.k8s.api.storage.v1.CSINodeSpec', {
  drivers: array(
    ref(() => CSINodeDriver),
    { required: true, listType: 'map', listMapKeys: ['name'], patchStrategy: 'merge', patchMergeKey: 'name' },
  ),
});

export const CSINode = struct(
  'io.k8s.api.storage.v1.CSINode',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CSINodeSpec, { required: true }),
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
