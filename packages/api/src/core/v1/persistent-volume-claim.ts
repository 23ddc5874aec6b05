import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct } from '../../schema/dsl.ts';
import { persistentVolumeClaimRules } from './persistent-volume-claim-rules.ts';
import {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from './types/persistent-volume-claim-spec.ts';
import { persistentVolumeClaimColumns } from './volume-columns.ts';

export const PersistentVolumeClaim = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaim',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PersistentVolumeClaimSpec, {
      description: 'Wanted state: size, access modes and class of the storage.',
    }),
    status: ref(() => PersistentVolumeClaimStatus, {
      default: {},
      description: 'Seen state: whether a volume is bound, and its size.',
    }),
  },
  { description: "A user's request for storage." },
);

export const persistentVolumeClaim = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  namespaced: true,
  shortNames: ['pvc'],
  type: PersistentVolumeClaim,
  returnsDeleted: true,
  subresources: {
    status: true,
  },
  rules: persistentVolumeClaimRules,
  generation: false,
  columns: persistentVolumeClaimColumns,
});
