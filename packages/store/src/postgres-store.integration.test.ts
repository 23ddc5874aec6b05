import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeStore } from './conformance.ts';
import { create, keyOf, namespaceKey, revisionOf, update } from './conformance-writes.ts';
import type { Store } from './port.ts';
import { openPostgresStore } from './postgres-store.ts';
import { startTestPostgres, type TestPostgres } from './testing.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const busyResources = new Set(['nodes', 'leases.coordination.k8s.io']);

describeStore('Postgres store', async () =>
  openPostgresStore({ connection: await postgres.newDatabase(), busyResources }),
);

describe('Postgres store among others', () => {
  let connection: ConnectionOptions;
  let first: Store;
  let second: Store;
  beforeEach(async () => {
    connection = await postgres.newDatabase();
    // A busy machine needs long for the recovery of a database that crashed.
    first = await openPostgresStore({ connection, busyResources, recoverMs: 100_000 });
    second = await openPostgresStore({ connection, busyResources, recoverMs: 100_000 });
  });
  afterEach(() => Promise.all([first.close(), second.close()]));

  /** Follows `store` until it has seen `last`; returns all revisions in the order they came. */
  async function follow(store: Store, last: () => number | undefined): Promise<number[]> {
    const seen: number[] = [];
    for (let after = 0; ; ) {
      const page = await store.changes(after, 50);
      seen.push(...page.changes.map(({ revision }) => revision));
      const end = last();
      if (end !== undefined && page.cursor >= end) return seen;
      if (page.cursor === after) await sleep(1);
      after = page.cursor;
    }
  }

  test('two writers and a reader: every commit is seen once, in order, without a gap (1)', async () => {
    let last: number | undefined;
    const reading = follow(second, () => last);
    const write = (store: Store, prefix: string) =>
      Promise.all(
        Array.from({ length: 40 }, async (_, lane) => {
          const revisions: number[] = [];
          for (let n = 0; n < 15; n++)
            revisions.push(await revisionOf(store.write(create(`${prefix}-${lane}-${n}`))));
          return revisions;
        }),
      );
    const written = (await Promise.all([write(first, 'a'), write(second, 'b')])).flat(2);
    last = Math.max(...written);
    expect(await reading).toEqual(written.sort((a, b) => a - b));
  });

  test('a commit of one is announced to the other', async () => {
    const heard: number[] = [];
    second.onAdvance((revision) => heard.push(revision));
    const revision = await revisionOf(first.write(create('a')));
    await expect.poll(() => heard.at(-1)).toBe(revision);
  });

  test('sessions killed in mid-write: each write happens exactly once and is answered truly (8)', async () => {
    const counters = Array.from({ length: 20 }, (_, n) => `counter-${n}`);
    for (const name of counters) await first.write(create(name, '0'));
    let killing = true;
    const killer = (async () => {
      let kills = 0;
      while (killing) {
        const rows = await postgres.query(
          connection,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name IN ('gantry-writer', 'gantry-listener') AND datname = current_database()`,
        );
        kills += rows.length;
        await sleep(5);
      }
      return kills;
    })();
    await Promise.all(
      counters.map(async (name) => {
        for (let n = 1; n <= 25; n++) {
          const { revision = 0, body = '' } = (await second.get(keyOf(name))) ?? {};
          expect(body).toBe(String(n - 1));
          await revisionOf(first.write(update(name, revision, String(n))));
        }
      }),
    );
    killing = false;
    expect(await killer).toBeGreaterThan(0);
    for (const name of counters) {
      expect(await first.history(keyOf(name), 100)).toHaveLength(26);
    }
    // The listener came back too.
    const heard: number[] = [];
    first.onAdvance((revision) => heard.push(revision));
    const revision = await revisionOf(second.write(create('after')));
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe(revision);
  });

  test('a batch of a session that was given up can not be committed later (8)', async () => {
    const writer = '00000000-0000-4000-8000-000000000001';
    const settle = (batch: number) =>
      postgres.query(connection, `SELECT gantry_settle('${writer}', ${batch}) AS outcome`);
    const write = (batch: number, name: string) =>
      postgres.query(
        connection,
        `SELECT gantry_write('${writer}', ${batch}, false, '{1}', '{0}', '{pods}', '{ns}', '{${name}}', '{u}', '{null}',
          '{body}', '{null}', '{null}', '{null}', '{f}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}') AS outcome`,
      );
    const [sent] = await write(1, 'a');
    expect(await settle(1)).toEqual([{ outcome: sent?.outcome }]);
    expect(await settle(2)).toEqual([{ outcome: null }]);
    await expect(write(2, 'b')).rejects.toMatchObject({ code: 'GT001' });
    expect(await first.get({ resource: 'pods', namespace: 'ns', name: 'b' })).toBeUndefined();
    expect(await write(3, 'b')).toHaveLength(1);
  });

  /** A process that each restart of Postgres makes anew. */
  async function checkpointer(): Promise<unknown> {
    const text = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
    return (await postgres.query(connection, text))[0]?.pid;
  }

  test('kill -9 of the writing session restarts Postgres: what was answered is there, once (8)', async () => {
    const done = new Map<string, number>();
    let killed = false;
    const writing = Promise.all(
      Array.from({ length: 30 }, async (_, lane) => {
        // However fast the machine is: writes are under way when the session is killed, and some come later.
        for (let after = 0, n = 0; after < 3; n++) {
          if (killed) after++;
          done.set(`n-${lane}-${n}`, await revisionOf(first.write(create(`n-${lane}-${n}`))));
        }
      }),
    );
    await expect.poll(() => done.size).toBeGreaterThan(50);
    const [writer] = await postgres.query(
      connection,
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'gantry-writer' AND datname = current_database() LIMIT 1",
    );
    const restarts = await checkpointer();
    process.kill(Number(writer?.pid), 'SIGKILL');
    killed = true;
    await writing;
    // The next test must not meet the restart.
    await expect.poll(() => checkpointer().catch(() => restarts)).not.toBe(restarts);
    const { changes } = await second.changes(0, 100_000);
    expect(new Map(changes.map(({ key, revision }) => [key.name, revision]))).toEqual(done);
  });

  test('what the database refuses harms its own write alone', async () => {
    const longKey = {
      ...keyOf('x'),
      name: Array.from({ length: 600 }, () => Math.random().toString(36)).join(''),
    };
    const bad = [
      first.write({ ...create('bad'), uid: 'a\0b' }),
      first.write({ ...create('long'), key: longKey }),
      first.write({ ...create('claims'), claims: [{ pool: '\0', value: '1' }] }),
    ];
    const good = Array.from({ length: 20 }, (_, n) => first.write(create(`good-${n}`)));
    expect((await Promise.all(good)).every(({ ok }) => ok)).toBe(true);
    for (const write of bad) await expect(write).rejects.toMatchObject({ failure: 'invalid' });
    await expect(first.transact([create('t'), { ...create('u'), uid: '\0' }])).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(await first.get(keyOf('t'))).toBeUndefined();
  });

  test('another lineage of the database jumps ahead and forgets the log (3)', async () => {
    const before = await revisionOf(first.write(create('a')));
    await postgres.query(connection, "UPDATE revision_counter SET lineage = 'other/00000001'");
    const third = await openPostgresStore({ connection, busyResources });
    const page = await third.changes(before, 10);
    expect(page.floor).toBeGreaterThan(before + 2 ** 31);
    expect(await revisionOf(third.write(create('b')))).toBeGreaterThan(page.floor);
    expect((await third.snapshot()).revision).toBeLessThan(2 ** 53);
    await third.close();
  });

  test('a namespace check holds against another process (7)', async () => {
    for (let round = 0; round < 20; round++) {
      const namespace = `race-${round}`;
      const key = namespaceKey(namespace);
      const revision = await revisionOf(first.write({ ...create(namespace), key }));
      const [gone, made] = await Promise.all([
        first.write({
          op: 'delete',
          key,
          expected: revision,
          guards: [{ type: 'emptyNamespace', namespace, except: [] }],
        }),
        second.write({
          ...create('pod'),
          key: { resource: 'pods', namespace, name: 'pod' },
          guards: [{ type: 'exists', key }],
        }),
      ]);
      expect([gone.ok, made.ok].filter(Boolean)).toHaveLength(1);
    }
  });
});
