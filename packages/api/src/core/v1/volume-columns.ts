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
  text('Capacity', ({ spec }) => spec.capacity?.storage ?? '0'),
  text('Access Modes', ({ spec }) => shortAccessModes(spec.accessModes)),
  text('Reclaim Policy', ({ spec }) => spec.persistentVolumeReclaimPolicy ?? ''),
  text('Status', phase),
  text('Claim', ({ spec }) =>
    spec.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`,
  ),
  text('StorageClass', storageClass),
  text('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  text('Reason', ({ status }) => status?.reason ?? ''),
  ageColumn,
  wide('VolumeMode', ({ spec }) => spec.volumeMode ?? UNSET),
];

export const persistentVolumeClaimColumns: readonly Column<PersistentVolumeClaim>[] = [
  nameColumn,
  text('Status', phase),
  text('Volume', ({ spec }) => spec.volumeName ?? ''),
  text('Capacity', ({ spec, status }) => (spec.volumeName ? (status?.capacity?.storage ?? '0') : '')),
  text('Access Modes', ({ spec, status }) => (spec.volumeName ? shortAccessModes(status?.accessModes) : '')),
  text('StorageClass', storageClass),
  text('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  ageColumn,
  wide('VolumeMode', ({ spec }) => spec.volumeMode ?? UNSET),
];
