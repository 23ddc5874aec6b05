import { boolean, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { LocalObjectReference } from './common.ts';
import {
  AzureFileVolumeSource,
  CephFSVolumeSource,
  CinderVolumeSource,
  FlexVolumeSource,
  GitRepoVolumeSource,
  GlusterfsVolumeSource,
  ISCSIVolumeSource,
  RBDVolumeSource,
  ScaleIOVolumeSource,
  StorageOSVolumeSource,
} from './in-tree-volume-source.ts';
import { PersistentVolumeClaimTemplate } from './persistent-volume-claim-spec.ts';
import {
  ConfigMapVolumeSource,
  DownwardAPIVolumeSource,
  ProjectedVolumeSource,
  SecretVolumeSource,
} from './projected-volume-source.ts';
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

export const EmptyDirVolumeSource = struct(
  'io.k8s.api.core.v1.EmptyDirVolumeSource',
  {
    medium: string({
      description:
        'Empty for the disk of the node, Memory for RAM, HugePages or HugePages-SIZE. Default: empty.',
    }),
    sizeLimit: quantity({
      description: 'Most that the folder may hold; the pod is evicted above it. Unset: no limit.',
    }),
  },
  { description: 'A folder shared by the containers of the pod; its content goes with the pod.' },
);

export const CSIVolumeSource = struct(
  'io.k8s.api.core.v1.CSIVolumeSource',
  {
    driver: string({ required: true, description: 'Name of the CSI driver.' }),
    fsType: string({ description: 'File system to mount. Unset: the driver decides.' }),
    nodePublishSecretRef: ref(() => LocalObjectReference, {
      description: 'Secret for the driver, in the namespace of the pod.',
    }),
    readOnly: boolean({ description: 'true: the volume can not be written. Default: false.' }),
    volumeAttributes: map(string(), { description: 'Settings for the driver.' }),
  },
  { description: 'A volume whose life is that of the pod, for drivers that support it.' },
);

export const EphemeralVolumeSource = struct(
  'io.k8s.api.core.v1.EphemeralVolumeSource',
  {
    volumeClaimTemplate: ref(() => PersistentVolumeClaimTemplate, {
      description: 'What the claim looks like. It is named POD-VOLUME. Can not change.',
    }),
  },
  { description: 'A claim that belongs to the pod, for storage that no other pod needs.' },
);

export const ImageVolumeSource = struct(
  'io.k8s.api.core.v1.ImageVolumeSource',
  {
    pullPolicy: string({
      description: 'Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent.',
    }),
    reference: string({ description: 'Name of the image or artifact.' }),
  },
  { description: 'An image that is pulled when the pod starts and mounted as it is.' },
);

export const Volume = struct(
  'io.k8s.api.core.v1.Volume',
  {
    awsElasticBlockStore: ref(() => AWSElasticBlockStoreVolumeSource, {
      description: 'A disk of AWS. Deprecated: use csi.',
    }),
    azureDisk: ref(() => AzureDiskVolumeSource, { description: 'A disk of Azure. Deprecated: use csi.' }),
    azureFile: ref(() => AzureFileVolumeSource, {
      description: 'A file share of Azure. Deprecated: use csi.',
    }),
    cephfs: ref(() => CephFSVolumeSource, {
      description: 'A CephFS file system. Deprecated and no longer supported.',
    }),
    cinder: ref(() => CinderVolumeSource, { description: 'A disk of OpenStack. Deprecated: use csi.' }),
    configMap: ref(() => ConfigMapVolumeSource, { description: 'The keys of a ConfigMap as files.' }),
    csi: ref(() => CSIVolumeSource, {
      description: 'A short-lived volume that a CSI driver makes for the pod.',
    }),
    downwardAPI: ref(() => DownwardAPIVolumeSource, { description: 'Fields of the pod as files.' }),
    emptyDir: ref(() => EmptyDirVolumeSource, {
      description: 'An empty folder that lives as long as the pod.',
    }),
    ephemeral: ref(() => EphemeralVolumeSource, {
      description: 'A claim that is made for the pod and goes with it.',
    }),
    fc: ref(() => FCVolumeSource, { description: 'A Fibre Channel disk.' }),
    flexVolume: ref(() => FlexVolumeSource, {
      description: 'A volume of a program on the node. Deprecated: use csi.',
    }),
    flocker: ref(() => FlockerVolumeSource, {
      description: 'A Flocker dataset. Deprecated and no longer supported.',
    }),
    gcePersistentDisk: ref(() => GCEPersistentDiskVolumeSource, {
      description: 'A disk of Google Cloud. Deprecated: use csi.',
    }),
    gitRepo: ref(() => GitRepoVolumeSource, {
      description: 'A clone of a Git repository. Deprecated: clone in an init container into an emptyDir.',
    }),
    glusterfs: ref(() => GlusterfsVolumeSource, {
      description: 'A GlusterFS volume. Deprecated and no longer supported.',
    }),
    hostPath: ref(() => HostPathVolumeSource, {
      description: 'A file or folder of the node. Dangerous: it breaks the isolation of the pod.',
    }),
    image: ref(() => ImageVolumeSource, { description: 'The files of an OCI image or artifact, read-only.' }),
    iscsi: ref(() => ISCSIVolumeSource, { description: 'An iSCSI disk.' }),
    name: string({ required: true, description: 'Name of the volume, unique in the pod; a DNS label.' }),
    nfs: ref(() => NFSVolumeSource, { description: 'A folder of an NFS server.' }),
    persistentVolumeClaim: ref(() => PersistentVolumeClaimVolumeSource, {
      description: 'The volume of a PersistentVolumeClaim.',
    }),
    photonPersistentDisk: ref(() => PhotonPersistentDiskVolumeSource, {
      description: 'A disk of Photon. Deprecated and no longer supported.',
    }),
    portworxVolume: ref(() => PortworxVolumeSource, {
      description: 'A Portworx volume. Deprecated: use csi.',
    }),
    projected: ref(() => ProjectedVolumeSource, { description: 'Several sources in one folder.' }),
    quobyte: ref(() => QuobyteVolumeSource, {
      description: 'A Quobyte volume. Deprecated and no longer supported.',
    }),
    rbd: ref(() => RBDVolumeSource, {
      description: 'A Ceph block device. Deprecated and no longer supported.',
    }),
    scaleIO: ref(() => ScaleIOVolumeSource, {
      description: 'A ScaleIO volume. Deprecated and no longer supported.',
    }),
    secret: ref(() => SecretVolumeSource, { description: 'The keys of a Secret as files.' }),
    storageos: ref(() => StorageOSVolumeSource, {
      description: 'A StorageOS volume. Deprecated and no longer supported.',
    }),
    vsphereVolume: ref(() => VsphereVirtualDiskVolumeSource, {
      description: 'A disk of vSphere. Deprecated: use csi.',
    }),
  },
  { description: 'Storage that containers of the pod can mount.' },
);

export const PersistentVolumeClaimVolumeSource = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource',
  {
    claimName: string({ required: true, description: 'Name of a claim in the namespace of the pod.' }),
    readOnly: boolean({ description: 'true: all mounts are read-only. Default: false.' }),
  },
  { description: 'A claim in the same namespace. Its content outlives the pod.' },
);
