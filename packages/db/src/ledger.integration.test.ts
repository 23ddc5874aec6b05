import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@gantry/postgres/launcher';
import { migrate } from '@gantry/postgres/migrate';
import type { LedgerQuery, LedgerRow } from '@gantry/store/ledger-port';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LedgerTable, openLedgerTable } from './ledger.ts';
import { openChangeTimes } from './ledger-times.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const GIGABYTE = 2 ** 30;
const COMMIT = 'c0ffee'.repeat(6).padEnd(40, '0');
let folder: string;
let postgres: PostgresServer;
let table: LedgerTable;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-ledger-'));
  postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
  });
  await migrate(postgres.connection);
  table = openLedgerTable(postgres.connection);
  await table.retain(YEAR_MS, GIGABYTE);
});
afterAll(async () => {
  await table.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const EMPTY: LedgerRow = {
  ...{ time: 0, namespace: 'shop', name: '', type: 'Sync', actor: 'ann', application: 'web' },
  ...{
    repository: 'shop',
    ref: 'main',
    commit: COMMIT,
    commitMessage: 'Change it',
    apiVersion: '',
    kind: '',
  },
  ...{ objectNamespace: '', objectName: '', operation: '', images: [], error: '', durationMs: null },
  ...{ syncId: '', revision: null, manifest: null, message: '' },
};
const row = (name: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...EMPTY,
  name,
  time: Date.now(),
  ...more,
});

const names = async (query: Partial<LedgerQuery>): Promise<string[]> =>
  (await table.find({ limit: 100, manifests: false, ...query })).rows.map(({ name }) => name);

const select = async (text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ ...postgres.connection });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};

test('entries are found by what they are about', async () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    objectNamespace: 'prod',
    objectName: 'web',
  };
  await table.append([
    row('a', {
      type: 'Change',
      ...deployment,
      images: ['quay.io/team/web:1.2'],
      manifest: '{"a":1}',
      revision: 7,
    }),
    row('b', { type: 'Failure', error: 'web: Image Pull 100% back-off', actor: 'bob', syncId: 's1' }),
    row('c', { namespace: 'other', application: 'api', commit: `ab${COMMIT.slice(2)}`, durationMs: 12 }),
  ]);
  expect(await names({ objectName: 'web', kind: 'Deployment', objectNamespace: 'prod' })).toEqual(['a']);
  for (const image of ['quay.io/team/web:1.2', 'quay.io/team/web', 'web:1.2', 'web'])
    expect(await names({ image })).toEqual(['a']);
  expect(await names({ image: 'we' })).toEqual([]);
  expect(await names({ error: 'image pull' })).toEqual(['b']);
  expect(await names({ actor: 'bob', syncId: 's1', types: ['Failure', 'Sync'] })).toEqual(['b']);
  expect(await names({ commit: 'ab' })).toEqual(['c']);
  expect(await names({ namespace: 'other', application: 'api' })).toEqual(['c']);
  expect(await names({ since: Date.now() + 1_000 })).toEqual([]);
  expect(await names({ until: Date.now() - 60_000 })).toEqual([]);
  expect((await table.find({ limit: 1, manifests: false, types: ['Change'] })).rows[0]?.manifest).toBeNull();
  expect(await table.get('shop', 'a')).toMatchObject({
    manifest: '{"a":1}',
    revision: 7,
    images: ['quay.io/team/web:1.2'],
  });
  expect(await table.get('shop', 'c')).toBeUndefined();
  expect(await table.get('other', 'c')).toMatchObject({ durationMs: 12, revision: null });
});

test('what is there is not written again', async () => {
  const first = row('again', { message: 'first' });
  expect(await table.append([first, first])).toEqual(new Set(['shop/again']));
  const later = { time: first.time + 5, message: 'second' };
  expect(await table.append([row('again', later), row('fresh')])).toEqual(new Set(['shop/fresh']));
  const [one, other] = await Promise.all([table.append([row('race')]), table.append([row('race')])]);
  expect([one.size, other.size].sort()).toEqual([0, 1]);
  expect(await table.get('shop', 'again')).toMatchObject({ message: 'first' });
});

