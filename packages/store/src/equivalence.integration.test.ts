import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import type { Change, Guard, ObjectKey, Store, Write } from './port.ts';
import { openPostgresStore } from './postgres-store.ts';
import { startTestPostgres, type TestPostgres } from './testing.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const key: fc.Arbitrary<ObjectKey> = fc.record({
  resource: fc.constantFrom('pods', 'nodes'),
  namespace: fc.constantFrom('', 'a'),
  name: fc.constantFrom('x', 'y'),
});
/** Small, so that it often meets a stored one. */
const revision = fc.integer({ min: 2, max: 25 });
const guard: fc.Arbitrary<Guard> = fc.oneof(
  fc.record({ type: fc.constant('exists' as const), key, notTerminating: fc.boolean() }),
  fc.record({ type: fc.constant('exists' as const), key, uid: fc.constantFrom('u1', 'u2') }),
  fc.record({ type: fc.constant('revision' as const), key, revision }),
  fc.record({ type: fc.constant('absent' as const), key }),
  fc.record({
    type: fc.constant('emptyNamespace' as const),
    namespace: fc.constantFrom('', 'a'),
    except: fc.subarray(['pods', 'nodes']),
  }),
);
const guards = fc.array(guard, { maxLength: 1 });
const claims = fc.array(
  fc.record({ pool: fc.constantFrom('ip', 'port'), value: fc.constantFrom('1', '2') }),
  { maxLength: 2 },
);
const body = fc.json({ maxDepth: 1 });
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record(
    {
      op: fc.constant('create' as const),
      key,
      uid: fc.constantFrom('u1', 'u2'),
      body,
      claims,
      terminating: fc.boolean(),
      guards,
    },
    { requiredKeys: ['op', 'key', 'uid', 'body'] },
  ),
  fc.record(
    {
      op: fc.constant('update' as const),
      key,
      expected: revision,
      body,
      claims,
      terminating: fc.boolean(),
      guards,
    },
    { requiredKeys: ['op', 'key', 'expected', 'body'] },
  ),
  fc.record(
    { op: fc.constant('delete' as const), key, expected: revision, body, guards },
    { requiredKeys: ['op', 'key', 'expected'] },
  ),
  fc.record({ op: fc.constant('check' as const), key, guards }),
);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(write) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(write, {
      minLength: 2,
      maxLength: 4,
      selector: ({ key: { resource, namespace, name } }) => `${resource}/${namespace}/${name}`,
    }),
  },
);

async function dump(store: Store): Promise<unknown> {
  const rows = [];
  for await (const chunk of (await store.snapshot()).rows) rows.push(...chunk);
  const { changes, cursor } = await store.changes(0, 1_000);
  const timeless = changes.map((change): Change => ({ ...change, time: 0 }));
  const lists = [];
  for (let at = 1; at <= cursor; at++) lists.push(await store.listAt('pods', undefined, at));
  return { rows, timeless, cursor, lists };
}

test('the store on Postgres and the one in memory give the same answers to any sequence of writes', async () => {
  const busyResources = new Set(['nodes']);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 20 }), async (steps) => {
      const real = await openPostgresStore({ connection: await postgres.newDatabase(), busyResources });
      const model = createMemoryStore({ busyResources });
      try {
        for (const writes of steps) {
          const [only] = writes;
          if (writes.length === 1 && only) expect(await real.write(only)).toEqual(await model.write(only));
          else expect(await real.transact(writes)).toEqual(await model.transact(writes));
        }
        expect(await dump(real)).toEqual(await dump(model));
      } finally {
        await real.close();
      }
    }),
    { numRuns: fuzzRuns(25) },
  );
});
