import { ObjectReference } from '../../core/v1/types/common.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import { cronJobColumns } from './batch-columns.ts';
import { cronJobRules } from './cron-job-rules.ts';
import { JobSpec } from './types/common.ts';

export const CronJobStatus = struct(
  'io.k8s.api.batch.v1.CronJobStatus',
  {
    active: array(
      ref(() => ObjectReference),
      { listType: 'atomic', description: 'Jobs that run now.' },
    ),
    lastScheduleTime: time({ description: 'When a Job was last due and made.' }),
    lastSuccessfulTime: time({ description: 'When a Job last completed.' }),
  },
  { description: 'What was last seen of a CronJob.' },
);

export const JobTemplateSpec = struct(
  'io.k8s.api.batch.v1.JobTemplateSpec',
  {
    metadata: ref(() => ObjectMeta, { description: 'Labels and annotations of the Jobs.' }),
    spec: ref(() => JobSpec, { default: {}, description: 'Wanted state of the Jobs.' }),
  },
  { description: 'What a Job that is made looks like.' },
);

export const CronJobSpec = struct(
  'io.k8s.api.batch.v1.CronJobSpec',
  {
    concurrencyPolicy: string({
      default: 'Allow',
      description:
        'When the last Job still runs: Allow another, Forbid it, or Replace the old one. Default: Allow.',
    }),
    failedJobsHistoryLimit: int32({ default: 1, description: 'Failed Jobs kept. Default: 1.' }),
    jobTemplate: ref(() => JobTemplateSpec, {
      required: true,
      default: {},
      description: 'What the Jobs look like.',
    }),
    schedule: string({
      required: true,
      description: 'When Jobs are due, in cron syntax: minute, hour, day, month, weekday.',
    }),
    startingDeadlineSeconds: int64({
      description: 'Seconds that a Job may start late; later it counts as missed. Unset: no limit.',
    }),
    successfulJobsHistoryLimit: int32({ default: 3, description: 'Successful Jobs kept. Default: 3.' }),
    suspend: boolean({
      default: false,
      description: 'true: no Jobs are started; those that run go on. Default: false.',
    }),
    timeZone: string({
      description: 'Time zone of the schedule, such as Europe/Berlin. Default: that of the controller.',
    }),
  },
  { description: 'What a CronJob should bring about.' },
);

export const CronJob = struct(
  'io.k8s.api.batch.v1.CronJob',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CronJobSpec, { required: true, description: 'Wanted state: schedule and job template.' }),
    status: ref(() => CronJobStatus, { description: 'Seen state: running Jobs and last runs.' }),
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
