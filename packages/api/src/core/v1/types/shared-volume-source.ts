import { array, boolean, int32, string, struct } from '../../../schema/dsl.ts';

export const NFSVolumeSource = struct(
  'io.k8s.api.core.v1.NFSVolumeSource',
  {
    path: string({ required: true, description: 'Absolute path that the server exports.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    server: string({ required: true, description: 'Host name or address of the server.' }),
  },
  { description: 'A folder that an NFS server exports. Its content outlives the pod.' },
);

export const AzureDiskVolumeSource = struct(
  'io.k8s.api.core.v1.AzureDiskVolumeSource',
  {
    cachingMode: string({
      default: 'ReadWrite',
      published: 'ReadWrite',
      description: 'None, ReadOnly or ReadWrite: caching on the host. Default: ReadWrite.',
    }),
    diskName: string({ required: true, description: 'Name of the disk.' }),
    diskURI: string({ required: true, description: 'URI of the disk.' }),
    fsType: string({
      default: 'ext4',
      published: 'ext4',
      description: 'File system to mount, such as ext4. Default: ext4.',
    }),
    kind: string({
      default: 'Shared',
      published: 'Shared',
      description:
        'Shared or Dedicated for disks in blob storage, Managed for managed ones. Default: Shared.',
    }),
    readOnly: boolean({
      default: false,
      published: false,
      description: 'true: the volume can not be written. Default: false.',
    }),
  },
  { description: 'A disk of Azure.' },
);

export const HostPathVolumeSource = struct(
  'io.k8s.api.core.v1.HostPathVolumeSource',
  {
    path: string({ required: true, description: 'Absolute path on the node. Links are followed.' }),
    type: string({
      default: '',
      description:
        'What must be there: Directory, File, Socket, CharDevice, BlockDevice, or ...OrCreate to make it. Default: no check.',
    }),
  },
  { description: 'A file or folder of the node.' },
);

export const QuobyteVolumeSource = struct(
  'io.k8s.api.core.v1.QuobyteVolumeSource',
  {
    group: string({ description: 'Group that opens the volume. Default: none.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    registry: string({
      required: true,
      description: 'Addresses of the registries, host:port with commas between.',
    }),
    tenant: string({ description: 'Tenant that owns the volume.' }),
    user: string({ description: 'User that opens the volume. Default: the owner.' }),
    volume: string({ required: true, description: 'Name of the volume.' }),
  },
  { description: 'A Quobyte volume.' },
);

export const FCVolumeSource = struct(
  'io.k8s.api.core.v1.FCVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    lun: int32({ description: 'Number of the disk at the target.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    targetWWNs: array(string(), { listType: 'atomic', description: 'World wide names of the target.' }),
    wwids: array(string(), { listType: 'atomic', description: 'World wide identifiers of the disk.' }),
  },
  { description: 'A Fibre Channel disk, by targetWWNs and lun or by wwids.' },
);

export const AWSElasticBlockStoreVolumeSource = struct(
  'io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    partition: int32({ description: 'Partition to mount; 0 or unset for the whole disk.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    volumeID: string({ required: true, description: 'Id of the disk.' }),
  },
  { description: 'A disk of AWS.' },
);

export const FlockerVolumeSource = struct(
  'io.k8s.api.core.v1.FlockerVolumeSource',
  {
    datasetName: string({ description: 'Name of the dataset. Deprecated.' }),
    datasetUUID: string({ description: 'Id of the dataset.' }),
  },
  { description: 'A Flocker dataset; exactly one of the two fields is set.' },
);

export const PortworxVolumeSource = struct(
  'io.k8s.api.core.v1.PortworxVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    volumeID: string({ required: true, description: 'Id of the volume.' }),
  },
  { description: 'A Portworx volume.' },
);

export const VsphereVirtualDiskVolumeSource = struct(
  'io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    storagePolicyID: string({ description: 'Id of the storage policy of storagePolicyName.' }),
    storagePolicyName: string({ description: 'Name of the storage policy.' }),
    volumePath: string({ required: true, description: 'Path of the disk file.' }),
  },
  { description: 'A disk of vSphere.' },
);

export const PhotonPersistentDiskVolumeSource = struct(
  'io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    pdID: string({ required: true, description: 'Id of the disk.' }),
  },
  { description: 'A disk of Photon.' },
);

export const GCEPersistentDiskVolumeSource = struct(
  'io.k8s.api.core.v1.GCEPersistentDiskVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    partition: int32({ description: 'Partition to mount; 0 or unset for the whole disk.' }),
    pdName: string({ required: true, description: 'Name of the disk.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
  },
  { description: 'A disk of Google Cloud.' },
);
