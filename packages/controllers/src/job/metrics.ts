import type { Job, JobStatus } from '@gantry/api/generated/types';
import { Counter, exponentialBuckets, Histogram } from 'prom-client';

// Names, labels and bounds of the original's metrics that it declares stable.

const finishedJobs = new Counter({
  name: 'job_controller_jobs_finished_total',
  help: '[STABLE] The number of finished jobs',
  labelNames: ['completion_mode', 'result', 'reason'],
});
const finishedPods = new Counter({
  name: 'job_controller_job_pods_finished_total',
  help: '[STABLE] The number of finished Pods that are fully tracked',
  labelNames: ['completion_mode', 'result'],
});
const syncs = new Counter({
  name: 'job_controller_job_syncs_total',
  help: '[STABLE] The number of job syncs',
  labelNames: ['completion_mode', 'result', 'action'],
});
const syncDuration = new Histogram({
  name: 'job_controller_job_sync_duration_seconds',
  help: '[STABLE] The time it took to sync a job',
  labelNames: ['completion_mode', 'result', 'action'],
  buckets: exponentialBuckets(0.004, 2, 15),
});

/** What a run over a Job did that weighs most. */
export type SyncAction = 'reconciling' | 'tracking' | 'pods_created' | 'pods_deleted';

const modeOf = (job: Job): string => job.spec.completionMode ?? 'NonIndexed';

/** A run over a Job took so many milliseconds. */
export function countSync(job: Job, ok: boolean, action: SyncAction, took: number): void {
  const labels = { completion_mode: modeOf(job), result: ok ? 'success' : 'error', action };
  syncs.inc(labels);
  syncDuration.observe(labels, took / 1000);
}

/** The Job is over. */
export const countFinished = (job: Job, complete: boolean, reason: string): void =>
  finishedJobs.inc({ completion_mode: modeOf(job), result: complete ? 'succeeded' : 'failed', reason });

/** A stored status counts more pods than the one before it. */
export function countPods(job: Job, before: JobStatus, after: JobStatus): void {
  for (const result of ['succeeded', 'failed'] as const) {
    const more = (after[result] ?? 0) - (before[result] ?? 0);
    if (more > 0) finishedPods.inc({ completion_mode: modeOf(job), result }, more);
  }
}
