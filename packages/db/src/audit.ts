import type { ConnectionOptions } from '@gantry/postgres/connection';
import type { AuditQuery, AuditReader, AuditRow } from '@gantry/store/audit-port';
import { bigintArray, intArray, textArray } from '@gantry/store/postgres/arrays';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** The audit table of a migrated database. Rejections mean that the database failed. */
export interface AuditTable extends AuditReader {
  /** Appends; all rows or none. */
  insert(rows: readonly AuditRow[]): Promise<void>;
  /** Makes the partitions of the next days; drops what is older, and whole days until `maxBytes` are left. */
  retain(keepMs: number, maxBytes: number): Promise<void>;
  close(): Promise<void>;
}

const INSERT = `INSERT INTO audit_event
  (time, audit_id, stage, level, verb, username, impersonated, api_group, resource, subresource, namespace, name, code, event)
  SELECT to_timestamp(t / 1000.0), a, s, l, v, u, i, g, r, sr, ns, n, c, e
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[])
    AS rows (t, a, s, l, v, u, i, g, r, sr, ns, n, c, e)`;

type TextColumn = Exclude<keyof AuditRow, 'time' | 'code'>;

function parameters(rows: readonly AuditRow[]): Buffer[] {
  const text = (column: TextColumn): Buffer => textArray(rows.map((row) => row[column]));
  return [
    bigintArray(rows.map(({ time }) => time)),
    ...(['auditId', 'stage', 'level', 'verb', 'username', 'impersonated', 'apiGroup'] as const).map(text),
    ...(['resource', 'subresource', 'namespace', 'name'] as const).map(text),
    intArray(rows.map(({ code }) => code)),
    text('event'),
  ];
}

type Where = NonNullable<NonNullable<Parameters<PrismaClient['auditEvent']['findMany']>[0]>['where']>;

function conditions(query: AuditQuery): Where {
  const { limit: _limit, since, until, after, ...equal } = query;
  const time = {
    ...(since === undefined ? {} : { gte: new Date(since) }),
    ...(until === undefined ? {} : { lt: new Date(until) }),
  };
  const before = after === undefined ? undefined : new Date(after.time);
  return {
    ...equal,
    ...(since === undefined && until === undefined ? {} : { time }),
    ...(after === undefined || before === undefined
      ? {}
      : { AND: { OR: [{ time: { lt: before } }, { time: before, id: { lt: BigInt(after.id) } }] } }),
  };
}

/** Connects on first use. */
export function openAuditTable(connection: ConnectionOptions): AuditTable {
  const pool = new pg.Pool({
    ...connection,
    max: 1,
    application_name: 'gantry-audit',
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  // A broken idle connection is replaced on the next use.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(
    { ...connection, max: 2, application_name: 'gantry-audit-read', connectionTimeoutMillis: 5_000 },
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  const prisma = new PrismaClient({ adapter });
  return {
    async insert(rows) {
      if (rows.length > 0) await pool.query({ name: 'audit-insert', text: INSERT, values: parameters(rows) });
    },
    async find(query) {
      const rows = await prisma.auditEvent.findMany({
        where: conditions(query),
        orderBy: [{ time: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
        select: { time: true, id: true, event: true },
      });
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        events: page.map(({ event }) => event),
        ...(rows.length > query.limit && last !== undefined
          ? { next: { time: last.time.getTime(), id: String(last.id) } }
          : {}),
      };
    },
    async retain(keepMs, maxBytes) {
      await pool.query("SELECT gantry_audit_retain($1::bigint * interval '1 millisecond', $2)", [
        keepMs,
        maxBytes,
      ]);
    },
    async close() {
      await Promise.all([pool.end(), prisma.$disconnect()]);
    },
  };
}
