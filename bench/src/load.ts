/** What a load of many equal requests took. Times in milliseconds. */
export interface LoadResult {
  readonly count: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** `lanes` workers take turns at `count` jobs. */
export async function load(
  count: number,
  lanes: number,
  job: (index: number, lane: number) => Promise<void>,
): Promise<LoadResult> {
  const times = new Float64Array(count);
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let index = next++; index < count; index = next++) {
        const start = performance.now();
        await job(index, lane);
        times[index] = performance.now() - start;
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  times.sort();
  return { count, perSecond: count / seconds, p50: at(times, 0.5), p99: at(times, 0.99) };
}
