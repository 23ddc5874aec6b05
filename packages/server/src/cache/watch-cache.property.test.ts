import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import { createMemoryStore } from '@gantry/store/memory-store';
import type { ObjectKey, Store, Write } from '@gantry/store/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WatchCache } from './watch-cache.ts';

const silent = { warn: () => undefined };
const keyOf = (name: string): ObjectKey => ({ resource: 'pods', namespace: 'a', name });
const bodyOf = (n: number): string => `{"kind":"Pod","metadata":{"resourceVersion":""},"n":"é${n}"}`;

interface Step {
  readonly name: string;
  readonly n: number;
  readonly op: 'put' | 'delete' | 'deleteAs' | 'stale';
}

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom('x', 'y', 'z'),
  n: fc.integer({ min: 0, max: 99 }),
  op: fc.constantFrom('put', 'put', 'delete', 'deleteAs', 'stale'),
});
/** Each list is one call: a single write, or a transaction of distinct keys. */
const calls = fc.array(fc.uniqueArray(step, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }), {
  maxLength: 20,
});

function toWrite({ name, n, op }: Step, revision: number | undefined): Write {
  const key = keyOf(name);
  if (revision === undefined) return { op: 'create', key, uid: `u-${name}`, body: bodyOf(n) };
  if (op === 'delete') return { op, key, expected: revision };
  if (op === 'deleteAs') return { op: 'delete', key, expected: revision, body: bodyOf(n) };
  return { op: 'update', key, expected: op === 'stale' ? revision - 1 : revision, body: bodyOf(n) };
}

/** What a cache says happened, and what it holds. */
function record(cache: WatchCache): () => unknown {
  const events: unknown[] = [];
  cache.onBatch((resource, batch) => {
    for (const { type, revision, entry, previous } of batch)
      events.push([resource, type, revision, entry.uid, entry.bytes.toString(), previous?.bytes.toString()]);
  });
  return () => ({
    events,
    cursor: cache.cursor,
    all: cache
      .resource('pods')
      .all()
      .map((entry) => [entry.revision, entry.uid, entry.bytes.toString()]),
  });
}

test('own commits make the same cache and the same events as the log', async () => {
  await fc.assert(
    fc.asyncProperty(calls, fc.infiniteStream(fc.boolean()), async (sequence, foreign) => {
      const store = createMemoryStore({ busyResources: new Set() });
      const fromLog: Store = { ...store, onCommit: () => () => undefined };
      // Some commits are hidden from it, as those of another server are.
      const mixed: Store = {
        ...store,
        onCommit: (listener) =>
          store.onCommit((commit) => (foreign.next().value === true ? undefined : listener(commit))),
      };
      const caches = await Promise.all([store, mixed, fromLog].map((each) => WatchCache.start(each, silent)));
      const states = caches.map(record);
      for (const steps of sequence) {
        const current = await Promise.all(steps.map(({ name }) => store.get(keyOf(name))));
        const writes = steps.map((one, index) => toWrite(one, current[index]?.revision));
        const [only] = writes;
        if (writes.length === 1 && only !== undefined) await store.write(only);
        else await store.transact(writes);
      }
      const end = await store.currentRevision();
      for (const cache of caches) await cache.waitUntil(end, 5000);
      const [own, both, log] = states.map((state) => state());
      for (const cache of caches) cache.close();
      expect(own).toEqual(log);
      expect(both).toEqual(log);
    }),
    { numRuns: fuzzRuns(60) },
  );
});
