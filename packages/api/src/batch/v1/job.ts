import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int32, ref, string, struct, time } from '../../schema/dsl.ts';
import { jobColumns } from './batch-columns.ts';
import { jobRules } from './job-rules.ts';
import { JobSpec } from './types/common.ts';

export const JobCondition = struct('io.k8s.api.batch.v1.JobCondition', {
  lastProbeTime: time(),
  lastTransitionTime: time(),
  message: string(),
  reason: string(),
  status: string({ required: true }),
  type: string({ required: true }),
});

export const UncountedTerminatedPods = struct('io.k8s.api.batch.v1.UncountedTerminatedPods', {
  failed: array(string(), { listType: 'set' }),
  succeeded: array(string(), { listType: 'set' }),
});

export const JobStatus = struct('io.k8s.api.batch.v1.JobStatus', {
  active: int32(),
  completedIndexes: string(),
  completionTime: time(),
  conditions: array(
    ref(() => JobCondition),
    { listType: 'atomic', patchStrategy: 'merge', patchMergeKey: 'type' },
  ),
  failed: int32(),
  failedIndexes: string(),
  ready: int32(),
  startTime: time(),
  succeeded: int32(),
  terminating: int32(),
  uncountedTerminatedPods: ref(() => UncountedTerminatedPods),
});

export const Job = struct(
  'io.k8s.api.batch.v1.Job',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => JobSpec),
    status: ref(() => JobStatus),
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
