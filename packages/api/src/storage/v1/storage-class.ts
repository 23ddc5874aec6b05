import { TopologySelectorTerm } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, map, ref, string, struct } from '../../schema/dsl.ts';
import { storageClassRules } from './storage-class-rules.ts';
import { storageClassColumns } from './storage-columns.ts';

export const StorageClass = struct(
  'io.k8s.api.storage.v1.StorageClass',
  {
    allowVolumeExpansion: boolean({ description: 'Whether volumes may grow. Default: false.' }),
    allowedTopologies: array(
      ref(() => TopologySelectorTerm),
      { listType: 'atomic', description: 'Places where volumes may be made. Unset: anywhere.' },
    ),
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    mountOptions: array(string(), {
      listType: 'atomic',
      description: 'Options for mounting, such as ro. A wrong one shows only when the mount fails.',
    }),
    parameters: map(string(), { description: 'Settings for the driver. Can not change.' }),
    provisioner: string({ required: true, description: 'Driver that makes the volumes. Can not change.' }),
    reclaimPolicy: string({
      default: 'Delete',
      description:
        'When a claim goes: Delete removes its volume, Retain keeps it. Can not change. Default: Delete.',
    }),
    volumeBindingMode: string({
      default: 'Immediate',
      description:
        'Immediate makes volumes at once, WaitForFirstConsumer when a pod is placed. Can not change. Default: Immediate.',
    }),
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
