import { TopologySelectorTerm } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, map, ref, string, struct } from '../../schema/dsl.ts';
import { storageClassRules } from './storage-class-rules.ts';
import { storageClassColumns } from './storage-columns.ts';

export const StorageClass = struct(
  'io.k8s.api.storage.v1.StorageClass',
  {
    allowVolumeExpansion: boolean({ description: 'Whether volumes may grow.' }),
    allowedTopologies: array(
      ref(() => TopologySelectorTerm),
      { listType: 'atomic' },
    ),
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    mountOptions: array(string(), { listType: 'atomic' }),
    parameters: map(string(), { description: 'Settings for the provisioner.' }),
    provisioner: string({ required: true, description: 'Who makes the volumes.' }),
    reclaimPolicy: string({
      default: 'Delete',
      description: 'Delete or Retain volumes that are given back.',
    }),
    volumeBindingMode: string({ default: 'Immediate', description: 'Immediate or WaitForFirstConsumer.' }),
  },
  { description: 'A way in which volumes are made.' },
);

export const storageClass = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  namespaced: false,
  shortNames: ['sc'],
  type: StorageClass,
  returnsDeleted: true,
  rules: storageClassRules,
  columns: storageClassColumns,
});
