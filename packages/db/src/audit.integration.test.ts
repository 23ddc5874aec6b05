import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@gantry/postgres/launcher';
import { migrate } from '@gantry/postgres/migrate';
import type { AuditRow } from '@gantry/store/audit-port';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditTable, openAuditTable } from './audit.ts';

const DAY_MS = 86_400_000;
const GIGABYTE = 2 ** 30;
let folder: string;
let postgres: PostgresServer;
let table: AuditTable;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-db-'));
  postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
  });
  await migrate(postgres.connection);
  table = openAuditTable(postgres.connection);
});
afterAll(async () => {
  await table.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const row = (time: number, name: string): AuditRow => ({
  ...{ time, name, auditId: `id-${name}`, stage: 'ResponseComplete', level: 'Metadata', verb: 'create' },
  ...{ username: 'alice', impersonated: null, apiGroup: '', resource: 'pods', subresource: '' },
  ...{ namespace: 'ns', code: 201, event: JSON.stringify({ auditID: `id-${name}` }) },
});

const select = async (text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ ...postgres.connection });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};

test('events are kept by day, found by what they are about, and go with their day', async () => {
  await table.retain(7 * DAY_MS, GIGABYTE);
  const now = Date.now();
  await table.insert([row(now - 30 * DAY_MS, 'old'), row(now - 2, 'a'), row(now - 1, 'b'), row(now, 'c')]);
  await table.insert([]);

  const first = await table.find({ username: 'alice', namespace: 'ns', since: now - DAY_MS, limit: 2 });
  expect(first.events.map((text) => JSON.parse(text))).toEqual([{ auditID: 'id-c' }, { auditID: 'id-b' }]);
  if (first.next === undefined) throw new Error('no next page');
  const second = await table.find({ limit: 2, after: first.next });
  expect(second.events.map((text) => JSON.parse(text))).toEqual([{ auditID: 'id-a' }, { auditID: 'id-old' }]);
  expect(second.next).toBeUndefined();
  expect((await table.find({ auditId: 'id-a', limit: 5 })).events).toHaveLength(1);
  expect((await table.find({ code: 404, limit: 5 })).events).toEqual([]);

  const days = await select(
    'SELECT tableoid::regclass::text AS part, count(*)::int AS rows FROM audit_event GROUP BY 1 ORDER BY 1',
  );
  const today = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
  expect(days).toEqual([
    { part: `audit_event_${today}`, rows: 3 },
    { part: 'audit_event_rest', rows: 1 },
  ]);
  expect(await select("SELECT event->>'auditID' AS id FROM audit_log WHERE name = 'b'")).toEqual([
    { id: 'id-b' },
  ]);

  await table.retain(7 * DAY_MS, GIGABYTE);
  expect((await table.find({ limit: 5 })).events).toHaveLength(3);
});

test('a partition whose days are over is dropped', async () => {
  await select(`CREATE TABLE audit_event_20200101 PARTITION OF audit_event
    FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00')`);
  await table.retain(7 * DAY_MS, GIGABYTE);
  expect(await select("SELECT to_regclass('audit_event_20200101') AS found")).toEqual([{ found: null }]);
});

test('the oldest days go when there is no room for them; today stays', async () => {
  const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  const name = `audit_event_${yesterday.replaceAll('-', '')}`;
  await select(`CREATE TABLE ${name} PARTITION OF audit_event
    FOR VALUES FROM ('${yesterday} 00:00:00+00') TO (timestamptz '${yesterday} 00:00:00+00' + interval '1 day')`);
  await table.retain(7 * DAY_MS, GIGABYTE);
  expect(await select(`SELECT to_regclass('${name}')::text AS found`)).toEqual([{ found: name }]);
  await table.retain(7 * DAY_MS, 1);
  expect(await select(`SELECT to_regclass('${name}') AS found`)).toEqual([{ found: null }]);
  expect((await table.find({ limit: 5 })).events).toHaveLength(3);
});
