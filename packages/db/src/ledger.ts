import type { ConnectionOptions } from '@gantry/postgres/connection';
import type { Ledger, LedgerQuery, LedgerRow, UnrecordedChange } from '@gantry/store/ledger-port';
import { bigintArray, textArray } from '@gantry/store/postgres/arrays';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { imageTerms } from './ledger-images.ts';

/** The ledger of a migrated database. */
export interface LedgerTable extends Ledger {
  /** Makes the partitions of the next months; drops what is older, and whole months until `maxBytes` are left. */
  retain(keepMs: number, maxBytes: number): Promise<void>;
  close(): Promise<void>;
}

/** Who appends sees all that others appended. */
const LOCK = 'SELECT pg_advisory_xact_lock(72707372)';
/** References of images hold no line breaks, so that lists of them travel as lines. */
const INSERT = `INSERT INTO ledger_entry
  (time, duration_ms, revision, namespace, name, type, actor, application, repository, ref, commit, commit_message,
   api_version, kind, object_namespace, object_name, operation, images, image_terms, error, sync_id, manifest, message)
  SELECT DISTINCT ON (ns, n) to_timestamp(t / 1000.0), d, r, ns, n, ty, ac, ap, re, rf, co, cm, av, k, ons, onm, op,
    string_to_array(im, E'\\n'), string_to_array(it, E'\\n'), er, si, ma, me
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
    $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[])
    AS rows (t, d, r, ns, n, ty, ac, ap, re, rf, co, cm, av, k, ons, onm, op, im, it, er, si, ma, me)
  WHERE NOT EXISTS (SELECT 1 FROM ledger_entry WHERE namespace = ns AND name = n)
  RETURNING namespace, name`;

/** Some seconds: what a server has just done, it is about to record itself. */
const UNRECORDED = `SELECT c.revision, c.resource, c.namespace, c.name FROM change_objects c
  WHERE c.origin IS NOT NULL AND c.origin LIKE 'git:% %/% %' AND c.time < now() - interval '5 seconds'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry l WHERE l.revision = c.revision)
  ORDER BY c.revision LIMIT $1`;

const lines = (values: readonly string[]): string =>
  values.map((one) => one.replaceAll('\n', ' ')).join('\n');

function parameters(rows: readonly LedgerRow[]): Buffer[] {
  const text = (read: (row: LedgerRow) => string | null): Buffer => textArray(rows.map(read));
  return [
    bigintArray(rows.map(({ time }) => time)),
    bigintArray(rows.map(({ durationMs }) => durationMs)),
    bigintArray(rows.map(({ revision }) => revision)),
    ...(['namespace', 'name', 'type', 'actor', 'application', 'repository', 'ref', 'commit'] as const).map(
      (column) => text((row) => row[column]),
    ),
    ...(['commitMessage', 'apiVersion', 'kind', 'objectNamespace', 'objectName', 'operation'] as const).map(
      (column) => text((row) => row[column]),
    ),
    text(({ images }) => lines(images)),
    text(({ images }) => lines(imageTerms(images))),
    ...(['error', 'syncId', 'manifest', 'message'] as const).map((column) => text((row) => row[column])),
  ];
}

type Where = NonNullable<NonNullable<Parameters<PrismaClient['ledgerEntry']['findMany']>[0]>['where']>;

function conditions(query: LedgerQuery): Where {
  const {
    limit: _limit,
    manifests: _manifests,
    types,
    commit,
    image,
    error,
    since,
    until,
    after,
    ...equal
  } = query;
  const and: Where[] = [];
  if (since !== undefined) and.push({ time: { gte: new Date(since) } });
  if (until !== undefined) and.push({ time: { lt: new Date(until) } });
  if (after !== undefined) {
    const time = new Date(after.time);
    // The first term lets the index begin there.
    const { name, namespace } = after;
    and.push(
      { time: { lte: time } },
      { OR: [{ time: { lt: time } }, { name: { lt: name } }, { name, namespace: { lt: namespace } }] },
    );
  }
  if (types !== undefined) and.push({ type: { in: [...types] } });
  if (commit !== undefined) and.push({ commit: { startsWith: commit } });
  if (image !== undefined) and.push({ imageTerms: { has: image } });
  // The condition of the index on errors.
  if (error !== undefined)
    and.push({ error: { not: '' } }, { error: { contains: error, mode: 'insensitive' } });
  return { ...equal, AND: and };
}

type Found = Omit<LedgerRow, 'time' | 'durationMs' | 'revision' | 'manifest'> & {
  readonly time: Date;
  readonly durationMs: bigint | null;
  readonly revision: bigint | null;
  readonly manifest?: string | null;
};

const toRow = ({ time, durationMs, revision, manifest = null, ...rest }: Found): LedgerRow => ({
  ...rest,
  time: time.getTime(),
  durationMs: durationMs === null ? null : Number(durationMs),
  revision: revision === null ? null : Number(revision),
  manifest,
});

const WITHOUT_TERMS = { imageTerms: true } as const;

/** Connects on first use. */
export function openLedgerTable(connection: ConnectionOptions): LedgerTable {
  const pool = new pg.Pool({
    ...connection,
    max: 1,
    application_name: 'gantry-ledger',
    connectionTimeoutMillis: 5_000,
    query_timeout: 60_000,
    keepAlive: true,
  });
  // A broken idle connection is replaced on the next use.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(
    {
      ...connection,
      max: 2,
      application_name: 'gantry-ledger-read',
      connectionTimeoutMillis: 5_000,
      // A search that reads everything must not go on for ever.
      statement_timeout: 20_000,
    },
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  const prisma = new PrismaClient({ adapter });
  return {
    append: (rows) => append(pool, rows),
    async find(query) {
      const found = await prisma.ledgerEntry.findMany({
        where: conditions(query),
        orderBy: [{ time: 'desc' }, { name: 'desc' }, { namespace: 'desc' }],
        take: query.limit + 1,
        omit: { ...WITHOUT_TERMS, manifest: !query.manifests },
      });
      const rows = found.slice(0, query.limit).map(toRow);
      const last = rows.at(-1);
      return {
        rows,
        ...(found.length > query.limit && last !== undefined
          ? { next: { time: last.time, name: last.name, namespace: last.namespace } }
          : {}),
      };
    },
    async get(namespace, name) {
      const found = await prisma.ledgerEntry.findFirst({ where: { namespace, name }, omit: WITHOUT_TERMS });
      return found === null ? undefined : toRow(found);
    },
    async unrecorded(limit) {
      const { rows } = await pool.query<Omit<UnrecordedChange, 'revision'> & { revision: string }>(
        UNRECORDED,
        [limit],
      );
      return rows.map((row) => ({ ...row, revision: Number(row.revision) }));
    },
    async retain(keepMs, maxBytes) {
      await pool.query("SELECT gantry_ledger_retain($1::bigint * interval '1 millisecond', $2)", [
        keepMs,
        maxBytes,
      ]);
    },
    async close() {
      await Promise.all([pool.end(), prisma.$disconnect()]);
    },
  };
}

async function append(pool: pg.Pool, rows: readonly LedgerRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query(LOCK);
    const { rows: made } = await client.query<{ namespace: string; name: string }>({
      name: 'ledger-insert',
      text: INSERT,
      values: parameters(rows),
    });
    await client.query('COMMIT');
    return new Set(made.map(({ namespace, name }) => `${namespace}/${name}`));
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // After a failure the session is in an unknown state: it is not used again.
    client.release(failed);
  }
}
