import { array, boolean, int32, map, ref, type StructType, string, struct } from '../../../schema/dsl.ts';
import { LocalObjectReference, ObjectReference, SecretReference } from './common.ts';

// Volumes of storage systems. Each is there twice: as pods name it, with a Secret of the same namespace, and as
// PersistentVolumes do, whose Secret may lie in any namespace.

export const AzureFileVolumeSource = struct(
  'io.k8s.api.core.v1.AzureFileVolumeSource',
  {
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretName: string({ required: true, description: 'Secret with name and key of the storage account.' }),
    shareName: string({ required: true, description: 'Name of the share.' }),
  },
  { description: 'A file share of Azure.' },
);

export const AzureFilePersistentVolumeSource = struct(
  'io.k8s.api.core.v1.AzureFilePersistentVolumeSource',
  {
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretName: string({ required: true, description: 'Secret with name and key of the storage account.' }),
    secretNamespace: string({ description: 'Namespace of the Secret. Default: that of the claim.' }),
    shareName: string({ required: true, description: 'Name of the share.' }),
  },
  { description: 'A file share of Azure.' },
);

const cephFSSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      monitors: array(string(), {
        required: true,
        listType: 'atomic',
        description: 'Addresses of the Ceph monitors.',
      }),
      path: string({ description: 'Folder of the file system. Default: /.' }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretFile: string({
        description: 'File on the node with the key of the user. Default: /etc/ceph/user.secret.',
      }),
      secretRef: ref(() => secret, {
        description: 'Secret with the key of the user; wins over secretFile.',
      }),
      user: string({ description: 'Name of the Ceph user. Default: admin.' }),
    },
    { description: 'A CephFS file system.' },
  );

export const CephFSVolumeSource = cephFSSource('io.k8s.api.core.v1.CephFSVolumeSource', LocalObjectReference);
export const CephFSPersistentVolumeSource = cephFSSource(
  'io.k8s.api.core.v1.CephFSPersistentVolumeSource',
  SecretReference,
);

const cinderSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretRef: ref(() => secret, { description: 'Secret with the credentials of OpenStack.' }),
      volumeID: string({ required: true, description: 'Id of the disk.' }),
    },
    { description: 'A disk of OpenStack.' },
  );

export const CinderVolumeSource = cinderSource('io.k8s.api.core.v1.CinderVolumeSource', LocalObjectReference);
export const CinderPersistentVolumeSource = cinderSource(
  'io.k8s.api.core.v1.CinderPersistentVolumeSource',
  SecretReference,
);

export const FlexVolumeSource = struct(
  'io.k8s.api.core.v1.FlexVolumeSource',
  {
    driver: string({ required: true, description: 'Name of the program.' }),
    fsType: string({ description: 'File system to mount. Unset: the program decides.' }),
    options: map(string(), { description: 'Settings for the program.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretRef: ref(() => LocalObjectReference, {
      description: 'Secret for the program, in the namespace of the pod.',
    }),
  },
  { description: 'A volume of a program on the node. Deprecated: use a CSI driver.' },
);

