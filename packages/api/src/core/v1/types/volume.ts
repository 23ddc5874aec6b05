import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { LocalObjectReference } from './common.ts';
import { ObjectFieldSelector, ResourceFieldSelector } from './field-selector.ts';
import { PersistentVolumeClaimTemplate } from './persistent-volume-claim-spec.ts';
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

export const ServiceAccountTokenProjection = struct('io.k8s.api.core.v1.ServiceAccountTokenProjection', {
  audience: string(),
  expirationSeconds: int64({ default: 3600 }),
  path: string({ required: true }),
});

export const EmptyDirVolumeSource = struct('io.k8s.api.core.v1.EmptyDirVolumeSource', {
  medium: string(),
  sizeLimit: quantity(),
});

export const CinderVolumeSource = struct('io.k8s.api.core.v1.CinderVolumeSource', {
  fsType: string(),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference),
  volumeID: string({ required: true }),
});

export const RBDVolumeSource = struct('io.k8s.api.core.v1.RBDVolumeSource', {
  fsType: string(),
  image: string({ required: true }),
  keyring: string({ default: '/etc/ceph/keyring', published: '/etc/ceph/keyring' }),
  monitors: array(string(), { required: true, listType: 'atomic' }),
  pool: string({ default: 'rbd', published: 'rbd' }),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference),
  user: string({ default: 'admin', published: 'admin' }),
});

export const GlusterfsVolumeSource = struct('io.k8s.api.core.v1.GlusterfsVolumeSource', {
  endpoints: string({ required: true }),
  path: string({ required: true }),
  readOnly: boolean(),
});

export const CephFSVolumeSource = struct('io.k8s.api.core.v1.CephFSVolumeSource', {
  monitors: array(string(), { required: true, listType: 'atomic' }),
  path: string(),
  readOnly: boolean(),
  secretFile: string(),
  secretRef: ref(() => LocalObjectReference),
  user: string(),
});

export const ClusterTrustBundleProjection = struct('io.k8s.api.core.v1.ClusterTrustBundleProjection', {
  labelSelector: ref(() => LabelSelector),
  name: string(),
  optional: boolean(),
  path: string({ required: true }),
  signerName: string(),
});

export const DownwardAPIVolumeFile = struct('io.k8s.api.core.v1.DownwardAPIVolumeFile', {
  fieldRef: ref(() => ObjectFieldSelector),
  mode: int32(),
  path: string({ required: true }),
  resourceFieldRef: ref(() => ResourceFieldSelector),
});

export const DownwardAPIProjection = struct('io.k8s.api.core.v1.DownwardAPIProjection', {
  items: array(
    ref(() => DownwardAPIVolumeFile),
    { listType: 'atomic' },
  ),
});

export const CSIVolumeSource = struct('io.k8s.api.core.v1.CSIVolumeSource', {
  driver: string({ required: true }),
  fsType: string(),
  nodePublishSecretRef: ref(() => LocalObjectReference),
  readOnly: boolean(),
  volumeAttributes: map(string()),
});

export const KeyToPath = struct('io.k8s.api.core.v1.KeyToPath', {
  key: string({ required: true }),
  mode: int32(),
  path: string({ required: true }),
});

export const ConfigMapProjection = struct('io.k8s.api.core.v1.ConfigMapProjection', {
  items: array(
    ref(() => KeyToPath),
    { listType: 'atomic' },
  ),
  name: string({ published: '' }),
  optional: boolean(),
});

export const PodCertificateProjection = struct('io.k8s.api.core.v1.PodCertificateProjection', {
  certificateChainPath: string(),
  credentialBundlePath: string(),
  keyPath: string(),
  keyType: string({ required: true, published: null }),
  maxExpirationSeconds: int32(),
  signerName: string({ required: true, published: null }),
  userAnnotations: map(string()),
});

export const SecretProjection = struct('io.k8s.api.core.v1.SecretProjection', {
  items: array(
    ref(() => KeyToPath),
    { listType: 'atomic' },
  ),
  name: string({ published: '' }),
  optional: boolean(),
});

export const VolumeProjection = struct('io.k8s.api.core.v1.VolumeProjection', {
  clusterTrustBundle: ref(() => ClusterTrustBundleProjection),
  configMap: ref(() => ConfigMapProjection),
  downwardAPI: ref(() => DownwardAPIProjection),
  podCertificate: ref(() => PodCertificateProjection),
  secret: ref(() => SecretProjection),
  serviceAccountToken: ref(() => ServiceAccountTokenProjection),
});

export const SecretVolumeSource = struct('io.k8s.api.core.v1.SecretVolumeSource', {
  defaultMode: int32({ default: 420 }),
  items: array(
    ref(() => KeyToPath),
    { listType: 'atomic' },
  ),
  optional: boolean(),
  secretName: string(),
});

export const ProjectedVolumeSource = struct('io.k8s.api.core.v1.ProjectedVolumeSource', {
  defaultMode: int32({ default: 420 }),
  sources: array(
    ref(() => VolumeProjection),
    { listType: 'atomic' },
  ),
});