test('pages follow each other without holes, whatever falls into one instant', async () => {
  const time = Date.now();
  const rows = Array.from({ length: 25 }, (_, at) =>
    row(`p${at >> 1}`, { time: time + (at % 3), namespace: `n${at % 2}`, application: 'paged' }),
  );
  await table.append(rows);
  const seen: string[] = [];
  let after: LedgerQuery['after'];
  do {
    const page = await table.find({
      application: 'paged',
      limit: 4,
      manifests: false,
      ...(after && { after }),
    });
    seen.push(...page.rows.map(({ namespace, name }) => `${namespace}/${name}`));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
});

test('changes from Git that no entry tells of are found', async () => {
  const change = (
    revision: number,
    origin: string,
    ago = '1 minute',
  ) => `(0, ${revision}, 1, 'configmaps', 'shop',
    'm${revision}', 'u', '{}', ${revision}, now() - interval '${ago}', 'ann', ${origin})`;
  await select(`INSERT INTO change (class, revision, op, resource, namespace, name, uid, body, transaction, time, author, origin)
    VALUES ${[change(101, "'git:1 shop/web s'"), change(102, "'git:1'"), change(103, "'git:1 shop/web s'")].join(',')},
    ${change(104, "'git:1 shop/web s'", '1 second')}`);
  await table.append([row('change-101', { revision: 101 })]);
  expect(await table.unrecorded(10)).toEqual([
    { revision: 103, resource: 'configmaps', namespace: 'shop', name: 'm103' },
  ]);
});

test('months go when they are over, and the oldest when there is no room; this one stays', async () => {
  await select(`CREATE TABLE ledger_entry_202001 PARTITION OF ledger_entry
    FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-02-01 00:00:00+00')`);
  await table.append([row('old', { time: Date.parse('2020-01-15T00:00:00Z') })]);
  const part = async (): Promise<unknown> =>
    (await select("SELECT to_regclass('ledger_entry_202001')::text AS found"))[0]?.found;
  await table.retain(20 * YEAR_MS, GIGABYTE);
  expect(await part()).toBe('ledger_entry_202001');
  await table.retain(20 * YEAR_MS, 1);
  expect(await part()).toBeNull();
  const month = new Date().toISOString().slice(0, 7).replace('-', '');
  const rows = await select('SELECT DISTINCT tableoid::regclass::text AS part FROM ledger_entry');
  expect(rows).toEqual([{ part: `ledger_entry_${month}` }]);
});

test('the revision at a time is that of the last change by then', async () => {
  await select('DELETE FROM change');
  const times = openChangeTimes(postgres.connection);
  try {
    await select('UPDATE revision_counter SET value = 5000, objects_floor = 0');
    expect([await times.revisionAt(Date.now()), await times.oldestMs()]).toEqual([0, undefined]);
    // Holes, several changes of one instant, and busy ones between.
    const log: { revision: number; time: number }[] = [];
    for (let revision = 1_000, time = 1_700_000_000_000; revision < 5_000; ) {
      log.push({ revision, time });
      revision += 1 + ((revision * 7) % 40);
      time += (revision % 3) * 100;
    }
    const rows = log.map(
      ({ revision, time }) =>
        `(${revision % 5 === 0 && revision !== 1_000 ? 1 : 0}, ${revision}, 1, 'r', '', 'n', 'u', '{}', ${revision}, to_timestamp(${time} / 1000.0))`,
    );
    await select(`INSERT INTO change (class, revision, op, resource, namespace, name, uid, body, transaction, time)
      VALUES ${rows.join(',')}`);
    const expected = (time: number): number => log.findLast((one) => one.time <= time)?.revision ?? 0;
    for (const { time } of log)
      for (const at of [time, time + 50])
        expect([at, await times.revisionAt(at)]).toEqual([at, expected(at)]);
    expect(await times.oldestMs()).toBe(1_700_000_000_000);
    expect(await times.revisionAt(1_699_999_999_999)).toBe(0);
    await select('UPDATE revision_counter SET objects_floor = 900');
    expect(await times.revisionAt(1_699_999_999_999)).toBeUndefined();
  } finally {
    await times.close();
  }
});
