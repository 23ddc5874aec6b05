import type { CronJob, Job } from '@gantry/api/generated/types';
import { findCondition } from '../shared/conditions.ts';
import { controllerRef } from '../shared/owners.ts';
import { epoch } from '../shared/pods.ts';
import { missedRuns, type Schedule } from './schedule.ts';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

export const outcomeOf = (job: Job): 'Complete' | 'Failed' | undefined =>
  findCondition(job.status?.conditions, 'Complete')?.status === 'True'
    ? 'Complete'
    : findCondition(job.status?.conditions, 'Failed')?.status === 'True'
      ? 'Failed'
      : undefined;

export type StartPlan =
  | { readonly type: 'none' }
  /** The schedule names no time that ever comes: 31 February. */
  | { readonly type: 'never' }
  /** The time passed its deadline. */
  | { readonly type: 'missed'; readonly at: number }
  /** One is running, and the policy forbids a second. */
  | { readonly type: 'busy'; readonly at: number }
  | { readonly type: 'start'; readonly at: number; readonly replace: boolean };

export interface Decision {
  readonly plan: StartPlan;
  readonly tooMany: boolean;
  /** Milliseconds until the next time. */
  readonly nextIn: number | undefined;
}

/** Whether a run is due. `running` is how many of its Jobs are not finished. */
export function decideStart(cronJob: CronJob, schedule: Schedule, running: number, now: number): Decision {
  const deadline = cronJob.spec.startingDeadlineSeconds;
  const created = epoch(cronJob.metadata.creationTimestamp);
  const last = cronJob.status?.lastScheduleTime;
  const known = last === undefined ? created : epoch(last);
  const since = deadline === undefined ? known : Math.max(known, now - deadline * 1000);
  const { latest, tooMany } = missedRuns(schedule, since, now);
  const next = schedule.next(now);
  const nextIn = next === undefined ? undefined : Math.max(next - now, 0) + 100;
  const decided = (plan: StartPlan): Decision => ({ plan, tooMany, nextIn });
  if (latest === undefined) return decided({ type: next === undefined ? 'never' : 'none' });
  if (deadline !== undefined && latest + deadline * 1000 < now)
    return decided({ type: 'missed', at: latest });
  const policy = cronJob.spec.concurrencyPolicy ?? 'Allow';
  if (policy === 'Forbid' && running > 0) return decided({ type: 'busy', at: latest });
  return decided({ type: 'start', at: latest, replace: policy === 'Replace' });
}

/** The Job of one run: its name carries the minute, so that a run is never started twice. */
export function jobFor(cronJob: CronJob, at: number): Job {
  const { name, namespace = '' } = cronJob.metadata;
  const { metadata, spec } = cronJob.spec.jobTemplate;
  if (spec === undefined) throw new Error(`cronjob ${namespace}/${name} has no job template`);
  const date = new Date(at);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name}-${Math.floor(at / 60_000)}`,
      namespace,
      ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
      annotations: { ...metadata?.annotations, [SCHEDULED_AT]: date.toISOString().replace(/\.\d+Z$/, 'Z') },
      ownerReferences: [controllerRef(cronJob)],
    },
    spec: structuredClone(spec),
  };
}

/** Finished Jobs beyond the history limits, oldest first. */
export function decideHistory(cronJob: CronJob, jobs: readonly Job[]): Job[] {
  const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = cronJob.spec;
  const surplus = (outcome: 'Complete' | 'Failed', limit: number) => {
    const finished = jobs
      .filter((job) => outcomeOf(job) === outcome)
      .sort((a, b) => epoch(a.status?.startTime) - epoch(b.status?.startTime));
    return finished.slice(0, Math.max(finished.length - limit, 0));
  };
  return [...surplus('Complete', successfulJobsHistoryLimit), ...surplus('Failed', failedJobsHistoryLimit)];
}
