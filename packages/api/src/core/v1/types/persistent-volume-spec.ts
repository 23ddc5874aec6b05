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

export const LocalVolumeSource = struct('io.k8s.api.core.v1.LocalVolumeSource', {
  fsType: string(),
  path: string({ required: true }),
});

export const SecretReference = struct(
  'io.k8s.api.core.v1.SecretReference',
  {
    name: string(),
    namespace: string(),
  },
  { mapType: 'atomic' },
);

export const VolumeNodeAffinity = struct('io.k8s.api.core.v1.VolumeNodeAffinity', {
  required: ref(() => NodeSelector),
});

export const CSIPersistentVolumeSource = struct('io.k8s.api.core.v1.CSIPersistentVolumeSource', {
  controllerExpandSecretRef: ref(() => SecretReference),
  controllerPublishSecretRef: ref(() => SecretReference),
  driver: string({ required: true }),
  fsType: string(),
  nodeExpandSecretRef: ref(() => SecretReference),
  nodePublishSecretRef: ref(() => SecretReference),
  nodeStageSecretRef: ref(() => SecretReference),
  readOnly: boolean(),
  volumeAttributes: map(string()),
  volumeHandle: string({ required: true }),
});

export const CephFSPersistentVolumeSource = struct('io.k8s.api.core.v1.CephFSPersistentVolumeSource', {
  monitors: array(string(), { required: true, listType: 'atomic' }),
  path: string(),
  readOnly: boolean(),
  secretFile: string(),
  secretRef: ref(() => SecretReference),
  user: string(),
});

export const GlusterfsPersistentVolumeSource = struct('io.k8s.api.core.v1.GlusterfsPersistentVolumeSource', {
  endpoints: string({ required: true }),
  endpointsNamespace: string(),
  path: string({ required: true }),
  readOnly: boolean(),
});

export const ScaleIOPersistentVolumeSource = struct('io.k8s.api.core.v1.ScaleIOPersistentVolumeSource', {
  fsType: string({ default: 'xfs', published: 'xfs' }),
  gateway: string({ required: true }),
  protectionDomain: string(),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference, { required: true, byValue: false }),
  sslEnabled: boolean(),
  storageMode: string({ default: 'ThinProvisioned', published: 'ThinProvisioned' }),
  storagePool: string(),
  system: string({ required: true }),
  volumeName: string(),
});

export const FlexPersistentVolumeSource = struct('io.k8s.api.core.v1.FlexPersistentVolumeSource', {
  driver: string({ required: true }),
  fsType: string(),
  options: map(string()),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference),
});

export const AzureFilePersistentVolumeSource = struct('io.k8s.api.core.v1.AzureFilePersistentVolumeSource', {
  readOnly: boolean(),
  secretName: string({ required: true }),
  secretNamespace: string(),
  shareName: string({ required: true }),
});

export const ISCSIPersistentVolumeSource = struct('io.k8s.api.core.v1.ISCSIPersistentVolumeSource', {
  chapAuthDiscovery: boolean(),
  chapAuthSession: boolean(),
  fsType: string(),
  initiatorName: string(),
  iqn: string({ required: true }),
  iscsiInterface: string({ default: 'default', published: 'default' }),
  lun: int32({ required: true }),
  portals: array(string(), { listType: 'atomic' }),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference),
  targetPortal: string({ required: true }),
});

export const CinderPersistentVolumeSource = struct('io.k8s.api.core.v1.CinderPersistentVolumeSource', {
  fsType: string(),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference),
  volumeID: string({ required: true }),
});

export const StorageOSPersistentVolumeSource = struct('io.k8s.api.core.v1.StorageOSPersistentVolumeSource', {
  fsType: string(),
  readOnly: boolean(),
  secretRef: ref(() => ObjectReference),
  volumeName: string(),
  volumeNamespace: string(),
});

export const RBDPersistentVolumeSource = struct('io.k8s.api.core.v1.RBDPersistentVolumeSource', {
  fsType: string(),
  image: string({ required: true }),
  keyring: string({ default: '/etc/ceph/keyring', published: '/etc/ceph/keyring' }),
  monitors: array(string(), { required: true, listType: 'atomic' }),
  pool: string({ default: 'rbd', published: 'rbd' }),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference),
  user: string({ default: 'admin', published: 'admin' }),
});

export const PersistentVolumeSpec = struct('io.k8s.api.core.v1.PersistentVolumeSpec', {
  accessModes: array(string(), { listType: 'atomic' }),
  awsElasticBlockStore: ref(() => AWSElasticBlockStoreVolumeSource),
  azureDisk: ref(() => AzureDiskVolumeSource),
  azureFile: ref(() => AzureFilePersistentVolumeSource),
  capacity: map(quantity()),
  cephfs: ref(() => CephFSPersistentVolumeSource),
  cinder: ref(() => CinderPersistentVolumeSource),
  claimRef: ref(() => ObjectReference, { mapType: 'granular' }),
  csi: ref(() => CSIPersistentVolumeSource),
  fc: ref(() => FCVolumeSource),
  flexVolume: ref(() => FlexPersistentVolumeSource),
  flocker: ref(() => FlockerVolumeSource),
  gcePersistentDisk: ref(() => GCEPersistentDiskVolumeSource),
  glusterfs: ref(() => GlusterfsPersistentVolumeSource),
  hostPath: ref(() => HostPathVolumeSource),
  iscsi: ref(() => ISCSIPersistentVolumeSource),
  local: ref(() => LocalVolumeSource),
  mountOptions: array(string(), { listType: 'atomic' }),
  nfs: ref(() => NFSVolumeSource),
  nodeAffinity: ref(() => VolumeNodeAffinity),
  persistentVolumeReclaimPolicy: string({ default: 'Retain' }),
  photonPersistentDisk: ref(() => PhotonPersistentDiskVolumeSource),
  portworxVolume: ref(() => PortworxVolumeSource),
  quobyte: ref(() => QuobyteVolumeSource),
  rbd: ref(() => RBDPersistentVolumeSource),
  scaleIO: ref(() => ScaleIOPersistentVolumeSource),
  storageClassName: string(),
  storageos: ref(() => StorageOSPersistentVolumeSource),
  volumeAttributesClassName: string(),
  volumeMode: string({ default: 'Filesystem' }),
  vsphereVolume: ref(() => VsphereVirtualDiskVolumeSource),
});
