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
  text('Provisioner', 'Driver that makes the volumes.', ({ provisioner }) => provisioner),
  text(
    'ReclaimPolicy',
    'What becomes of a volume when its claim goes.',
    ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete',
  ),
  text(
    'VolumeBindingMode',
    'When volumes are made and bound.',
    ({ volumeBindingMode }) => volumeBindingMode ?? UNSET,
  ),
  text(
    'AllowVolumeExpansion',
    'Whether volumes can grow.',
    ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false,
  ),
  ageColumn,
];

export const volumeAttributesClassColumns: readonly Column<VolumeAttributesClass>[] = [
  nameColumn,
  text('DriverName', 'Name of the CSI driver.', ({ driverName }) => driverName),
  ageColumn,
];

export const volumeAttachmentColumns: readonly Column<VolumeAttachment>[] = [
  nameColumn,
  {
    ...text(
      'Attacher',
      'CSI driver that attaches the volume.',
      ({ spec }: VolumeAttachment) => spec.attacher,
    ),
    format: 'name',
  },
  text('PV', 'Name of the volume.', ({ spec }) => spec.source?.persistentVolumeName ?? ''),
  text('Node', 'Node that the volume should be attached to.', ({ spec }) => spec.nodeName),
  boolean('Attached', 'Whether it is attached.', ({ status }) => status?.attached ?? false),
  ageColumn,
];

export const csiNodeColumns: readonly Column<CSINode>[] = [
  nameColumn,
  integer('Drivers', 'Number of drivers.', ({ spec }) => (spec.drivers ?? []).length),
  ageColumn,
];

export const csiDriverColumns: readonly Column<CSIDriver>[] = [
  nameColumn,
  boolean(
    'AttachRequired',
    'Whether volumes must be attached before they are mounted.',
    ({ spec }) => spec.attachRequired ?? true,
  ),
  boolean(
    'PodInfoOnMount',
    'Whether the driver is told which pod mounts.',
    ({ spec }) => spec.podInfoOnMount ?? false,
  ),
  boolean(
    'StorageCapacity',
    'Whether the scheduler looks at free space.',
    ({ spec }) => spec.storageCapacity ?? false,
  ),
  text(
    'TokenRequests',
    'Audiences of the tokens that the driver gets.',
    ({ spec }) => (spec.tokenRequests ?? []).map(({ audience }) => audience).join(',') || UNSET,
  ),
  boolean(
    'RequiresRepublish',
    'Whether mounts are repeated from time to time.',
    ({ spec }) => spec.requiresRepublish ?? false,
  ),
  text('Modes', 'Kinds of volumes: Persistent, Ephemeral.', ({ spec }) =>
    (spec.volumeLifecycleModes ?? []).join(','),
  ),
  ageColumn,
];
