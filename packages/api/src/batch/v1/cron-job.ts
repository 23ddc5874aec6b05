import { ObjectReference } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { cronJobColumns } from './batch-columns.ts';
import { cronJobRules } from './cron-job-rules.ts';
import { JobSpec } from './types/common.ts';

export const CronJobStatus = struct('io.k8s.api.batch.v1.CronJobStatus', {
  active: array(
    ref(() => ObjectReference),
    { listType: 'atomic' },
  ),
  lastScheduleTime: time(),
  lastSuccessfulTime: time(),
});

export const JobTemplateSpec = struct('io.k8s.api.batch.v1.JobTemplateSpec', {
  metadata: ref(() => ObjectMeta),
  spec: ref(() => JobSpec, { default: {} }),
});

export const CronJobSpec = struct('io.k8s.api.batch.v1.CronJobSpec', {
  concurrencyPolicy: string({ default: 'Allow', description: 'Allow, Forbid or Replace Jobs that overlap.' }),
  failedJobsHistoryLimit: int32({ default: 1, description: 'Failed Jobs kept.' }),
  jobTemplate: ref(() => JobTemplateSpec, {
    required: true,
    default: {},
    description: 'What the Jobs look like.',
  }),
  schedule: string({ required: true, description: 'Cron syntax: minute, hour, day, month, weekday.' }),
  startingDeadlineSeconds: int64({ description: 'How late a Job may start.' }),
  successfulJobsHistoryLimit: int32({ default: 3, description: 'Successful Jobs kept.' }),
  suspend: boolean({ default: false, description: 'Start no Jobs for now.' }),
  timeZone: string({ description: 'Time zone of the schedule.' }),
});

export const CronJob = struct(
  'io.k8s.api.batch.v1.CronJob',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CronJobSpec, { required: true }),
    status: ref(() => CronJobStatus),
  },
  { description: 'Makes Jobs on a schedule.' },
);

export const cronJob = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  singular: 'cronjob',
  namespaced: true,
  shortNames: ['cj'],
  categories: ['all'],
  type: CronJob,
  subresources: {
    status: true,
  },
  rules: cronJobRules,
  columns: cronJobColumns,
});
