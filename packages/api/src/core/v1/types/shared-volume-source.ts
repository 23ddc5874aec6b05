import { array, boolean, int32, string, struct } from '../../../schema/dsl.ts';

export const NFSVolumeSource = struct('io.k8s.api.core.v1.NFSVolumeSource', {
  path: string({ required: true }),
  readOnly: boolean(),
  server: string({ required: true }),
});

export const AzureDiskVolumeSource = struct('io.k8s.api.core.v1.AzureDiskVolumeSource', {
  cachingMode: string({ default: 'ReadWrite', published: 'ReadWrite' }),
  diskName: string({ required: true }),
  diskURI: string({ required: true }),
  fsType: string({ default: 'ext4', published: 'ext4' }),
  kind: string({ default: 'Shared', published: 'Shared' }),
  readOnly: boolean({ published: false }),
});

export const HostPathVolumeSource = struct('io.k8s.api.core.v1.HostPathVolumeSource', {
  path: string({ required: true }),
  type: string({ default: '' }),
});

export const QuobyteVolumeSource = struct('io.k8s.api.core.v1.QuobyteVolumeSource', {
  group: string(),
  readOnly: boolean(),
  registry: string({ required: true }),
  tenant: string(),
  user: string(),
  volume: string({ required: true }),
});

export const FCVolumeSource = struct('io.k8s.api.core.v1.FCVolumeSource', {
  fsType: string(),
  lun: int32(),
  readOnly: boolean(),
  targetWWNs: array(string(), { listType: 'atomic' }),
  wwids: array(string(), { listType: 'atomic' }),
});

export const AWSElasticBlockStoreVolumeSource = struct(
  'io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource',
  {
    fsType: string(),
    partition: int32(),
    readOnly: boolean(),
    volumeID: string({ required: true }),
  },
);

export const FlockerVolumeSource = struct('io.k8s.api.core.v1.FlockerVolumeSource', {
  datasetName: string(),
  datasetUUID: string(),
});

export const PortworxVolumeSource = struct('io.k8s.api.core.v1.PortworxVolumeSource', {
  fsType: string(),
  readOnly: boolean(),
  volumeID: string({ required: true }),
});

export const VsphereVirtualDiskVolumeSource = struct('io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource', {
  fsType: string(),
  storagePolicyID: string(),
  storagePolicyName: string(),
  volumePath: string({ required: true }),
});

export const PhotonPersistentDiskVolumeSource = struct(
  'io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource',
  {
    fsType: string(),
    pdID: string({ required: true }),
  },
);

export const GCEPersistentDiskVolumeSource = struct('io.k8s.api.core.v1.GCEPersistentDiskVolumeSource', {
  fsType: string(),
  partition: int32(),
  pdName: string({ required: true }),
  readOnly: boolean(),
});
