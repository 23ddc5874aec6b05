import { createMemoryStore } from '@gantry/store/memory-store';
import type { Store } from '@gantry/store/port';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WatchCache } from '../cache/watch-cache.ts';
import { Selection } from '../registry/selection.ts';
import { jsonFraming } from './frames.ts';
import type { Projection } from './projection.ts';
import { WatchHub, type WatchSink } from './watch-hub.ts';

let store: Store;
let cache: WatchCache;
let hub: WatchHub;
beforeEach(async () => {
  store = createMemoryStore({ busyResources: new Set() });
  cache = await WatchCache.start(store, { warn: () => undefined });
  hub = new WatchHub(cache);
});
afterEach(async () => {
  await hub.drain();
  cache.close();
});

async function create(name: string): Promise<void> {
  const body = '{"kind":"X","metadata":{"resourceVersion":""}}';
  await store.write({ op: 'create', key: { resource: 'xs', namespace: 'a', name }, uid: name, body });
  await cache.fresh();
}

it('converts nothing for watchers that are gone, however much waits behind a webhook', async () => {
  const webhook = Promise.withResolvers<void>();
  const asked: string[][] = [];
  const projection: Projection = {
    key: 'x',
    framing: jsonFraming,
    object: (entry) => entry.bytes,
    bookmark: () => Buffer.from('{}'),
    async prepare(entries) {
      asked.push(entries.map(({ key }) => key.name));
      await webhook.promise;
    },
  };
  const ended = Promise.withResolvers<void>();
  let leave = (): void => undefined;
  const sink: WatchSink = {
    ...{ begin: () => undefined, write: () => undefined, unsent: 0 },
    end() {
      leave();
      ended.resolve();
    },
  };
  const selection = new Selection('', '', [], [], '');
  leave = hub.join(
    { resource: 'xs', selection, projection, bookmarks: false, timeoutMs: 60_000 },
    sink,
    false,
  );
  for (const name of ['a', 'b', 'c']) await create(name);
  webhook.reject(new Error('no answer'));
  await ended.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([['a']]);
});
