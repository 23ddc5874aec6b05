import { setImmediate } from 'node:timers/promises';
import type { Store } from '@gantry/store/port';
import type { Entry } from '../cache/entry.ts';
import type { WatchCache } from '../cache/watch-cache.ts';

/** How long an event is kept after its last update, unless the options say otherwise; as in the original. */
export const EVENT_LIFE_MS = 3_600_000;
const EVERY_MS = 60_000;
/** Deletes under way at once: expiry must not crowd out requests. */
const CHUNK = 50;

interface EventTimes {
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly lastObservedTime?: string | null };
}

/** Epoch milliseconds of the last sign of the event. */
function lastSeen(entry: Entry): number {
  const { metadata, ...rest } = entry.object;
  const { lastTimestamp, eventTime, series } = rest as EventTimes;
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return Math.max(0, ...times.map((time) => Date.parse(time ?? '') || 0));
}

/** Deletes events that are over, by ordinary deletes that watchers see. Returns how many went. */
export async function expireEvents(
  cache: WatchCache,
  store: Store,
  now: number,
  lifeMs = EVENT_LIFE_MS,
): Promise<number> {
  const over = cache
    .resource('events')
    .all()
    .filter((entry) => now - lastSeen(entry) > lifeMs);
  for (let start = 0; start < over.length; start += CHUNK) {
    // One that was renewed meanwhile is at another revision and stays.
    await Promise.all(
      over
        .slice(start, start + CHUNK)
        .map(({ key, revision }) => store.write({ op: 'delete', key, expected: revision })),
    );
    await setImmediate();
  }
  return over.length;
}

/** Expires events now and then; returns how to stop. Any number of servers may do it at once. `lifeMs` 0: events stay. */
export function startEventExpiry(
  cache: WatchCache,
  store: Store,
  onError: (error: unknown) => void,
  lifeMs = EVENT_LIFE_MS,
): () => void {
  if (lifeMs === 0) return () => undefined;
  const expire = (): void => void expireEvents(cache, store, Date.now(), lifeMs).catch(onError);
  const timer = setInterval(expire, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
