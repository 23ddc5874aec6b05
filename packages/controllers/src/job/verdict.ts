import type { Job, JobCondition } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { findCondition } from '../shared/conditions.ts';
import { epoch } from '../shared/pods.ts';
import { judge } from './failure-policy.ts';
import { parseIndexes } from './indexes.ts';
import { exceedsRestarts, hasFailed, isIndexed, isSuspended, limitsFailuresPerIndex } from './pods.ts';
import type { JobView } from './view.ts';

export const jobCondition = (
  type: 'FailureTarget' | 'SuccessCriteriaMet' | 'Failed' | 'Complete' | 'Suspended',
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: number,
): JobCondition => ({
  type,
  status,
  reason,
  message,
  lastProbeTime: timestamp(now),
  lastTransitionTime: timestamp(now),
});

const isTrue = (job: Job, type: string): JobCondition | undefined => {
  const condition = findCondition(job.status?.conditions, type);
  return condition?.status === 'True' ? condition : undefined;
};

export const isJobFinished = (job: Job): boolean =>
  isTrue(job, 'Complete') !== undefined || isTrue(job, 'Failed') !== undefined;

/** When the deadline is, as milliseconds from now; undefined without one. */
export function deadlineIn(job: Job, now: number): number | undefined {
  const { activeDeadlineSeconds } = job.spec;
  if (activeDeadlineSeconds === undefined || isSuspended(job)) return undefined;
  const started = job.status?.startTime === undefined ? now : epoch(job.status.startTime);
  return started + activeDeadlineSeconds * 1000 - now;
}

/** Why the Job is to end now, before its pods are: failure, or success by policy. Undefined while it goes on. */
export function decideEnd(view: JobView, now: number): JobCondition | undefined {
  const { job, pods, failed, succeededIndexes, failedIndexes } = view;
  const met = isTrue(job, 'SuccessCriteriaMet');
  if (met !== undefined) return met;
  const target = isTrue(job, 'FailureTarget');
  if (target !== undefined) return target;
  const fail = (reason: string, message: string) =>
    jobCondition('FailureTarget', 'True', reason, message, now);
  for (const pod of pods) {
    if (job.spec.podFailurePolicy === undefined || !hasFailed(pod, job)) continue;
    const { action, message } = judge(job.spec.podFailurePolicy, pod);
    if (action === 'FailJob') return fail('PodFailurePolicy', message);
  }
  if (failed > (job.spec.backoffLimit ?? 6) || exceedsRestarts(job, pods))
    return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const deadline = deadlineIn(job, now);
  if (deadline !== undefined && deadline <= 0)
    return fail('DeadlineExceeded', 'Job was active longer than specified deadline');
  if (!isIndexed(job)) return undefined;
  const completions = job.spec.completions ?? 0;
  if (limitsFailuresPerIndex(job)) {
    if (job.spec.maxFailedIndexes !== undefined && failedIndexes.size > job.spec.maxFailedIndexes)
      return fail(
        'MaxFailedIndexesExceeded',
        'Job has exceeded the specified maximal number of failed indexes',
      );
    if (failedIndexes.size > 0 && failedIndexes.size + succeededIndexes.size >= completions)
      return fail('FailedIndexes', 'Job has failed indexes');
  }
  const message = successMessage(job, succeededIndexes, completions);
  return message === undefined
    ? undefined
    : jobCondition('SuccessCriteriaMet', 'True', 'SuccessPolicy', message, now);
}

function successMessage(job: Job, succeeded: ReadonlySet<number>, completions: number): string | undefined {
  for (const [i, rule] of (job.spec.successPolicy?.rules ?? []).entries()) {
    const wanted =
      rule.succeededIndexes === undefined ? succeeded : parseIndexes(rule.succeededIndexes, completions);
    const reached = [...wanted].filter((index) => succeeded.has(index)).length;
    const needed = rule.succeededCount ?? wanted.size;
    if (reached >= needed && needed > 0) return `Matched rules at index ${i}`;
  }
  return undefined;
}

/** The condition that closes the Job after the one that decided its end. */
export const closing = ({ type, reason = '', message = '' }: JobCondition, now: number): JobCondition =>
  jobCondition(type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed', 'True', reason, message, now);
