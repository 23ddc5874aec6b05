import { array, boolean, int32, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { NodeSelector } from './affinity.ts';
import { ObjectReference } from './common.ts';
import {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  FCVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from './shared-volume-source.ts';

export const LocalVolumeSource = struct(
  'io.k8s.api.core.v1.LocalVolumeSource',
  {
    fsType: string({
      description: 'File system to mount when the path is a block device. Unset: found out.',
    }),
    path: string({ required: true, description: 'Absolute path on the node.' }),
  },
  { description: 'A disk or folder of one node.' },
);

export const SecretReference = struct(
  'io.k8s.api.core.v1.SecretReference',
  {
    name: string({ description: 'Name of the Secret.' }),
    namespace: string({ description: 'Namespace of the Secret.' }),
  },
  { mapType: 'atomic', description: 'A Secret in any namespace.' },
);

export const VolumeNodeAffinity = struct(
  'io.k8s.api.core.v1.VolumeNodeAffinity',
  {
    required: ref(() => NodeSelector, { description: 'Conditions that the node must meet.' }),
  },
  { description: 'Nodes from which a volume can be reached.' },
);

export const CSIPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.CSIPersistentVolumeSource',
  {
    controllerExpandSecretRef: ref(() => SecretReference, {
      description: 'Secret for growing the volume in the storage system.',
    }),
    controllerPublishSecretRef: ref(() => SecretReference, {
      description: 'Secret for attaching the volume to a node, and for detaching it.',
    }),
    driver: string({ required: true, description: 'Name of the CSI driver.' }),
    fsType: string({ description: 'File system to mount. Unset: the driver decides.' }),
    nodeExpandSecretRef: ref(() => SecretReference, {
      description: 'Secret for growing the volume on the node.',
    }),
    nodePublishSecretRef: ref(() => SecretReference, {
      description: 'Secret for mounting the volume into a pod.',
    }),
    nodeStageSecretRef: ref(() => SecretReference, {
      description: 'Secret for preparing the volume on the node.',
    }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    volumeAttributes: map(string(), {
      description: 'Settings that the driver gave when it made the volume.',
    }),
    volumeHandle: string({ required: true, description: 'Id of the volume for the driver. Can not change.' }),
  },
  { description: 'A volume of a storage system with a CSI driver.' },
);

export const CephFSPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.CephFSPersistentVolumeSource',
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
    secretRef: ref(() => SecretReference, {
      description: 'Secret with the key of the user; wins over secretFile.',
    }),
    user: string({ description: 'Name of the Ceph user. Default: admin.' }),
  },
  { description: 'A CephFS file system.' },
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

export const ScaleIOPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.ScaleIOPersistentVolumeSource',
  {
    fsType: string({ default: 'xfs', published: 'xfs', description: 'File system to mount. Default: xfs.' }),
    gateway: string({ required: true, description: 'Address of the ScaleIO gateway.' }),
    protectionDomain: string({ description: 'Name of the protection domain.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretRef: ref(() => SecretReference, {
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

export const ISCSIPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.ISCSIPersistentVolumeSource',
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
    secretRef: ref(() => SecretReference, { description: 'Secret for CHAP.' }),
    targetPortal: string({
      required: true,
      description: 'Address of the target, IP or IP:port. Default port: 3260.',
    }),
  },
  { description: 'A disk of an iSCSI target. One node at a time can write it.' },
);

export const CinderPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.CinderPersistentVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretRef: ref(() => SecretReference, { description: 'Secret with the credentials of OpenStack.' }),
    volumeID: string({ required: true, description: 'Id of the disk.' }),
  },
  { description: 'A disk of OpenStack.' },
);

export const StorageOSPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.StorageOSPersistentVolumeSource',
  {
    fsType: string({ description: 'File system to mount, such as ext4. Default: ext4.' }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    secretRef: ref(() => ObjectReference, {
      description: 'Secret with the credentials of StorageOS. Unset: its defaults.',
    }),
    volumeName: string({ description: 'Name of the volume in its StorageOS namespace.' }),
    volumeNamespace: string({
      description: 'StorageOS namespace of the volume. Default: the namespace of the pod.',
    }),
  },
  { description: 'A StorageOS volume.' },
);

