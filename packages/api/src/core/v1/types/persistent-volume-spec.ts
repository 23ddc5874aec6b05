import { array, boolean, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { NodeSelector } from './affinity.ts';
import { ObjectReference, SecretReference } from './common.ts';
import {
  AzureFilePersistentVolumeSource,
  CephFSPersistentVolumeSource,
  CinderPersistentVolumeSource,
  FlexPersistentVolumeSource,
  GlusterfsPersistentVolumeSource,
  ISCSIPersistentVolumeSource,
  RBDPersistentVolumeSource,
  ScaleIOPersistentVolumeSource,
  StorageOSPersistentVolumeSource,
} from './in-tree-volume-source.ts';
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
