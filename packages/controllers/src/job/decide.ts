import type { Job, Pod } from '@gantry/api/generated/types';
import { podsToDelete } from '../shared/pod-ranking.ts';
import { type BackoffRecord, remainingBackoff } from './backoff.ts';
import {
  failuresBefore,
  finishedAt,
  ignoredFailuresBefore,
  indexOf,
  isIndexed,
  isSuspended,
  limitsFailuresPerIndex,
  replacesOnlyFailed,
} from './pods.ts';
import type { JobView } from './view.ts';

/** At most so many pods made or removed in one run. */
const MAX_PER_RUN = 500;

export interface PodsPlan {
  readonly remove: readonly Pod[];
  /** Completion indexes to start, or undefined entries for Jobs without. */
  readonly create: readonly (number | undefined)[];
  /** Creation waits so long for failures to be forgiven, ms. */
  readonly backoffMs?: number;
}

const NOTHING: PodsPlan = { remove: [], create: [] };

/** How many pods should be active. */
function wantedActive(view: JobView): number {
  const { job, active, succeeded } = view;
  const parallelism = job.spec.parallelism ?? 1;
  if (job.spec.completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(Math.min(job.spec.completions - succeeded, parallelism), 0);
}

/** Pods to start and to remove for a Job that goes on. */
export function decidePods(view: JobView, backoff: BackoffRecord, now: number): PodsPlan {
  const { job, active } = view;
  if (isSuspended(job)) return { remove: active, create: [] };
  const wanted = wantedActive(view);
  const duplicates = isIndexed(job) ? superfluous(view) : [];
  const rest = active.filter((pod) => !duplicates.includes(pod));
  const surplus = podsToDelete(rest, rest, Math.max(active.length - wanted - duplicates.length, 0), now);
  const remove = [...duplicates, ...surplus].slice(0, MAX_PER_RUN);
  if (remove.length > 0) return { remove, create: [] };
  const waiting = replacesOnlyFailed(job) ? view.terminating : 0;
  const missing = Math.min(wanted - waiting - active.length, MAX_PER_RUN);
  if (missing <= 0) return NOTHING;
  if (!limitsFailuresPerIndex(job)) {
    const backoffMs = remainingBackoff(backoff, now);
    if (backoffMs > 0) return { remove: [], create: [], backoffMs };
  }
  if (!isIndexed(job)) return { remove: [], create: Array.from({ length: missing }, () => undefined) };
  return decideIndexes(view, missing, now);
}

/** Pods of an index that is done, that has failed, or that another active pod has. */
function superfluous({ job, active, succeededIndexes, failedIndexes }: JobView): Pod[] {
  const seen = new Set<number>();
  return active.filter((pod) => {
    const index = indexOf(pod, job);
    if (index === undefined || succeededIndexes.has(index) || failedIndexes.has(index)) return true;
    if (seen.has(index)) return true;
    seen.add(index);
    return false;
  });
}

function decideIndexes(view: JobView, missing: number, now: number): PodsPlan {
  const { job, active, succeededIndexes, failedIndexes, delayed } = view;
  const busy = new Set(active.map((pod) => indexOf(pod, job)));
  if (replacesOnlyFailed(job))
    for (const pod of view.pods)
      if (pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== 'Failed')
        busy.add(indexOf(pod, job));
  const create: number[] = [];
  let backoffMs: number | undefined;
  for (let index = 0; index < (job.spec.completions ?? 0) && create.length < missing; index++) {
    if (busy.has(index) || succeededIndexes.has(index) || failedIndexes.has(index)) continue;
    const last = delayed.get(index);
    const wait =
      last === undefined
        ? 0
        : remainingBackoff(
            {
              failures: failuresBefore(last) + ignoredFailuresBefore(last) + 1,
              lastFailureAt: finishedAt(last),
            },
            now,
          );
    if (wait === 0) create.push(index);
    else backoffMs = Math.min(backoffMs ?? wait, wait);
  }
  return { remove: [], create, ...(backoffMs === undefined ? {} : { backoffMs }) };
}

/** Whether enough has succeeded and nothing runs. */
export const isComplete = (job: Job, succeeded: number, active: number): boolean =>
  active === 0 && (job.spec.completions === undefined ? succeeded > 0 : succeeded >= job.spec.completions);
