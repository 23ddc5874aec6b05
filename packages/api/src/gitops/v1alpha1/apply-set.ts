import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, raw, rawObject, ref, string, struct } from '../../schema/dsl.ts';

export const ApplySetReference = struct(
  'dev.gantry.gitops.v1alpha1.ApplySetReference',
  {
    apiVersion: string({ required: true, description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    namespace: string({ description: 'Namespace of the object; empty for cluster-wide kinds.' }),
    name: string({ required: true, description: 'Name of the object.' }),
    uid: string({ description: 'When set, only the object with this uid is deleted.' }),
  },
  { description: 'An object to delete.' },
);

export const ApplySetLedger = struct(
  'dev.gantry.gitops.v1alpha1.ApplySetLedger',
  {
    namespace: string({ required: true, description: 'Namespace of the Application.' }),
    application: string({
      required: true,
      description: 'Name of an Application that acts with the rights of the caller.',
    }),
    repository: string({ description: 'Name of its Repository.' }),
    ref: string({ description: 'Branch or tag that it follows.' }),
    commit: string({ description: 'The full commit id.' }),
    commitMessage: string({ description: 'First line of the commit message.' }),
    syncId: string({ description: 'The same for all entries of one sync.' }),
  },
  { description: 'What the ledger is told of the change.' },
);

export const ApplySetSpec = struct(
  'dev.gantry.gitops.v1alpha1.ApplySetSpec',
  {
    dryRun: boolean({ description: 'Compute every result, store nothing.' }),
    explain: boolean({
      description:
        'Of a dry run: say which fields admission set, and leave out objects that would stay as they are.',
    }),
    authors: boolean({
      description: 'Of a dry run: say who last changed each object that would change, of the first hundred.',
    }),
    fieldManager: string({ required: true, description: 'Who owns the fields that are applied.' }),
    force: boolean({
      description: 'Take over fields that other managers own, instead of failing with a conflict.',
    }),
    origin: string({ description: 'Kept with each change, e.g. the commit.' }),
    ledger: ref(() => ApplySetLedger, {
      description:
        'Records each object that changes in the ledger of this Application, with what was sent for it.',
    }),
    apply: array(rawObject(), {
      description: 'Objects to apply, in any order. Definitions of kinds and namespaces go first.',
    }),
    prune: array(
      ref(() => ApplySetReference),
      { description: 'Objects to delete, after all applies.' },
    ),
  },
  { description: 'Objects that are applied and deleted in one transaction.' },
);

export const ApplySetResult = struct(
  'dev.gantry.gitops.v1alpha1.ApplySetResult',
  {
    apiVersion: string({ required: true, description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    namespace: string({ description: 'Namespace of the object; empty for cluster-wide kinds.' }),
    name: string({ required: true, description: 'Name of the object.' }),
    operation: string({
      enum: ['create', 'update', 'none', 'delete', 'error'],
      description: 'What was done, or in a dry run would be.',
    }),
    before: raw({ description: 'The live object before; absent when it was created.' }),
    after: raw({ description: 'The object as it is, or in a dry run would be, afterwards.' }),
    admitted: array(string(), {
      description: 'With spec.explain: paths of the fields that mutating admission set, at most 500.',
    }),
    changedBy: string({
      description:
        'With spec.authors: the user who changed or deleted it last, the commits of a sync and parts of the cluster left out.',
    }),
    error: raw({ description: 'The Status that the same request alone would have got.' }),
  },
  { description: 'What was done with one object.' },
);

export const ApplySetStatus = struct(
  'dev.gantry.gitops.v1alpha1.ApplySetStatus',
  {
    applied: boolean({ description: 'True when everything took effect; false when nothing did.' }),
    revision: int64({
      description: 'Version of the store after the change; of a dry run, the one that it compares with.',
    }),
    results: array(
      ref(() => ApplySetResult),
      { description: 'One an object: those of spec.apply in their order, then those of spec.prune.' },
    ),
  },
  { description: 'Whether all took effect, and what became of each object.' },
);

export const ApplySet = struct(
  'dev.gantry.gitops.v1alpha1.ApplySet',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ApplySetSpec, { description: 'Objects to apply and to delete.' }),
    status: ref(() => ApplySetStatus, { description: 'What was done.' }),
  },
  {
    description:
      'A server-side apply (and prune) of many objects in one transaction. Never stored: posted, answered, gone.',
  },
);

export const applySet = defineKind({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'ApplySet',
  plural: 'applysets',
  singular: 'applyset',
  namespaced: false,
  verbs: ['create'],
  type: ApplySet,
});
