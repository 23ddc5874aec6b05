import { LabelSelector, ObjectMeta } from '../../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct, time } from '../../../schema/dsl.ts';

export const VolumeResourceRequirements = struct('io.k8s.api.core.v1.VolumeResourceRequirements', {
  limits: map(quantity()),
  requests: map(quantity()),
});

export const ModifyVolumeStatus = struct('io.k8s.api.core.v1.ModifyVolumeStatus', {
  status: string({ required: true }),
  targetVolumeAttributesClassName: string(),
});

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
  resources: ref(() => VolumeResourceRequirements, {
    default: {},
    description: 'Wanted size.',
    byValue: true,
  }),
  selector: ref(() => LabelSelector, { description: 'Labels of the volumes that may be taken.' }),
  storageClassName: string({ description: 'Class; empty for volumes without one.' }),
  volumeAttributesClassName: string(),
  volumeMode: string({ default: 'Filesystem', description: 'Filesystem or Block.' }),
  volumeName: string({ description: 'Volume that the claim is bound to.' }),
});

export const PersistentVolumeClaimTemplate = struct('io.k8s.api.core.v1.PersistentVolumeClaimTemplate', {
  metadata: ref(() => ObjectMeta),
  spec: ref(() => PersistentVolumeClaimSpec, { required: true }),
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