export const GitRepoVolumeSource = struct('io.k8s.api.core.v1.GitRepoVolumeSource', {
  directory: string(),
  repository: string({ required: true }),
  revision: string(),
});

export const AzureFileVolumeSource = struct('io.k8s.api.core.v1.AzureFileVolumeSource', {
  readOnly: boolean(),
  secretName: string({ required: true }),
  shareName: string({ required: true }),
});

export const ConfigMapVolumeSource = struct('io.k8s.api.core.v1.ConfigMapVolumeSource', {
  defaultMode: int32({ default: 420 }),
  items: array(
    ref(() => KeyToPath),
    { listType: 'atomic' },
  ),
  name: string({ published: '' }),
  optional: boolean(),
});

export const DownwardAPIVolumeSource = struct('io.k8s.api.core.v1.DownwardAPIVolumeSource', {
  defaultMode: int32({ default: 420 }),
  items: array(
    ref(() => DownwardAPIVolumeFile),
    { listType: 'atomic' },
  ),
});

export const EphemeralVolumeSource = struct('io.k8s.api.core.v1.EphemeralVolumeSource', {
  volumeClaimTemplate: ref(() => PersistentVolumeClaimTemplate),
});

export const ImageVolumeSource = struct('io.k8s.api.core.v1.ImageVolumeSource', {
  pullPolicy: string(),
  reference: string(),
});

export const ISCSIVolumeSource = struct('io.k8s.api.core.v1.ISCSIVolumeSource', {
  chapAuthDiscovery: boolean(),
  chapAuthSession: boolean(),
  fsType: string(),
  initiatorName: string(),
  iqn: string({ required: true }),
  iscsiInterface: string({ default: 'default', published: 'default' }),
  lun: int32({ required: true }),
  portals: array(string(), { listType: 'atomic' }),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference),
  targetPortal: string({ required: true }),
});

export const ScaleIOVolumeSource = struct('io.k8s.api.core.v1.ScaleIOVolumeSource', {
  fsType: string({ default: 'xfs', published: 'xfs' }),
  gateway: string({ required: true }),
  protectionDomain: string(),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference, { required: true, byValue: false }),
  sslEnabled: boolean(),
  storageMode: string({ default: 'ThinProvisioned', published: 'ThinProvisioned' }),
  storagePool: string(),
  system: string({ required: true }),
  volumeName: string(),
});

export const StorageOSVolumeSource = struct('io.k8s.api.core.v1.StorageOSVolumeSource', {
  fsType: string(),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference),
  volumeName: string(),
  volumeNamespace: string(),
});

export const Volume = struct(
  'io.k8s.api.core.v1.Volume',
  {
    awsElasticBlockStore: ref(() => AWSElasticBlockStoreVolumeSource),
    azureDisk: ref(() => AzureDiskVolumeSource),
    azureFile: ref(() => AzureFileVolumeSource),
    cephfs: ref(() => CephFSVolumeSource),
    cinder: ref(() => CinderVolumeSource),
    configMap: ref(() => ConfigMapVolumeSource),
    csi: ref(() => CSIVolumeSource),
    downwardAPI: ref(() => DownwardAPIVolumeSource),
    emptyDir: ref(() => EmptyDirVolumeSource),
    ephemeral: ref(() => EphemeralVolumeSource),
    fc: ref(() => FCVolumeSource),
    flexVolume: ref(() => FlexVolumeSource),
    flocker: ref(() => FlockerVolumeSource),
    gcePersistentDisk: ref(() => GCEPersistentDiskVolumeSource),
    gitRepo: ref(() => GitRepoVolumeSource),
    glusterfs: ref(() => GlusterfsVolumeSource),
    hostPath: ref(() => HostPathVolumeSource),
    image: ref(() => ImageVolumeSource),
    iscsi: ref(() => ISCSIVolumeSource),
    name: string({ required: true }),
    nfs: ref(() => NFSVolumeSource),
    persistentVolumeClaim: ref(() => PersistentVolumeClaimVolumeSource),
    photonPersistentDisk: ref(() => PhotonPersistentDiskVolumeSource),
    portworxVolume: ref(() => PortworxVolumeSource),
    projected: ref(() => ProjectedVolumeSource),
    quobyte: ref(() => QuobyteVolumeSource),
    rbd: ref(() => RBDVolumeSource),
    scaleIO: ref(() => ScaleIOVolumeSource),
    secret: ref(() => SecretVolumeSource),
    storageos: ref(() => StorageOSVolumeSource),
    vsphereVolume: ref(() => VsphereVirtualDiskVolumeSource),
  },
  { description: 'Storage that containers of the pod can mount.' },
);

export const FlexVolumeSource = struct('io.k8s.api.core.v1.FlexVolumeSource', {
  driver: string({ required: true }),
  fsType: string(),
  options: map(string()),
  readOnly: boolean(),
  secretRef: ref(() => LocalObjectReference),
});

export const PersistentVolumeClaimVolumeSource = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource',
  {
    claimName: string({ required: true }),
    readOnly: boolean(),
  },
);