export const RBDPersistentVolumeSource = struct(
  'io.k8s.api.core.v1.RBDPersistentVolumeSource',
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
    secretRef: ref(() => SecretReference, {
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

export const PersistentVolumeSpec = struct(
  'io.k8s.api.core.v1.PersistentVolumeSpec',
  {
    accessModes: array(string(), {
      listType: 'atomic',
      description:
        'How the volume can be mounted: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.',
    }),
    awsElasticBlockStore: ref(() => AWSElasticBlockStoreVolumeSource, {
      description: 'A disk of AWS. Deprecated: use csi.',
    }),
    azureDisk: ref(() => AzureDiskVolumeSource, { description: 'A disk of Azure. Deprecated: use csi.' }),
    azureFile: ref(() => AzureFilePersistentVolumeSource, {
      description: 'A file share of Azure. Deprecated: use csi.',
    }),
    capacity: map(quantity(), { description: 'Size of the volume, under the key storage.' }),
    cephfs: ref(() => CephFSPersistentVolumeSource, {
      description: 'A CephFS file system. Deprecated and no longer supported.',
    }),
    cinder: ref(() => CinderPersistentVolumeSource, {
      description: 'A disk of OpenStack. Deprecated: use csi.',
    }),
    claimRef: ref(() => ObjectReference, {
      mapType: 'granular',
      description: 'The claim that the volume is bound to or kept for.',
    }),
    csi: ref(() => CSIPersistentVolumeSource, { description: 'A volume of a CSI driver.' }),
    fc: ref(() => FCVolumeSource, { description: 'A Fibre Channel disk.' }),
    flexVolume: ref(() => FlexPersistentVolumeSource, {
      description: 'A volume of a program on the node. Deprecated: use csi.',
    }),
    flocker: ref(() => FlockerVolumeSource, {
      description: 'A Flocker dataset. Deprecated and no longer supported.',
    }),
    gcePersistentDisk: ref(() => GCEPersistentDiskVolumeSource, {
      description: 'A disk of Google Cloud. Deprecated: use csi.',
    }),
    glusterfs: ref(() => GlusterfsPersistentVolumeSource, {
      description: 'A GlusterFS volume. Deprecated and no longer supported.',
    }),
    hostPath: ref(() => HostPathVolumeSource, {
      description: 'A folder of a node, for tests on one node only.',
    }),
    iscsi: ref(() => ISCSIPersistentVolumeSource, { description: 'An iSCSI disk.' }),
    local: ref(() => LocalVolumeSource, { description: 'A disk or folder of one node; needs nodeAffinity.' }),
    mountOptions: array(string(), {
      listType: 'atomic',
      description: 'Options for mounting, such as ro. A wrong one shows only when the mount fails.',
    }),
    nfs: ref(() => NFSVolumeSource, { description: 'A folder of an NFS server.' }),
    nodeAffinity: ref(() => VolumeNodeAffinity, {
      description: 'Nodes from which the volume can be reached. Unset: all.',
    }),
    persistentVolumeReclaimPolicy: string({
      description:
        'When the claim goes: Retain keeps the volume, Delete removes it. Recycle is deprecated. Default: Retain.',
    }),
    photonPersistentDisk: ref(() => PhotonPersistentDiskVolumeSource, {
      description: 'A disk of Photon. Deprecated and no longer supported.',
    }),
    portworxVolume: ref(() => PortworxVolumeSource, {
      description: 'A Portworx volume. Deprecated: use csi.',
    }),
    quobyte: ref(() => QuobyteVolumeSource, {
      description: 'A Quobyte volume. Deprecated and no longer supported.',
    }),
    rbd: ref(() => RBDPersistentVolumeSource, {
      description: 'A Ceph block device. Deprecated and no longer supported.',
    }),
    scaleIO: ref(() => ScaleIOPersistentVolumeSource, {
      description: 'A ScaleIO volume. Deprecated and no longer supported.',
    }),
    storageClassName: string({ description: 'Name of the StorageClass it belongs to. Empty: none.' }),
    storageos: ref(() => StorageOSPersistentVolumeSource, {
      description: 'A StorageOS volume. Deprecated and no longer supported.',
    }),
    volumeAttributesClassName: string({
      description: 'Name of the VolumeAttributesClass whose settings the volume has.',
    }),
    volumeMode: string({
      description: 'Filesystem for a mounted folder, Block for a raw device. Default: Filesystem.',
    }),
    vsphereVolume: ref(() => VsphereVirtualDiskVolumeSource, {
      description: 'A disk of vSphere. Deprecated: use csi.',
    }),
  },
  { description: 'A piece of storage; exactly one source is set.' },
);
