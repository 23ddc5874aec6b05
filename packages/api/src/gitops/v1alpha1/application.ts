import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { applicationColumns } from './gitops-columns.ts';

export const ApplicationSource = struct('dev.gantry.gitops.v1alpha1.ApplicationSource', {
  repository: string({ required: true, description: 'Name of a Repository in the same namespace.' }),
  branch: string({ default: 'main', description: 'Branch that is followed.' }),
  path: string({ default: '.', description: 'Folder in the repository that holds the manifests.' }),
});

export const ApplicationDestination = struct('dev.gantry.gitops.v1alpha1.ApplicationDestination', {
  namespace: string({
    description: 'Namespace of objects that name none. Default: the namespace of the Application.',
  }),
});

export const ApplicationSyncPolicy = struct('dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy', {
  automated: boolean({ default: true, description: 'Apply each new commit without being asked.' }),
  prune: boolean({ default: true, description: 'Delete what the commit no longer holds.' }),
  selfHeal: boolean({ default: false, description: 'Put back what others changed.' }),
});

export const ApplicationSpec = struct('dev.gantry.gitops.v1alpha1.ApplicationSpec', {
  source: ref(() => ApplicationSource, { required: true, description: 'Where the manifests come from.' }),
  destination: ref(() => ApplicationDestination, { description: 'Where the objects go.' }),
  syncPolicy: ref(() => ApplicationSyncPolicy, { default: {}, description: 'What happens by itself.' }),
  user: string({
    description:
      'The user whose rights the sync acts with. Only a user with the verb impersonate on it may set it; set to the pusher by a push.',
  }),
  groups: array(string(), {
    listType: 'atomic',
    description: 'Groups of that user, as they were when it was set.',
  }),
});

export const ApplicationObjectStatus = struct('dev.gantry.gitops.v1alpha1.ApplicationObjectStatus', {
  apiVersion: string({ required: true, description: 'Group and version of the object.' }),
  kind: string({ required: true, description: 'Kind of the object.' }),
  namespace: string({ description: 'Namespace of the object; empty for cluster-wide kinds.' }),
  name: string({ required: true, description: 'Name of the object.' }),
  sync: string({
    enum: ['Synced', 'OutOfSync'],
    description: 'Whether the live object is as the commit says.',
  }),
  health: string({
    enum: ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown', 'Unmanaged'],
    description: 'How the object is doing.',
  }),
  message: string({ description: 'Why, in words.' }),
  source: string({ description: 'file:line in the repository.' }),
});

export const ApplicationHistoryEntry = struct('dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry', {
  commit: string({ required: true, description: 'The full commit id.' }),
  message: string({ description: 'First line of the commit message.' }),
  author: string({ description: 'Who wrote the commit.' }),
  user: string({ description: 'Who pushed or asked for the sync.' }),
  time: time({ description: 'When it was applied or refused.' }),
  healthyTime: time({ description: 'When everything was healthy; absent while it is not.' }),
  result: string({ enum: ['Applied', 'Failed', 'Rejected', 'Superseded'], description: 'How it ended.' }),
  reason: string({ description: 'Why, in words.' }),
  created: int32({ description: 'Objects created.' }),
  changed: int32({ description: 'Objects changed.' }),
  pruned: int32({ description: 'Objects deleted.' }),
});

export const ApplicationStatus = struct('dev.gantry.gitops.v1alpha1.ApplicationStatus', {
  observedGeneration: int64({ description: 'Generation that this status is about.' }),
  sync: string({
    enum: ['Synced', 'OutOfSync', 'Unknown'],
    description: 'Whether the cluster is as the commit says.',
  }),
  health: string({
    enum: ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'],
    description: 'How the object is doing.',
  }),
  message: string({ description: 'Why, in words.' }),
  commit: string({ description: 'Commit that was last applied.' }),
  targetCommit: string({ description: 'Newest commit of the branch.' }),
  objects: array(
    ref(() => ApplicationObjectStatus),
    {
      listType: 'atomic',
      description: 'Every object of the commit that was last applied.',
    },
  ),
  history: array(
    ref(() => ApplicationHistoryEntry),
    { listType: 'atomic', description: 'Newest first, at most 50.' },
  ),
  conditions: array(
    ref(() => Condition),
    { listType: 'map', listMapKeys: ['type'], description: 'What is going on, one a type.' },
  ),
});

export const Application = struct(
  'dev.gantry.gitops.v1alpha1.Application',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ApplicationSpec),
    status: ref(() => ApplicationStatus),
  },
  { description: 'A folder of manifests in a Git branch, kept applied as one transaction a commit.' },
);

export const application = defineKind({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  singular: 'application',
  namespaced: true,
  shortNames: ['app', 'apps'],
  categories: ['gitops'],
  type: Application,
  subresources: { status: true },
  columns: applicationColumns,
});
