import { array, boolean, fieldsV1, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';

export const OwnerReference = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference',
  {
    apiVersion: string({ required: true }),
    blockOwnerDeletion: boolean(),
    controller: boolean(),
    kind: string({ required: true }),
    name: string({ required: true }),
    uid: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const ManagedFieldsEntry = struct('io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry', {
  apiVersion: string(),
  fieldsType: string(),
  fieldsV1: fieldsV1(),
  manager: string(),
  operation: string(),
  subresource: string(),
  time: time(),
});

export const ObjectMeta = struct('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', {
  annotations: map(string(), { description: 'Any further data, for tools.' }),
  creationTimestamp: time({
    description: 'CreationTimestamp is a timestamp: when the server stored it first.',
  }),
  deletionGracePeriodSeconds: int64({ description: 'Seconds that were granted for the end.' }),
  deletionTimestamp: time({ description: 'When it is to be gone; set by a delete.' }),
  finalizers: array(string(), {
    listType: 'set',
    patchStrategy: 'merge',
    description: 'Who must still clean up before it can go.',
  }),
  generateName: string({ description: 'Beginning of a name that the server completes.' }),
  generation: int64({ description: 'Counts changes of the spec.' }),
  labels: map(string(), { description: 'Keys and values to select by.' }),
  managedFields: array(
    ref(() => ManagedFieldsEntry),
    { listType: 'atomic', description: 'Who owns which field.' },
  ),
  name: string({ description: 'Name, unique within kind and namespace.' }),
  namespace: string({ description: 'Namespace it lives in.' }),
  ownerReferences: array(
    ref(() => OwnerReference),
    {
      listType: 'map',
      listMapKeys: ['uid'],
      patchStrategy: 'merge',
      patchMergeKey: 'uid',
      description: 'Objects it goes with.',
    },
  ),
  resourceVersion: string({ description: 'Version, for optimistic locking and watching.' }),
  selfLink: string(),
  uid: string({ description: 'Unique for all time.' }),
});

export const LabelSelectorRequirement = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement',
  {
    key: string({ required: true }),
    operator: string({ required: true }),
    values: array(string(), { listType: 'atomic' }),
  },
);

export const LabelSelector = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector',
  {
    matchExpressions: array(
      ref(() => LabelSelectorRequirement),
      { listType: 'atomic', description: 'Requirements, all of which must hold.' },
    ),
    matchLabels: map(string(), { description: 'Labels that must be there.' }),
  },
  { mapType: 'atomic' },
);

export const Condition = struct('io.k8s.apimachinery.pkg.apis.meta.v1.Condition', {
  lastTransitionTime: time({ required: true, byValue: false }),
  message: string({ required: true }),
  observedGeneration: int64(),
  reason: string({ required: true }),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const FieldSelectorRequirement = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement',
  {
    key: string({ required: true }),
    operator: string({ required: true }),
    values: array(string(), { listType: 'atomic' }),
  },
);

export const Preconditions = struct('io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions', {
  resourceVersion: string(),
  uid: string(),
});

export const DeleteOptions = struct('io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions', {
  apiVersion: string(),
  dryRun: array(string(), { listType: 'atomic' }),
  gracePeriodSeconds: int64(),
  ignoreStoreReadErrorWithClusterBreakingPotential: boolean(),
  kind: string(),
  orphanDependents: boolean(),
  preconditions: ref(() => Preconditions),
  propagationPolicy: string(),
});
