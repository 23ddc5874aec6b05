/** What became of a run of calls: how many succeeded, and the first failure. */
export interface BatchResult {
  readonly succeeded: number;
  readonly error?: unknown;
}

/**
 * Calls `make` `count` times in batches of 1, 2, 4 …, and stops after a batch in which one failed: when nothing can be
 * created (a quota, an admission rule), one attempt shows it instead of hundreds.
 */
export async function slowStart(count: number, make: (index: number) => Promise<void>): Promise<BatchResult> {
  let succeeded = 0;
  for (let size = Math.min(count, 1), from = 0; size > 0; ) {
    const results = await Promise.allSettled(Array.from({ length: size }, (_, i) => make(from + i)));
    const failed = results.find((result) => result.status === 'rejected');
    succeeded += results.filter((result) => result.status === 'fulfilled').length;
    if (failed !== undefined) return { succeeded, error: failed.reason };
    from += size;
    size = Math.min(size * 2, count - from);
  }
  return { succeeded };
}

/** Runs a call for each, all at once; the first failure is returned after all have ended. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  call: (item: T) => Promise<void>,
): Promise<BatchResult> {
  const results = await Promise.allSettled(items.map(call));
  const failed = results.find((result) => result.status === 'rejected');
  const succeeded = results.filter((result) => result.status === 'fulfilled').length;
  return failed === undefined ? { succeeded } : { succeeded, error: failed.reason };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
