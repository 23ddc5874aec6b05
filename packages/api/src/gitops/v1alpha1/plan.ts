import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, int64, raw, ref, string, struct, time } from '../../schema/dsl.ts';
import { planColumns } from './gitops-columns.ts';

export const PlanField = struct(
  'dev.gantry.gitops.v1alpha1.PlanField',
  {
    path: string({ required: true, description: 'Path of the field, such as spec.ports[0].port.' }),
    before: raw({ description: 'Its live value; absent when there is none. Of Secrets never the value.' }),
    after: raw({ description: 'What it would be; absent when it would go.' }),
    origin: string({
      description:
        'Where the new value comes from: Git, Default (set by the server), Admission, or Manager:NAME (another field manager).',
    }),
    source: string({ description: 'file:line in the repository, when it comes from Git.' }),
    replaces: string({
      description: 'The field manager that had set the live value, when it is another one.',
    }),
  },
  { description: 'A field that would change.' },
);

export const PlanChange = struct(
  'dev.gantry.gitops.v1alpha1.PlanChange',
  {
    apiVersion: string({ required: true, description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    namespace: string({ description: 'Namespace of the object; empty for cluster-wide kinds.' }),
    name: string({ required: true, description: 'Name of the object.' }),
    operation: string({ enum: ['create', 'update', 'prune'], description: 'What a sync would do.' }),
    source: string({ description: 'file:line in the repository.' }),
    fields: array(
      ref(() => PlanField),
      { listType: 'atomic', description: 'The fields that would change, at most 500.' },
    ),
    fieldsOmitted: int32({ description: 'Fields that are not listed, since the object would be too large.' }),
    note: string({ description: 'What to know of it, such as that nothing reconciles this kind here.' }),
  },
  { description: 'What a sync would do with one object.' },
);

export const PlanProblem = struct(
  'dev.gantry.gitops.v1alpha1.PlanProblem',
  {
    file: string({ description: 'File in the repository.' }),
    line: int32({ description: 'Line in it, from 1.' }),
    object: string({ description: 'Kind/name.' }),
    field: string({ description: 'Path of the culprit.' }),
    reason: string({ required: true, description: 'What is wrong.' }),
  },
  { description: 'Something that the server would refuse.' },
);

export const PlanSpec = struct(
  'dev.gantry.gitops.v1alpha1.PlanSpec',
  {
    application: string({ required: true, description: 'Name of an Application in the same namespace.' }),
    revision: string({
      description: 'Branch, tag or commit to plan. Default: what the Application follows.',
    }),
    user: string({
      description:
        'Who asked; set by the server. Live values of objects that they may not read are not shown. Only who may impersonate a user may name them.',
    }),
    groups: array(string(), { listType: 'atomic', description: 'Groups of that user, as they were then.' }),
  },
  { description: 'The Application and the revision to plan.' },
);

export const PlanStatus = struct(
  'dev.gantry.gitops.v1alpha1.PlanStatus',
  {
    observedGeneration: int64({ description: 'Generation that this status is about.' }),
    phase: string({
      enum: ['Pending', 'Ready', 'Refused', 'Failed'],
      description: 'Ready: a sync would work. Refused: the server would refuse it. Failed: there is no plan.',
    }),
    message: string({ description: 'Why, in words.' }),
    commit: string({ description: 'The commit that was planned.' }),
    baseCommit: string({ description: 'The commit that was applied then.' }),
    user: string({ description: 'Whose rights it was planned with.' }),
    time: time({ description: 'When it was made.' }),
    revision: int64({ description: 'Version of the store that it compares with.' }),
    created: int32({ description: 'Objects that would be created.' }),
    changed: int32({ description: 'Objects that would be changed.' }),
    pruned: int32({ description: 'Objects that would be deleted.' }),
    unchanged: int32({ description: 'Objects that are as they should be.' }),
    changes: array(
      ref(() => PlanChange),
      { listType: 'atomic', description: 'What would change, at most 2,000 objects.' },
    ),
    omitted: int32({ description: 'Changes that are not listed, since the object would be too large.' }),
    detailsOmitted: int32({
      description:
        'Changed objects whose live values are not shown, since who asked, or for one outside of this namespace the Application, may not read them.',
    }),
    problems: array(
      ref(() => PlanProblem),
      { listType: 'atomic', description: 'What the server would refuse.' },
    ),
  },
  { description: 'What a sync would create, change and delete.' },
);

export const Plan = struct(
  'dev.gantry.gitops.v1alpha1.Plan',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => PlanSpec, { description: 'What to plan.' }),
    status: ref(() => PlanStatus, { description: 'What a sync would do.' }),
  },
  {
    description: 'What a commit would change, by a dry run of its whole set. Stored as long as it is of use.',
  },
);

export const plan = defineKind({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'Plan',
  plural: 'plans',
  singular: 'plan',
  namespaced: true,
  categories: ['gitops'],
  type: Plan,
  subresources: { status: true },
  columns: planColumns,
});
