import { TopologySelectorTerm } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, map, ref, string, struct } from '../../schema/dsl.ts';
import { storageClassRules } from './storage-class-rules.ts';
import { storageClassColumns } from './storage-columns.ts';

export const StorageClass = struct('io.k8s.api.storage.v1.StorageClass', {
  allowVolumeExpansion: boolean(),
  allowedTopologies: array(
    ref(() => TopologySelectorTerm),
    { listType: 'atomic' },
  ),
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  mountOptions: array(string(), { listType: 'atomic' }),
  parameters: map(string()),
  provisioner: string({ required: true }),
  reclaimPolicy: string({ default: 'Delete' }),
  volumeBindingMode: string({ default: 'Immediate' }),
});

export const storageClass = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  namespaced: false,
  shortNames: ['sc'],
  type: StorageClass,
  rules: storageClassRules,
  columns: storageClassColumns,
});
