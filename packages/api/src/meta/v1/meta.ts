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
  annotations: map(string()),
  creationTimestamp: time(),
  deletionGracePeriodSeconds: int64(),
  deletionTimestamp: time(),
  finalizers: array(string(), { listType: 'set', patchStrategy: 'merge' }),
  generateName: string(),
  generation: int64(),
  labels: map(string()),
  managedFields: array(
    ref(() => ManagedFieldsEntry),
    { listType: 'atomic' },
  ),
  name: string(),
  namespace: string(),
  ownerReferences: array(
    ref(() => OwnerReference),
    { listType: 'map', listMapKeys: ['uid'], patchStrategy: 'merge', patchMergeKey: 'uid' },
  ),
  resourceVersion: string(),
  selfLink: string(),
  uid: string(),
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
      { listType: 'atomic' },
    ),
    matchLabels: map(string()),
  },
  { mapType: 'atomic' },
);

export const Condition = struct('io.k8s.apimachinery.pkg.apis.meta.v1.Condition', {
  lastTransitionTime: time({ required: true }),
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
