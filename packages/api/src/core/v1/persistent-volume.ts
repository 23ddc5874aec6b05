import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { ref, string, struct, time } from '../../schema/dsl.ts';
import { persistentVolumeRules } from './persistent-volume-rules.ts';
import { PersistentVolumeSpec } from './types/persistent-volume-spec.ts';
import { persistentVolumeColumns } from './volume-columns.ts';

export const PersistentVolumeStatus = struct(
  'io.k8s.api.core.v1.PersistentVolumeStatus',
  {
    lastPhaseTransitionTime: time({ description: 'When the phase last changed.' }),
    message: string({ description: 'Why the volume is in this phase, for people.' }),
    phase: string({ default: 'Pending', description: 'Available, Bound, Released, Failed or Pending.' }),
    reason: string({ description: 'Why the volume failed, in one word.' }),
  },
  { description: 'What was last seen of a volume.' },
);

export const PersistentVolume = struct(
  'io.k8s.api.core.v1.PersistentVolume',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PersistentVolumeSpec, {
      description: 'Wanted state: size, access modes and where the storage is.',
    }),
    status: ref(() => PersistentVolumeStatus, {
      default: {},
      description: 'Seen state: whether the volume is free, bound or released.',
    }),
  },
  { description: 'A piece of storage in the cluster.' },
);

export const persistentVolume = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  namespaced: false,
  shortNames: ['pv'],
  type: PersistentVolume,
  returnsDeleted: true,
  subresources: {
    status: true,
  },
  rules: persistentVolumeRules,
  generation: false,
  columns: persistentVolumeColumns,
});
