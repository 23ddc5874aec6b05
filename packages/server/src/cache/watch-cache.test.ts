import { createMemoryStore } from '@gantry/store/memory-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WatchCache } from './watch-cache.ts';

let cache: WatchCache;
beforeEach(async () => {
  cache = await WatchCache.start(createMemoryStore({ busyResources: new Set() }), { warn: () => undefined });
});
afterEach(() => cache.close());

describe('waiting for a revision', () => {
  it('ends when nobody waits any longer', async () => {
    const leaving = new AbortController();
    const waiting = cache.waitUntil(Number.MAX_SAFE_INTEGER, 3_600_000, leaving.signal);
    leaving.abort();
    expect(await waiting).toBe(false);
    expect(await cache.waitUntil(Number.MAX_SAFE_INTEGER, 3_600_000, leaving.signal)).toBe(false);
  });

  it('ends when its time is over, and with the cache', async () => {
    expect(await cache.waitUntil(Number.MAX_SAFE_INTEGER, 1)).toBe(false);
    const waiting = cache.waitUntil(Number.MAX_SAFE_INTEGER, 3_600_000);
    cache.close();
    expect(await waiting).toBe(false);
  });
});
