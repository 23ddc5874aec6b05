import { Condition } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';

export const ObjectTouch = struct(
  'dev.gantry.gitops.v1alpha1.ObjectTouch',
  {
    manager: string({ description: 'Field manager of the change.' }),
    user: string({ description: 'Who did it, when the server knows.' }),
    time: time({ description: 'When.' }),
    fields: array(string(), {
      listType: 'atomic',
      description: 'Paths of the fields that differ, the first ten.',
    }),
  },
  { description: 'A change that was not made by a sync.' },
);

export const ApplicationObjectStatus = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationObjectStatus',
  {
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
    wave: int32({ description: 'Wave in which it is applied, when it is not 0.' }),
    keep: boolean({ description: 'Its manifest says that it is never deleted by a sync.' }),
    touched: ref(() => ObjectTouch, { description: 'Who changed it, when it is out of sync.' }),
    commit: string({
      description:
        'Commit that it was applied from, when that is not the one that was last applied as a whole.',
    }),
    added: boolean({
      description:
        'It came since the last sync that left no deletions over: of the prune budget it is no part yet.',
    }),
  },
  { description: 'What was last seen of one object.' },
);

export const ApplicationHistoryEntry = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry',
  {
    commit: string({ required: true, description: 'The full commit id.' }),
    message: string({ description: 'First line of the commit message.' }),
    author: string({ description: 'Who wrote the commit.' }),
    user: string({ description: 'Who pushed or asked for the sync.' }),
    time: time({ description: 'When it was applied or refused.' }),
    healthyTime: time({ description: 'When everything was healthy; absent while it is not.' }),
    result: string({ enum: ['Applied', 'Failed', 'Rejected', 'Superseded'], description: 'How it ended.' }),
    cause: string({
      enum: ['Commit', 'Request', 'Rollback', 'Retry'],
      description: 'Why it was applied. Default: a new commit.',
    }),
    reason: string({ description: 'Why, in words.' }),
    created: int32({ description: 'Objects created.' }),
    changed: int32({ description: 'Objects changed.' }),
    pruned: int32({ description: 'Objects deleted.' }),
    waves: int32({ description: 'Waves in which it was applied, when more than one.' }),
    transactions: int32({ description: 'Transactions in which it was applied, when more than one.' }),
  },
  { description: 'One commit that was applied, refused or passed over.' },
);

export const SyncOperation = struct(
  'dev.gantry.gitops.v1alpha1.SyncOperation',
  {
    commit: string({ required: true, description: 'What is being applied.' }),
    phase: string({
      enum: ['PreSync', 'Sync', 'PostSync', 'SyncFail'],
      description: 'Which hooks run, or whether the objects are applied.',
    }),
    wave: int32({ description: 'Wave that is being applied or waited for.' }),
    waves: int32({ description: 'How many there are.' }),
    message: string({ description: 'What it waits for, in words.' }),
    startTime: time({ description: 'When the sync began.' }),
    phaseTime: time({ description: 'When the phase or wave began.' }),
    retries: int32({ description: 'How often this commit was tried before.' }),
    created: int32({ description: 'Objects created so far.' }),
    changed: int32({ description: 'Objects changed so far.' }),
    pruned: int32({ description: 'Objects deleted so far.' }),
    step: int32({ description: 'Which of all steps it is at, from 0: each wave of each phase is one.' }),
    applied: boolean({ description: 'The step is applied and is waited for.' }),
    transactions: int32({ description: 'Transactions stored so far.' }),
    generation: int64({ description: 'Generation of the Application that it is made from.' }),
    request: string({ description: 'The request that it answers, as the annotation says.' }),
    only: array(string(), {
      listType: 'atomic',
      description: 'What the request names, when it does not ask for everything.',
    }),
    user: string({ description: 'Who pushed what is applied, or asked for it, when the sync began.' }),
    hooks: int32({ description: 'Hooks of the step that were made, while they run.' }),
    hooksRevision: int64({
      description:
        'Version of the store in which they were made: how one ended that is gone by now is read from what came after.',
    }),
    failure: string({
      description: 'Why it failed, while its SyncFail hooks run or until it is tried again.',
    }),
    retryTime: time({ description: 'When it is tried again.' }),
  },
  { description: 'A sync that is under way.' },
);

export const PendingPrune = struct(
  'dev.gantry.gitops.v1alpha1.PendingPrune',
  {
    commit: string({ required: true, description: 'Commit that would delete them.' }),
    count: int32({ required: true, description: 'How many objects it would delete.' }),
    of: int32({ required: true, description: 'How many the Application holds.' }),
    objects: array(string(), {
      listType: 'atomic',
      description: 'The first fifty, as group/Kind/namespace/name.',
    }),
    approval: string({
      description: 'Value of the annotation gitops.gantry.dev/approve-prune that lets it go on.',
    }),
    tried: boolean({ description: 'It was approved, and the sync failed as often as it may.' }),
  },
  { description: 'Deletions above the budget; they wait until someone approves them.' },
);

export const Quarantine = struct(
  'dev.gantry.gitops.v1alpha1.Quarantine',
  {
    commit: string({
      required: true,
      description: 'Commit that is not applied again until another one comes.',
    }),
    rolledBackTo: string({ description: 'Commit that is applied instead.' }),
    user: string({ description: 'Who rolled back.' }),
    reason: string({ description: 'Why, in words.' }),
    time: time({ description: 'Since when.' }),
  },
  { description: 'A commit that is passed over, since it was rolled back.' },
);

export const ApplicationStatus = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationStatus',
  {
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
    targetCommit: string({ description: 'Newest commit of what is followed.' }),
    operation: ref(() => SyncOperation, { description: 'The sync that is under way.' }),
    pendingPrune: ref(() => PendingPrune, { description: 'Deletions that wait for an approval.' }),
    quarantine: ref(() => Quarantine, { description: 'A commit that was rolled back.' }),
    objects: array(
      ref(() => ApplicationObjectStatus),
      {
        listType: 'atomic',
        description: 'Every object of the commit that was last applied.',
      },
    ),
    detailsOmitted: int32({
      description: 'Objects of which message and touched are left out, since the status would be too large.',
    }),
    chartVersion: string({
      description: 'Version of the chart that was applied, when it comes from a chart repository.',
    }),
    history: array(
      ref(() => ApplicationHistoryEntry),
      { listType: 'atomic', description: 'Newest first, at most 50.' },
    ),
    conditions: array(
      ref(() => Condition),
      { listType: 'map', listMapKeys: ['type'], description: 'What is going on, one a type.' },
    ),
  },
  { description: 'What was last seen of an Application.' },
);
