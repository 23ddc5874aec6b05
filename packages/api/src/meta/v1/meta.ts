import { array, boolean, fieldsV1, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';

export const OwnerReference = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference',
  {
    apiVersion: string({ required: true, description: 'Group and version of the owner.' }),
    blockOwnerDeletion: boolean({
      description: 'true: a foreground deletion of the owner waits for this object. Default: false.',
    }),
    controller: boolean({
      description: 'true: the owner manages this object. At most one owner can. Default: false.',
    }),
    kind: string({ required: true, description: 'Kind of the owner.' }),
    name: string({
      required: true,
      description: 'Name of the owner. It is in the same namespace, or cluster-wide.',
    }),
    uid: string({ required: true, description: 'Unique id of the owner.' }),
  },
  {
    mapType: 'atomic',
    description: 'An object that another belongs to. When all owners are gone, it is deleted too.',
  },
);

export const ManagedFieldsEntry = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry',
  {
    apiVersion: string({ description: 'Group and version in which the fields are named.' }),
    fieldsType: string({ description: 'Format of the fields: FieldsV1.' }),
    fieldsV1: fieldsV1({ description: 'The fields, as a tree.' }),
    manager: string({ description: 'Name of the manager: a user agent or what an apply stated.' }),
    operation: string({ description: 'Apply or Update: how the fields came to be owned.' }),
    subresource: string({
      description: 'Subresource through which they were written; empty for the object itself.',
    }),
    time: time({ description: 'When the set of fields, or the manager, last changed.' }),
  },
  { description: 'Fields that one manager owns through one way of writing.' },
);

export const ObjectMeta = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
  {
    annotations: map(string(), {
      description: 'Text of any form by key, for tools. Nothing selects by it. At most 256 KiB in all.',
    }),
    creationTimestamp: time({
      description: 'CreationTimestamp is a timestamp: when the server stored it first.',
    }),
    deletionGracePeriodSeconds: int64({
      description: 'Seconds that were granted for a graceful end. Set by a delete; it can only get shorter.',
    }),
    deletionTimestamp: time({
      description: 'When the object is to be gone. Set by a delete, and never taken back.',
    }),
    finalizers: array(string(), {
      listType: 'set',
      patchStrategy: 'merge',
      description: 'Who must still clean up. The object stays until the list is empty, even after a delete.',
    }),
    generateName: string({
      description: 'Beginning of a name, used when name is unset: the server adds five random characters.',
    }),
    generation: int64({ description: 'Number that goes up with each change of the wanted state.' }),
    labels: map(string(), { description: 'Keys and values by which objects are selected.' }),
    managedFields: array(
      ref(() => ManagedFieldsEntry),
      { listType: 'atomic', description: 'Who owns which fields, kept by the server for server-side apply.' },
    ),
    name: string({ description: 'Name, unique within kind and namespace. It can not change.' }),
    namespace: string({
      description: 'Namespace the object lives in; empty for cluster-wide kinds. It can not change.',
    }),
    ownerReferences: array(
      ref(() => OwnerReference),
      {
        listType: 'map',
        listMapKeys: ['uid'],
        patchStrategy: 'merge',
        patchMergeKey: 'uid',
        description: 'Objects that this one belongs to. When all are gone, it is deleted too.',
      },
    ),
    resourceVersion: string({
      description: 'Version of the object, opaque to clients: for optimistic locking and for watching from.',
    }),
    selfLink: string({ description: 'No longer set.' }),
    uid: string({
      description: 'Id given by the server, unique for all time: tells objects of the same name apart.',
    }),
  },
  { description: 'Facts that every stored object has: name, labels, owners, versions.' },
);

export const LabelSelectorRequirement = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement',
  {
    key: string({ required: true, description: 'Key of the label.' }),
    operator: string({ required: true, description: 'In, NotIn, Exists or DoesNotExist.' }),
    values: array(string(), {
      listType: 'atomic',
      description: 'Values to compare with; none for Exists and DoesNotExist.',
    }),
  },
  { description: 'One condition on a label.' },
);

export const LabelSelector = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector',
  {
    matchExpressions: array(
      ref(() => LabelSelectorRequirement),
      { listType: 'atomic', description: 'Conditions, all of which must hold.' },
    ),
    matchLabels: map(string(), { description: 'Labels with the values that they must have.' }),
  },
  {
    mapType: 'atomic',
    description: 'A choice of objects by label: all conditions must hold. Empty matches everything.',
  },
);

export const Condition = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.Condition',
  {
    lastTransitionTime: time({
      required: true,
      byValue: false,
      description: 'When the status last changed.',
    }),
    message: string({ required: true, description: 'Why, for people. May be empty.' }),
    observedGeneration: int64({ description: 'metadata.generation that the condition is about.' }),
    reason: string({ required: true, description: 'Why, in one word such as MinimumReplicasAvailable.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({ required: true, description: 'Name of the aspect, such as Ready.' }),
  },
  { description: 'One aspect of the state of an object.' },
);

export const FieldSelectorRequirement = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement',
  {
    key: string({ required: true, description: 'Path of the field.' }),
    operator: string({ required: true, description: 'In, NotIn, Exists or DoesNotExist.' }),
    values: array(string(), {
      listType: 'atomic',
      description: 'Values to compare with; none for Exists and DoesNotExist.',
    }),
  },
  { description: 'One condition on a field.' },
);

export const Preconditions = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions',
  {
    resourceVersion: string({ description: 'Version that the object must have.' }),
    uid: string({ description: 'Unique id that the object must have.' }),
  },
  { description: 'What must be true of an object for a delete to happen; else it is a conflict.' },
);

export const DeleteOptions = struct(
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
  {
    apiVersion: string(),
    dryRun: array(string(), {
      listType: 'atomic',
      description: 'All: check everything but store nothing. Empty: delete.',
    }),
    gracePeriodSeconds: int64({
      description: 'Seconds for a graceful end; 0 deletes at once. Unset: the default of the kind.',
    }),
    ignoreStoreReadErrorWithClusterBreakingPotential: boolean({
      description:
        'true: delete an object that can not be read any more, past finalizers. Dangerous. Default: false.',
    }),
    kind: string(),
    orphanDependents: boolean({
      description: 'Deprecated: use propagationPolicy. true leaves dependents behind.',
    }),
    preconditions: ref(() => Preconditions, {
      description: 'What must be true of the object; else the delete is a conflict.',
    }),
    propagationPolicy: string({
      description:
        'Orphan leaves dependents behind, Background deletes them afterwards, Foreground before. Default: that of the kind.',
    }),
  },
  { description: 'How to delete.' },
);
