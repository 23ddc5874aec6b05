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
  concurrencyPolicy: string({ default: 'Allow' }),
  failedJobsHistoryLimit: int32({ default: 1 }),
  jobTemplate: ref(() => JobTemplateSpec, { required: true, default: {} }),
  schedule: string({ required: true }),
  startingDeadlineSeconds: int64(),
  successfulJobsHistoryLimit: int32({ default: 3 }),
  suspend: boolean({ default: false }),
  timeZone: string(),
});

export const CronJob = struct('io.k8s.api.batch.v1.CronJob', {
  apiVersion: string(),
  kind: string(),
  metadata: ref(() => ObjectMeta),
  spec: ref(() => CronJobSpec, { required: true }),
  status: ref(() => CronJobStatus),
});

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
