import { LabelSelector, ObjectMeta } from '../../../meta/v1/meta.ts';
import { array, map, quantity, ref, string, struct, time } from '../../../schema/dsl.ts';

export const VolumeResourceRequirements = struct(
  'io.k8s.api.core.v1.VolumeResourceRequirements',
  {
    limits: map(quantity(), { description: 'Largest size, under the key storage.' }),
    requests: map(quantity(), {
      description: 'Smallest size, under the key storage. It may grow when the class allows it.',
    }),
  },
  { description: 'Size of a volume.' },
);

export const ModifyVolumeStatus = struct(
  'io.k8s.api.core.v1.ModifyVolumeStatus',
  {
    status: string({
      required: true,
      description: 'Pending, InProgress, or Infeasible when the driver refused.',
    }),
    targetVolumeAttributesClassName: string({ description: 'Name of the class that is being applied.' }),
  },
  { description: 'State of a change to another VolumeAttributesClass.' },
);

export const TypedLocalObjectReference = struct(
  'io.k8s.api.core.v1.TypedLocalObjectReference',
  {
    apiGroup: string({ description: 'Group of the object. Unset: the core group.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    name: string({ required: true, description: 'Name of the object.' }),
  },
  { mapType: 'atomic', description: 'An object of any kind in the same namespace.' },
);

export const TypedObjectReference = struct(
  'io.k8s.api.core.v1.TypedObjectReference',
  {
    apiGroup: string({ description: 'Group of the object. Unset: the core group.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    name: string({ required: true, description: 'Name of the object.' }),
    namespace: string({
      description:
        'Namespace of the object; a ReferenceGrant there must allow it. Unset: the same namespace.',
    }),
  },
  { description: 'An object of any kind.' },
);

export const PersistentVolumeClaimSpec = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimSpec',
  {
    accessModes: array(string(), {
      listType: 'atomic',
      description:
        'How the volume must be mountable: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.',
    }),
    dataSource: ref(() => TypedLocalObjectReference, {
      description: 'A snapshot or claim in the namespace that the volume is filled from.',
    }),
    dataSourceRef: ref(() => TypedObjectReference, {
      description:
        'What the volume is filled from: an object of any kind that a populator knows. Takes the value of dataSource.',
    }),
    resources: ref(() => VolumeResourceRequirements, {
      default: {},
      description: 'Wanted size. It can grow when the class allows it.',
      byValue: true,
    }),
    selector: ref(() => LabelSelector, {
      description: 'Labels of the volumes that may be taken. No volume is made then.',
    }),
    storageClassName: string({
      description: 'Name of the StorageClass; empty for volumes without one. Unset: the default class.',
    }),
    volumeAttributesClassName: string({
      description: 'Name of a VolumeAttributesClass whose settings the volume gets. It may change.',
    }),
    volumeMode: string({
      default: 'Filesystem',
      description: 'Filesystem for a mounted folder, Block for a raw device. Default: Filesystem.',
    }),
    volumeName: string({ description: 'Volume that the claim is bound to, or should be.' }),
  },
  { description: 'What a claim asks for.' },
);

export const PersistentVolumeClaimTemplate = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimTemplate',
  {
    metadata: ref(() => ObjectMeta, { description: 'Labels and annotations of the claim.' }),
    spec: ref(() => PersistentVolumeClaimSpec, { required: true, description: 'Wanted state of the claim.' }),
  },
  { description: 'What a claim made for a pod looks like.' },
);

export const PersistentVolumeClaimCondition = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimCondition',
  {
    lastProbeTime: time({ description: 'When it was last checked.' }),
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as Resizing.' }),
  },
  { description: 'One aspect of the state of a claim.' },
);

export const PersistentVolumeClaimStatus = struct(
  'io.k8s.api.core.v1.PersistentVolumeClaimStatus',
  {
    accessModes: array(string(), { listType: 'atomic', description: 'How the bound volume can be mounted.' }),
    allocatedResourceStatuses: map(string(), {
      mapType: 'granular',
      description: 'State of a resize, by resource, such as NodeResizePending.',
    }),
    allocatedResources: map(quantity(), {
      description: 'Size that is set aside; above capacity while the volume grows.',
    }),
    capacity: map(quantity(), { description: 'Size of the bound volume.' }),
    conditions: array(
      ref(() => PersistentVolumeClaimCondition),
      {
        listType: 'map',
        listMapKeys: ['type'],
        patchStrategy: 'merge',
        patchMergeKey: 'type',
        description: 'What is going on, such as Resizing or FileSystemResizePending.',
      },
    ),
    currentVolumeAttributesClassName: string({
      description: 'Name of the VolumeAttributesClass whose settings are in force.',
    }),
    modifyVolumeStatus: ref(() => ModifyVolumeStatus, {
      description: 'State of a change of settings; unset when there is none.',
    }),
    phase: string({ default: 'Pending', description: 'Pending, Bound, or Lost when the volume is gone.' }),
  },
  { description: 'What was last seen of a claim.' },
);
