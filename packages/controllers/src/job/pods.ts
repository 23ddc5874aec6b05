import type { Job, Pod } from '@gantry/api/generated/types';
import { epoch, podCondition } from '../shared/pods.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
export const INDEX = 'batch.kubernetes.io/job-completion-index';
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';
export const INDEX_IGNORED_FAILURES = 'batch.kubernetes.io/job-index-ignored-failure-count';

export const uidOf = (pod: Pod): string => pod.metadata.uid ?? '';
export const isTracked = (pod: Pod): boolean => (pod.metadata.finalizers ?? []).includes(TRACKING);
export const isIndexed = (job: Job): boolean => job.spec.completionMode === 'Indexed';
export const isSuspended = (job: Job): boolean => job.spec.suspend === true;
export const limitsFailuresPerIndex = (job: Job): boolean =>
  isIndexed(job) && job.spec.backoffLimitPerIndex !== undefined;

/** Pods that are shutting down are only replaced once they have failed. */
export const replacesOnlyFailed = (job: Job): boolean =>
  job.spec.podReplacementPolicy === 'Failed' || job.spec.podFailurePolicy !== undefined;

export const hasFailed = (pod: Pod, job: Job): boolean =>
  pod.status?.phase === 'Failed' ||
  (!replacesOnlyFailed(job) &&
    pod.metadata.deletionTimestamp !== undefined &&
    pod.status?.phase !== 'Succeeded');

/** The pod's completion index; undefined when it has none, or one that the Job does not have (any more). */
export function indexOf(pod: Pod, job: Job): number | undefined {
  const text = pod.metadata.annotations?.[INDEX];
  const index = text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  return index !== undefined && index < (job.spec.completions ?? 0) ? index : undefined;
}

const counter = (pod: Pod, annotation: string): number =>
  Number.parseInt(pod.metadata.annotations?.[annotation] ?? '0', 10) || 0;
/** Failures of the index before this pod that count against its limit. */
export const failuresBefore = (pod: Pod): number => counter(pod, INDEX_FAILURES);
export const ignoredFailuresBefore = (pod: Pod): number => counter(pod, INDEX_IGNORED_FAILURES);

/** When the pod came to its end: its last container's end, else its loss of readiness, else its deletion. */
export function finishedAt(pod: Pod): number {
  const ends = (pod.status?.containerStatuses ?? []).map((status) =>
    epoch(status.state?.terminated?.finishedAt),
  );
  if (ends.length > 0 && ends.every((end) => end > 0)) return Math.max(...ends);
  const ready = podCondition(pod, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime !== undefined)
    return epoch(ready.lastTransitionTime);
  if (pod.metadata.deletionTimestamp !== undefined)
    return epoch(pod.metadata.deletionTimestamp) - (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return epoch(pod.metadata.creationTimestamp);
}

/** Restarts count as failures when the containers are restarted in place. */
export function exceedsRestarts(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      restarts += container.restartCount;
  }
  const limit = job.spec.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}
