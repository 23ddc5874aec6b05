import type { PersistentVolume, PersistentVolumeClaim } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, nameColumn, text, UNSET, wide } from '../../tables/columns.ts';
import { shortAccessModes } from './volume-access-modes.ts';

const phase = ({ metadata, status }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating';

const storageClass = ({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';

export const persistentVolumeColumns: readonly Column<PersistentVolume>[] = [
  nameColumn,
  text('Capacity', 'Size of the volume.', ({ spec }) => spec.capacity?.storage ?? '0'),
  text('Access Modes', 'How the volume can be mounted: RWO, ROX, RWX, RWOP.', ({ spec }) =>
    shortAccessModes(spec.accessModes),
  ),
  text(
    'Reclaim Policy',
    'What becomes of the volume when the claim goes.',
    ({ spec }) => spec.persistentVolumeReclaimPolicy ?? '',
  ),
  text('Status', 'Available, Bound, Released, Failed, Pending or Terminating.', phase),
  text('Claim', 'The claim that the volume is bound to or kept for.', ({ spec }) =>
    spec.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`,
  ),
  text('StorageClass', 'Name of the StorageClass.', storageClass),
  text(
    'VolumeAttributesClass',
    'Name of the VolumeAttributesClass.',
    ({ spec }) => spec.volumeAttributesClassName ?? UNSET,
  ),
  text('Reason', 'Why the volume failed, in one word.', ({ status }) => status?.reason ?? ''),
  ageColumn,
  wide('VolumeMode', 'Filesystem or Block.', ({ spec }) => spec.volumeMode ?? UNSET),
];

export const persistentVolumeClaimColumns: readonly Column<PersistentVolumeClaim>[] = [
  nameColumn,
  text('Status', 'Pending, Bound, Lost or Terminating.', phase),
  text('Volume', 'Name of the volume that is bound.', ({ spec }) => spec.volumeName ?? ''),
  text('Capacity', 'Size of the volume that is bound.', ({ spec, status }) =>
    spec.volumeName ? (status?.capacity?.storage ?? '0') : '',
  ),
  text('Access Modes', 'How the volume can be mounted: RWO, ROX, RWX, RWOP.', ({ spec, status }) =>
    spec.volumeName ? shortAccessModes(status?.accessModes) : '',
  ),
  text('StorageClass', 'Name of the StorageClass.', storageClass),
  text(
    'VolumeAttributesClass',
    'Name of the VolumeAttributesClass.',
    ({ spec }) => spec.volumeAttributesClassName ?? UNSET,
  ),
  ageColumn,
  wide('VolumeMode', 'Filesystem or Block.', ({ spec }) => spec.volumeMode ?? UNSET),
];
