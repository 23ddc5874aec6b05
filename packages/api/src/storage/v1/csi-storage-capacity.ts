import { defineKind } from '../../kind.ts';
import { LabelSelector, ObjectMeta } from '../../meta/v1/meta.ts';
import { quantity, ref, string, struct } from '../../schema/dsl.ts';
import { csiStorageCapacityRules } from './csi-rules.ts';

export const CSIStorageCapacity = struct(
  'io.k8s.api.storage.v1.CSIStorageCapacity',
  {
    apiVersion: string(),
    capacity: quantity({ description: 'Free space. Unset: unknown.' }),
    kind: string(),
    maximumVolumeSize: quantity({ description: 'Largest volume that can be made. Unset: unknown.' }),
    metadata: ref(() => ObjectMeta),
    nodeTopology: ref(() => LabelSelector, {
      description: 'Nodes that can reach the storage. Unset: none. Can not change.',
    }),
    storageClassName: string({ required: true, description: 'Name of the StorageClass. Can not change.' }),
  },
  { description: 'Storage that is left of a class in one part of the cluster.' },
);

export const csiStorageCapacity = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  singular: 'csistoragecapacity',
  namespaced: true,
  type: CSIStorageCapacity,
  rules: csiStorageCapacityRules,
});
