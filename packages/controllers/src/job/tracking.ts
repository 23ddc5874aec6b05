import type { Job, JobCondition, JobStatus, Pod } from '@gantry/api/generated/types';
import { judge } from './failure-policy.ts';
import { formatIndexes } from './indexes.ts';
import { hasFailed, indexOf, isIndexed, isTracked, limitsFailuresPerIndex, uidOf } from './pods.ts';
import type { JobView } from './view.ts';

/** A status may hold so many pods that are not in its counts yet. */
const MAX_UNCOUNTED = 500;

export interface Tracking {
  readonly status: JobStatus;
  /** Pods that the status accounts for: their finalizer may go once it is stored. */
  readonly release: readonly Pod[];
  /** More pods remain to be counted than fit. */
  readonly isPartial: boolean;
}

/**
 * Counts finished pods so that each is counted exactly once whatever fails in between: first its uid is written to the
 * status, then its finalizer goes, then the uid moves into the count.
 */
export function track(view: JobView, status: JobStatus, end: JobCondition | undefined): Tracking {
  const { job, pods } = view;
  const tracked = new Set(pods.filter(isTracked).map(uidOf));
  const next = settle(status, tracked);
  const succeeded = [...(next.uncountedTerminatedPods?.succeeded ?? [])];
  const failed = [...(next.uncountedTerminatedPods?.failed ?? [])];
  const known = new Set([...succeeded, ...failed]);
  const release: Pod[] = [];
  let isPartial = false;
  for (const pod of pods) {
    if (!isTracked(pod) || !mayRelease(view, pod, end)) continue;
    if (succeeded.length + failed.length >= MAX_UNCOUNTED) {
      isPartial = true;
      break;
    }
    release.push(pod);
    if (known.has(uidOf(pod))) continue;
    const isOfIndex = !isIndexed(job) || indexOf(pod, job) !== undefined;
    if (pod.status?.phase === 'Succeeded') {
      if (!isIndexed(job)) succeeded.push(uidOf(pod));
    } else if (
      isOfIndex &&
      (hasFailed(pod, job) || (end !== undefined && end.type !== 'SuccessCriteriaMet'))
    ) {
      if (judge(job.spec.podFailurePolicy, pod).action !== 'Ignore') failed.push(uidOf(pod));
    }
  }
  next.uncountedTerminatedPods = {
    ...(succeeded.length === 0 ? {} : { succeeded }),
    ...(failed.length === 0 ? {} : { failed }),
  };
  if (isIndexed(job)) setIndexes(next, job, view);
  return { status: next, release, isPartial };
}

function setIndexes(status: JobStatus, job: Job, { succeededIndexes, failedIndexes }: JobView): void {
  setCount(status, 'succeeded', succeededIndexes.size);
  if (succeededIndexes.size > 0) status.completedIndexes = formatIndexes(succeededIndexes);
  else delete status.completedIndexes;
  if (limitsFailuresPerIndex(job)) status.failedIndexes = formatIndexes(failedIndexes);
}

function setCount(status: JobStatus, field: 'succeeded' | 'failed', count: number): void {
  if (count > 0) status[field] = count;
  else delete status[field];
}

/** Moves pods whose finalizer is gone from the uncounted into the counts. `tracked` are the uids that still have it. */
export function settle(status: JobStatus, tracked: ReadonlySet<string>): JobStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const next = { ...status };
  setCount(next, 'succeeded', (status.succeeded ?? 0) + succeeded.filter((uid) => !tracked.has(uid)).length);
  setCount(next, 'failed', (status.failed ?? 0) + failed.filter((uid) => !tracked.has(uid)).length);
  const rest = {
    succeeded: succeeded.filter((uid) => tracked.has(uid)),
    failed: failed.filter((uid) => tracked.has(uid)),
  };
  next.uncountedTerminatedPods = {
    ...(rest.succeeded.length === 0 ? {} : { succeeded: rest.succeeded }),
    ...(rest.failed.length === 0 ? {} : { failed: rest.failed }),
  };
  return next;
}

function mayRelease({ job, delayed }: JobView, pod: Pod, end: JobCondition | undefined): boolean {
  if (job.metadata.deletionTimestamp !== undefined || end !== undefined || pod.status?.phase === 'Succeeded')
    return true;
  if (!hasFailed(pod, job)) return false;
  const index = indexOf(pod, job);
  return index === undefined || delayed.get(index) !== pod;
}

export const uncountedOf = (status: JobStatus): number =>
  (status.uncountedTerminatedPods?.succeeded ?? []).length +
  (status.uncountedTerminatedPods?.failed ?? []).length;
