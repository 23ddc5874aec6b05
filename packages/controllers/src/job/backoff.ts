import type { Pod } from '@gantry/api/generated/types';
import { finishedAt, uidOf } from './pods.ts';

const BASE_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 600_000;

/** Failures since the last success, and when the last was. */
export interface BackoffRecord {
  readonly failures: number;
  readonly lastFailureAt: number;
  /** Uids of ended pods that are in the record but still hold their finalizer: the next run meets them again. */
  readonly known: ReadonlySet<string>;
}

export const NO_FAILURES: BackoffRecord = { failures: 0, lastFailureAt: 0, known: new Set() };

/** The record after pods that came to their end; those that it knows already don't count again. */
export function nextRecord(
  record: BackoffRecord,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): BackoffRecord {
  const known = new Set([...succeeded, ...failed].map(uidOf));
  const ends = (pods: readonly Pod[]) => pods.filter((pod) => !record.known.has(uidOf(pod))).map(finishedAt);
  const [successes, failures] = [ends(succeeded), ends(failed)];
  if (successes.length === 0) {
    if (failures.length === 0) return { ...record, known };
    return { failures: record.failures + failures.length, lastFailureAt: Math.max(...failures), known };
  }
  const lastSuccess = Math.max(...successes);
  const after = failures.filter((time) => time > lastSuccess);
  return { failures: after.length, lastFailureAt: Math.max(0, ...after), known };
}

/** Milliseconds before the next pod may be made: 10 s after the first failure, doubling with each. */
export function remainingBackoff(
  { failures, lastFailureAt }: Pick<BackoffRecord, 'failures' | 'lastFailureAt'>,
  now: number,
): number {
  if (failures === 0) return 0;
  const delay = Math.min(BASE_BACKOFF_MS * 2 ** Math.min(failures - 1, 30), MAX_BACKOFF_MS);
  return Math.max(delay - (now - lastFailureAt), 0);
}
