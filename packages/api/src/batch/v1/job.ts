import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { jobColumns } from './batch-columns.ts';
import { jobRules } from './job-rules.ts';
import { JobSpec } from './types/common.ts';

export const JobCondition = struct(
  'io.k8s.api.batch.v1.JobCondition',
  {
    lastProbeTime: time({ description: 'When it was last checked.' }),
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({
      required: true,
      description: 'Suspended, SuccessCriteriaMet, FailureTarget, Complete or Failed.',
    }),
  },
  { description: 'One aspect of the state of a Job.' },
);

export const UncountedTerminatedPods = struct(
  'io.k8s.api.batch.v1.UncountedTerminatedPods',
  {
    failed: array(string(), { listType: 'set', description: 'Unique ids of failed pods.' }),
    succeeded: array(string(), { listType: 'set', description: 'Unique ids of pods that succeeded.' }),
  },
  { description: 'Pods to be counted once: they leave when the counts hold them.' },
);

export const JobStatus = struct(
  'io.k8s.api.batch.v1.JobStatus',
  {
    active: int32({ description: 'Pods that are pending or running and not ending.' }),
    completedIndexes: string({
      description: 'Indexes that succeeded, such as 0,2-4. Only with completionMode Indexed.',
    }),
    completionTime: time({ description: 'When the Job completed. Unset when it failed.' }),
    conditions: array(
      ref(() => JobCondition),
      { listType: 'atomic', patchStrategy: 'merge', patchMergeKey: 'type', description: 'What is going on.' },
    ),
    failed: int32({ description: 'Pods that failed.' }),
    failedIndexes: string({
      description: 'Indexes that failed, such as 0,2-4. Only with backoffLimitPerIndex.',
    }),
    ready: int32({ description: 'Active pods that are ready.' }),
    startTime: time({ description: 'When the Job was taken up; set anew when it resumes.' }),
    succeeded: int32({ description: 'Pods that succeeded.' }),
    terminating: int32({ description: 'Pods that are being deleted.' }),
    uncountedTerminatedPods: ref(() => UncountedTerminatedPods, {
      description: 'Pods that ended but are not in the counts yet.',
    }),
  },
  { description: 'What was last seen of a Job.' },
);

export const Job = struct(
  'io.k8s.api.batch.v1.Job',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => JobSpec, {
      description: 'Wanted state: pod template, completions and what to do about failures.',
    }),
    status: ref(() => JobStatus, { description: 'Seen state: how many pods run, succeeded and failed.' }),
  },
  { description: 'Runs pods until enough of them have succeeded.' },
);

export const job = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  namespaced: true,
  categories: ['all'],
  type: Job,
  subresources: {
    status: true,
  },
  rules: jobRules,
  columns: jobColumns,
  selectableFields: {
    'status.successful': ({ status }) => String(status?.succeeded ?? 0),
  },
});