export const FlexPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.FlexPersistentVolumeSource',
  {
    driver: string({ required: true, description: 'Name of the program.' }),
    fsType: string({ description: 'File system to mount. Unset: the program decides.' }),
    options: map(string(), { description: 'Settings for the program.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretRef: ref(() => SecretReference, { description: 'Secret for the program.' }),
  },
  { description: 'A volume of a program on the node. Deprecated: use a CSI driver.' },
);

export const GlusterfsVolumeSource = struct(
  'io.k8s.api.core.v1.GlusterfsVolumeSource',
  {
    endpoints: string({
      required: true,
      description: 'Name of Endpoints with the addresses of the servers.',
    }),
    path: string({ required: true, description: 'Name of the volume.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
  },
  { description: 'A GlusterFS volume.' },
);

export const GlusterfsPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.GlusterfsPersistentVolumeSource',
  {
    endpoints: string({
      required: true,
      description: 'Name of Endpoints with the addresses of the servers.',
    }),
    endpointsNamespace: string({ description: 'Namespace of the Endpoints. Default: that of the claim.' }),
    path: string({ required: true, description: 'Name of the volume.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
  },
  { description: 'A GlusterFS volume.' },
);

const iscsiSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      chapAuthDiscovery: boolean({ description: 'Whether discovery authenticates with CHAP.' }),
      chapAuthSession: boolean({ description: 'Whether sessions authenticate with CHAP.' }),
      fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
      initiatorName: string({ description: 'Own name as initiator, in place of that of the node.' }),
      iqn: string({ required: true, description: 'Name of the target.' }),
      iscsiInterface: string({
        default: 'default',
        published: 'default',
        description: 'Name of the interface to use. Default: default, that is TCP.',
      }),
      lun: int32({ required: true, description: 'Number of the disk at the target.' }),
      portals: array(string(), {
        listType: 'atomic',
        description: 'Further addresses of the target, IP or IP:port.',
      }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretRef: ref(() => secret, { description: 'Secret for CHAP.' }),
      targetPortal: string({
        required: true,
        description: 'Address of the target, IP or IP:port. Default port: 3260.',
      }),
    },
    { description: 'A disk of an iSCSI target. One node at a time can write it.' },
  );

export const ISCSIVolumeSource = iscsiSource('io.k8s.api.core.v1.ISCSIVolumeSource', LocalObjectReference);
export const ISCSIPersistentVolumeSource = iscsiSource(
  'io.k8s.api.core.v1.ISCSIPersistentVolumeSource',
  SecretReference,
);

const rbdSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
      image: string({ required: true, description: 'Name of the image in the pool.' }),
      keyring: string({
        default: '/etc/ceph/keyring',
        published: '/etc/ceph/keyring',
        description: 'File on the node with the key of the user. Default: /etc/ceph/keyring.',
      }),
      monitors: array(string(), {
        required: true,
        listType: 'atomic',
        description: 'Addresses of the Ceph monitors.',
      }),
      pool: string({ default: 'rbd', published: 'rbd', description: 'Name of the pool. Default: rbd.' }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretRef: ref(() => secret, {
        description: 'Secret with the key of the user; wins over keyring.',
      }),
      user: string({
        default: 'admin',
        published: 'admin',
        description: 'Name of the Ceph user. Default: admin.',
      }),
    },
    { description: 'A Ceph block device.' },
  );

export const RBDVolumeSource = rbdSource('io.k8s.api.core.v1.RBDVolumeSource', LocalObjectReference);
export const RBDPersistentVolumeSource = rbdSource(
  'io.k8s.api.core.v1.RBDPersistentVolumeSource',
  SecretReference,
);

const scaleIOSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      fsType: string({
        default: 'xfs',
        published: 'xfs',
        description: 'File system to mount. Default: xfs.',
      }),
      gateway: string({ required: true, description: 'Address of the ScaleIO gateway.' }),
      protectionDomain: string({ description: 'Name of the protection domain.' }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretRef: ref(() => secret, {
        required: true,
        byValue: false,
        description: 'Secret with the credentials of the system.',
      }),
      sslEnabled: boolean({ description: 'Whether to speak TLS with the gateway. Default: false.' }),
      storageMode: string({
        default: 'ThinProvisioned',
        published: 'ThinProvisioned',
        description: 'ThickProvisioned or ThinProvisioned. Default: ThinProvisioned.',
      }),
      storagePool: string({ description: 'Pool of the protection domain.' }),
      system: string({ required: true, description: 'Name of the storage system.' }),
      volumeName: string({ description: 'Name of a volume that is there already.' }),
    },
    { description: 'A ScaleIO volume.' },
  );

export const ScaleIOVolumeSource = scaleIOSource(
  'io.k8s.api.core.v1.ScaleIOVolumeSource',
  LocalObjectReference,
);
export const ScaleIOPersistentVolumeSource = scaleIOSource(
  'io.k8s.api.core.v1.ScaleIOPersistentVolumeSource',
  SecretReference,
);

const storageOSSource = (name: string, secret: StructType): StructType =>
  struct(
    name,
    {
      fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
      readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
      secretRef: ref(() => secret, {
        description: 'Secret with the credentials of StorageOS. Unset: its defaults.',
      }),
      volumeName: string({ description: 'Name of the volume in its StorageOS namespace.' }),
      volumeNamespace: string({
        description: 'StorageOS namespace of the volume. Default: the namespace of the pod.',
      }),
    },
    { description: 'A StorageOS volume.' },
  );

export const StorageOSVolumeSource = storageOSSource(
  'io.k8s.api.core.v1.StorageOSVolumeSource',
  LocalObjectReference,
);
export const StorageOSPersistentVolumeSource = storageOSSource(
  'io.k8s.api.core.v1.StorageOSPersistentVolumeSource',
  ObjectReference,
);

export const GitRepoVolumeSource = struct(
  'io.k8s.api.core.v1.GitRepoVolumeSource',
  {
    directory: string({ description: 'Folder for the clone; `.` for the volume itself. Without `..`.' }),
    repository: string({ required: true, description: 'URL of the repository.' }),
    revision: string({ description: 'Commit to check out.' }),
  },
  { description: 'A clone of a Git repository, made when the pod starts.' },
);
