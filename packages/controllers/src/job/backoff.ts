import type { Pod } from '@gantry/api/generated/types';
import { finishedAt } from './pods.ts';

const BASE_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 600_000;

/** Failures since the last success, and when the last was. */
export interface BackoffRecord {
  readonly failures: number;
  readonly lastFailureAt: number;
}

export const NO_FAILURES: BackoffRecord = { failures: 0, lastFailureAt: 0 };

/** The record after pods that came to their end since. */
export function nextRecord(
  record: BackoffRecord,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): BackoffRecord {
  if (succeeded.length === 0) {
    if (failed.length === 0) return record;
    return {
      failures: record.failures + failed.length,
      lastFailureAt: Math.max(...failed.map(finishedAt)),
    };
  }
  const lastSuccess = Math.max(...succeeded.map(finishedAt));
  const after = failed.map(finishedAt).filter((time) => time > lastSuccess);
  return after.length === 0 ? NO_FAILURES : { failures: after.length, lastFailureAt: Math.max(...after) };
}

/** Milliseconds before the next pod may be made: 10 s after the first failure, doubling with each. */
export function remainingBackoff({ failures, lastFailureAt }: BackoffRecord, now: number): number {
  if (failures === 0) return 0;
  const delay = Math.min(BASE_BACKOFF_MS * 2 ** Math.min(failures - 1, 30), MAX_BACKOFF_MS);
  return Math.max(delay - (now - lastFailureAt), 0);
}
