import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../testing.ts';
import { Locks } from './locks.ts';

const WAIT_MS = 10_000;

let postgres: TestPostgres;
let connection: ConnectionOptions;
let first: Locks;
let second: Locks;
beforeAll(async () => {
  postgres = await startTestPostgres();
  connection = await postgres.newDatabase();
});
afterAll(() => postgres.stop());
beforeEach(() => {
  first = new Locks(connection);
  second = new Locks(connection);
});
afterEach(() => Promise.all([first.close(), second.close()]));

const held = () => postgres.query(connection, "SELECT * FROM pg_locks WHERE locktype = 'advisory'");

test('keep others out for as long as they are held', async () => {
  const release = await first.lock('a', WAIT_MS);
  expect(await second.lock('a', 50)).toBeUndefined();
  const other = await second.lock('b', WAIT_MS);
  const waiting = second.lock('a', WAIT_MS);
  release?.();
  const mine = await waiting;
  expect(mine).toBeDefined();
  for (const give of [mine, other]) give?.();
  // Who gave up waiting left nothing behind either.
  await expect.poll(held).toEqual([]);
});

test('are had in turn, however eagerly another takes them again', async () => {
  const open = await second.lock('b', WAIT_MS);
  let times = 0;
  let done = false;
  const eager = (async () => {
    while (!done) {
      const release = await first.lock('a', WAIT_MS);
      times++;
      await sleep(20);
      release?.();
    }
  })();
  await expect.poll(() => times).toBeGreaterThan(2);
  const asked = times;
  const release = await second.lock('a', WAIT_MS);
  expect(release).toBeDefined();
  // The one that was there, and one that came just before.
  expect(times - asked).toBeLessThanOrEqual(2);
  done = true;
  for (const give of [open, release]) give?.();
  await eager;
});

test('are free when their session ends', async () => {
  await first.lock('a', WAIT_MS);
  const waiting = second.lock('a', WAIT_MS);
  await first.close();
  expect(await waiting).toBeDefined();
  expect(await first.lock('a', 50)).toBeUndefined();
});
