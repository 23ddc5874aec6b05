import type { Job, Pod } from '@gantry/api/generated/types';
import { isActive, isReady, isTerminating } from '../shared/pods.ts';
import { judge } from './failure-policy.ts';
import { parseIndexes } from './indexes.ts';
import {
  failuresBefore,
  hasFailed,
  indexOf,
  isIndexed,
  isTracked,
  limitsFailuresPerIndex,
  uidOf,
} from './pods.ts';

/** A Job and its pods, counted. Nothing in it is changed. */
export interface JobView {
  readonly job: Job;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  readonly uncountedSucceeded: ReadonlySet<string>;
  readonly uncountedFailed: ReadonlySet<string>;
  /** Pods that came to their end and are in no count yet. */
  readonly newSucceeded: readonly Pod[];
  readonly newFailed: readonly Pod[];
  /** With the new ones. */
  readonly succeeded: number;
  readonly failed: number;
  /** Indexed Jobs only. */
  readonly succeededIndexes: ReadonlySet<number>;
  readonly failedIndexes: ReadonlySet<number>;
  /** The last failed pod of each index that may run again; kept until its successor is there. */
  readonly delayed: ReadonlyMap<number, Pod>;
}

export function viewOf(job: Job, pods: readonly Pod[]): JobView {
  const status = job.status ?? {};
  const uncountedSucceeded = new Set(status.uncountedTerminatedPods?.succeeded ?? []);
  const uncountedFailed = new Set(status.uncountedTerminatedPods?.failed ?? []);
  const isNew = (pod: Pod) =>
    isTracked(pod) && !uncountedSucceeded.has(uidOf(pod)) && !uncountedFailed.has(uidOf(pod));
  const newSucceeded = pods.filter((pod) => isNew(pod) && pod.status?.phase === 'Succeeded');
  const newFailed = pods.filter((pod) => isNew(pod) && hasFailed(pod, job));
  const counted = newFailed.filter((pod) => judge(job.spec.podFailurePolicy, pod).action !== 'Ignore');
  const active = pods.filter(isActive);
  const succeededIndexes = isIndexed(job) ? succeededOf(job, pods) : new Set<number>();
  const failedIndexes = limitsFailuresPerIndex(job)
    ? failedOf(job, pods, succeededIndexes)
    : new Set<number>();
  return {
    job,
    pods,
    active,
    ready: active.filter(isReady).length,
    terminating: pods.filter(isTerminating).length,
    uncountedSucceeded,
    uncountedFailed,
    newSucceeded,
    newFailed,
    succeeded: isIndexed(job)
      ? succeededIndexes.size
      : (status.succeeded ?? 0) + newSucceeded.length + uncountedSucceeded.size,
    failed: (status.failed ?? 0) + counted.length + uncountedFailed.size,
    succeededIndexes,
    failedIndexes,
    delayed: limitsFailuresPerIndex(job)
      ? delayedOf(job, pods, active, succeededIndexes, failedIndexes)
      : new Map(),
  };
}

function succeededOf(job: Job, pods: readonly Pod[]): Set<number> {
  const indexes = parseIndexes(job.status?.completedIndexes, job.spec.completions ?? 0);
  for (const pod of pods) {
    const index = indexOf(pod, job);
    if (index !== undefined && pod.status?.phase === 'Succeeded' && isTracked(pod)) indexes.add(index);
  }
  return indexes;
}

function failedOf(job: Job, pods: readonly Pod[], succeeded: ReadonlySet<number>): Set<number> {
  const indexes = parseIndexes(job.status?.failedIndexes, job.spec.completions ?? 0);
  const limit = job.spec.backoffLimitPerIndex ?? 0;
  for (const pod of pods) {
    const index = indexOf(pod, job);
    if (index === undefined || succeeded.has(index) || !isTracked(pod) || !hasFailed(pod, job)) continue;
    const { action } = judge(job.spec.podFailurePolicy, pod);
    if (action === 'FailIndex' || (action !== 'Ignore' && failuresBefore(pod) >= limit)) indexes.add(index);
  }
  return indexes;
}

function delayedOf(
  job: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  succeeded: ReadonlySet<number>,
  failed: ReadonlySet<number>,
): Map<number, Pod> {
  const running = new Set(active.map((pod) => indexOf(pod, job)));
  const delayed = new Map<number, Pod>();
  for (const pod of pods) {
    const index = indexOf(pod, job);
    if (index === undefined || running.has(index) || succeeded.has(index) || failed.has(index)) continue;
    if (!isTracked(pod) || !hasFailed(pod, job)) continue;
    const other = delayed.get(index);
    if (other === undefined || failuresBefore(pod) >= failuresBefore(other)) delayed.set(index, pod);
  }
  return delayed;
}
