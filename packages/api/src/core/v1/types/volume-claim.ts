import { LabelSelector, ObjectMeta } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, map, quantity, ref, string, struct, time } from '../../../schema/dsl.ts';
import { LocalObjectReference, ObjectReference } from './common.ts';
import {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  FCVolumeSource,
  FlockerVolumeSource,
  HostPathVolumeSource,
  LocalVolumeSource,
  ModifyVolumeStatus,
  NFSVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  SecretReference,
  VolumeNodeAffinity,
  VolumeResourceRequirements,
  VsphereVirtualDiskVolumeSource,
} from './volume.ts';

export const PhotonPersistentDiskVolumeSource = struct(
  'io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource',
  {
    fsType: string(),
    pdID: string({ required: true }),
  },
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

export const TypedLocalObjectReference = struct(
  'io.k8s.api.core.v1.TypedLocalObjectReference',
  {
    apiGroup: string(),
    kind: string({ required: true }),
    name: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const TypedObjectReference = struct('io.k8s.api.core.v1.TypedObjectReference', {
  apiGroup: string(),
  kind: string({ required: true }),
  name: string({ required: true }),
  namespace: string(),
});

export const PersistentVolumeClaimSpec = struct('io.k8s.api.core.v1.PersistentVolumeClaimSpec', {
  accessModes: array(string(), {
    listType: 'atomic',
    description: 'ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.',
  }),
  dataSource: ref(() => TypedLocalObjectReference),
  dataSourceRef: ref(() => TypedObjectReference),
  resources: ref(() => VolumeResourceRequirements, { default: {}, description: 'Wanted size.' }),
  selector: ref(() => LabelSelector, { description: 'Labels of the volumes that may be taken.' }),
  storageClassName: string({ description: 'Class; empty for volumes without one.' }),
  volumeAttributesClassName: string(),
  volumeMode: string({ default: 'Filesystem', description: 'Filesystem or Block.' }),
  volumeName: string({ description: 'Volume that the claim is bound to.' }),
});

export const GCEPersistentDiskVolumeSource = struct('io.k8s.api.core.v1.GCEPersistentDiskVolumeSource', {
  fsType: string(),
  partition: int32(),
  pdName: string({ required: true }),
  readOnly: boolean(),
});

export const PersistentVolumeClaimTemplate = struct('io.k8s.api.core.v1.PersistentVolumeClaimTemplate', {
  metadata: ref(() => ObjectMeta),
  spec: ref(() => PersistentVolumeClaimSpec, { required: true }),
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
  fsType: string({ default: 'xfs' }),
  gateway: string({ required: true }),
  protectionDomain: string(),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference, { required: true }),
  sslEnabled: boolean(),
  storageMode: string({ default: 'ThinProvisioned' }),
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
  iscsiInterface: string({ default: 'default' }),
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
  keyring: string({ default: '/etc/ceph/keyring' }),
  monitors: array(string(), { required: true, listType: 'atomic' }),
  pool: string({ default: 'rbd' }),
  readOnly: boolean(),
  secretRef: ref(() => SecretReference),
  user: string({ default: 'admin' }),
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

export const PersistentVolumeClaimCondition = struct('io.k8s.api.core.v1.PersistentVolumeClaimCondition', {
  lastProbeTime: time(),
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const PersistentVolumeClaimStatus = struct('io.k8s.api.core.v1.PersistentVolumeClaimStatus', {
  accessModes: array(string(), { listType: 'atomic' }),
  allocatedResourceStatuses: map(string(), { mapType: 'granular' }),
  allocatedResources: map(quantity()),
  capacity: map(quantity()),
  conditions: array(
    ref(() => PersistentVolumeClaimCondition),
    { listType: 'map', listMapKeys: ['type'], patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  currentVolumeAttributesClassName: string(),
  modifyVolumeStatus: ref(() => ModifyVolumeStatus),
  phase: string({ default: 'Pending' }),
});
