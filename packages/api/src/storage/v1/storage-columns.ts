import type {
  CSIDriver,
  CSINode,
  StorageClass,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, boolean, integer, nameColumn, text, UNSET } from '../../tables/columns.ts';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const storageClassColumns: readonly Column<StorageClass>[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) =>
      metadata.annotations?.[DEFAULT_CLASS] === 'true' ? `${metadata.name} (default)` : metadata.name,
  },
  text('Provisioner', ({ provisioner }) => provisioner),
  text('ReclaimPolicy', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
  text('VolumeBindingMode', ({ volumeBindingMode }) => volumeBindingMode ?? UNSET),
  text('AllowVolumeExpansion', ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false),
  ageColumn,
];

export const volumeAttributesClassColumns: readonly Column<VolumeAttributesClass>[] = [
  nameColumn,
  text('DriverName', ({ driverName }) => driverName),
  ageColumn,
];

export const volumeAttachmentColumns: readonly Column<VolumeAttachment>[] = [
  nameColumn,
  { ...text('Attacher', ({ spec }: VolumeAttachment) => spec.attacher), format: 'name' },
  text('PV', ({ spec }) => spec.source?.persistentVolumeName ?? ''),
  text('Node', ({ spec }) => spec.nodeName),
  boolean('Attached', ({ status }) => status?.attached ?? false),
  ageColumn,
];

export const csiNodeColumns: readonly Column<CSINode>[] = [
  nameColumn,
  integer('Drivers', ({ spec }) => (spec.drivers ?? []).length),
  ageColumn,
];

export const csiDriverColumns: readonly Column<CSIDriver>[] = [
  nameColumn,
  boolean('AttachRequired', ({ spec }) => spec.attachRequired ?? true),
  boolean('PodInfoOnMount', ({ spec }) => spec.podInfoOnMount ?? false),
  boolean('StorageCapacity', ({ spec }) => spec.storageCapacity ?? false),
  text(
    'TokenRequests',
    ({ spec }) => (spec.tokenRequests ?? []).map(({ audience }) => audience).join(',') || UNSET,
  ),
  boolean('RequiresRepublish', ({ spec }) => spec.requiresRepublish ?? false),
  text('Modes', ({ spec }) => (spec.volumeLifecycleModes ?? []).join(',')),
  ageColumn,
];
