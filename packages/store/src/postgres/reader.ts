import type { ConnectionOptions } from '@gantry/postgres/connection';
import type pg from 'pg';
import { limits } from '../limits.ts';
import type {
  Change,
  ChangePage,
  HistoryRange,
  ObjectKey,
  ResourceKey,
  Snapshot,
  StoredObject,
} from '../port.ts';
import { connect } from './client.ts';

interface ObjectRow {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly revision: string;
  readonly body: string;
}

interface ChangeRow extends ObjectRow {
  readonly op: number;
  readonly previous_body: string | null;
  readonly previous_revision: string | null;
  readonly transaction: string;
  readonly time: string;
  readonly author: string | null;
  readonly origin: string | null;
}

const objectColumns = 'resource, namespace, name, uid, revision, body';
const changeColumns = `op, resource, namespace, name, uid, revision, coalesce(body, previous_body) AS body,
  previous_body, previous_revision, transaction, (extract(epoch FROM time) * 1000)::bigint AS time, author, origin`;
const ops = ['create', 'update', 'delete'] as const;

/** Rows of one FETCH of a snapshot. */
const snapshotChunk = 500;

export async function readObject(pool: pg.Pool, key: ObjectKey): Promise<StoredObject | undefined> {
  const { rows } = await pool.query<ObjectRow>({
    name: 'get',
    text: `SELECT ${objectColumns} FROM object WHERE resource = $1 AND namespace = $2 AND name = $3`,
    values: [key.resource, key.namespace, key.name],
  });
  return rows[0] && toObject(rows[0]);
}

export async function readCounter(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ value: string }>({
    name: 'counter',
    text: 'SELECT value FROM revision_counter',
  });
  return Number(rows[0]?.value);
}

/**
 * One page of the log. Counter, floor and rows come from one statement, so from one snapshot. A page ends before a
 * transaction that does not fit; only one that is larger than a page is read on to its end.
 */
export async function readChanges(pool: pg.Pool, after: number, limit: number): Promise<ChangePage> {
  const { rows } = await pool.query<
    ChangeRow & { value: string; floor: string; found: string; fits: boolean | null }
  >({
    name: 'changes',
    text: `SELECT c.value, greatest(c.objects_floor, c.busy_floor) AS floor, page.* FROM revision_counter c
      LEFT JOIN LATERAL (
        SELECT ${changeColumns}, count(*) OVER () AS found,
          sum(coalesce(octet_length(body), 0) + coalesce(octet_length(previous_body), 0))
            OVER (ORDER BY revision ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) <= ${limits.pageBytes} AS fits
        FROM (SELECT * FROM change WHERE revision > $1 ORDER BY revision LIMIT $2) AS ahead
        ORDER BY revision
      ) AS page ON page.fits IS NOT FALSE
      ORDER BY page.revision`,
    values: [after, limit + 1],
  });
  const [first] = rows;
  if (first === undefined) throw new Error('the table revision_counter is empty');
  const counter = Number(first.value);
  const floor = Number(first.floor);
  if (first.op === null) return { changes: [], cursor: Math.max(after, counter), floor };
  const whole = Number(first.found) <= limit && rows.length === Number(first.found);
  const changes = rows.map(toChange);
  if (whole) return { changes, cursor: Math.max(after, counter), floor };
  if (changes.length > limit) changes.length = limit;
  const kept = await dropPartialTransaction(pool, changes, rows.length > limit ? rows[limit] : undefined);
  return { changes: kept, cursor: kept.at(-1)?.revision ?? after, floor };
}

/** The page was cut after `changes`; `next` is the row behind it, if it was read. */
async function dropPartialTransaction(
  pool: pg.Pool,
  changes: Change[],
  next: ChangeRow | undefined,
): Promise<Change[]> {
  const last = changes.at(-1)?.transaction;
  if (last === undefined || (next !== undefined && Number(next.transaction) !== last)) return changes;
  const start = changes.findIndex(({ transaction }) => transaction === last);
  if (start > 0) return changes.slice(0, start);
  // Revisions of a transaction are consecutive from its number, and their number is limited.
  const { rows } = await pool.query<ChangeRow>(
    `SELECT ${changeColumns} FROM change WHERE revision >= $1 AND revision < $2 AND transaction = $1 ORDER BY revision`,
    [last, last + limits.transactionWrites],
  );
  return rows.map(toChange);
}

export async function readHistory(
  pool: pg.Pool,
  key: ObjectKey,
  limit: number,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER, oldestFirst = false }: HistoryRange = {},
): Promise<readonly Change[]> {
  const order = oldestFirst ? 'ASC' : 'DESC';
  const { rows } = await pool.query<ChangeRow>({
    name: `history${order}`,
    text: `SELECT ${changeColumns} FROM change WHERE resource = $1 AND namespace = $2 AND name = $3
      AND change.revision > $5 AND change.revision <= $6 ORDER BY change.revision ${order} LIMIT $4`,
    values: [key.resource, key.namespace, key.name, limit, after, upTo],
  });
  return rows.map(toChange);
}

/** Rows of today that have not changed since, and for the others the state before their first change since. */
export async function readListAt(
  pool: pg.Pool,
  resource: ResourceKey,
  namespace: string | undefined,
  revision: number,
  isBusy: boolean,
): Promise<readonly StoredObject[] | undefined> {
  const { rows } = await pool.query<ObjectRow & { floor: string }>({
    name: 'listAt',
    text: `SELECT c.floor, o.* FROM (
        SELECT CASE WHEN $4 THEN busy_floor ELSE objects_floor END AS floor FROM revision_counter
      ) AS c LEFT JOIN (
        SELECT ${objectColumns} FROM object
        WHERE resource = $1 AND ($2::text IS NULL OR namespace = $2) AND revision <= $3
        UNION ALL
        SELECT resource, namespace, name, uid, previous_revision, previous_body FROM (
          SELECT DISTINCT ON (namespace, name) * FROM change
          WHERE resource = $1 AND ($2::text IS NULL OR namespace = $2) AND revision > $3
          ORDER BY namespace, name, revision
        ) AS undone WHERE previous_revision IS NOT NULL
      ) AS o ON c.floor <= $3 ORDER BY o.namespace, o.name`,
    values: [resource, namespace ?? null, revision, isBusy],
  });
  if (Number(rows[0]?.floor) > revision) return undefined;
  return rows.filter((row) => row.name !== null).map(toObject);
}

/** A read-only transaction on a session of its own; it ends with the last chunk, with a break, or after idling a minute. */
export async function openSnapshot(connection: ConnectionOptions): Promise<Snapshot> {
  const client = await connect(connection, 'snapshot', () => undefined);
  try {
    await client.query("SET idle_in_transaction_session_timeout = '60s'");
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ value: string; floor: string }>(
      'SELECT value, greatest(objects_floor, busy_floor) AS floor FROM revision_counter',
    );
    await client.query(
      `DECLARE snapshot NO SCROLL CURSOR FOR SELECT ${objectColumns} FROM object ORDER BY resource, namespace, name`,
    );
    return {
      revision: Number(rows[0]?.value),
      floor: Number(rows[0]?.floor),
      rows: fetchAll(client),
    };
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

async function* fetchAll(client: pg.Client): AsyncGenerator<readonly StoredObject[]> {
  try {
    for (;;) {
      const { rows } = await client.query<ObjectRow>(`FETCH ${snapshotChunk} FROM snapshot`);
      if (rows.length > 0) yield rows.map(toObject);
      if (rows.length < snapshotChunk) return;
    }
  } finally {
    // Ends the transaction too.
    void client.end().catch(() => undefined);
  }
}

function toKey({ resource, namespace, name }: ObjectRow): ObjectKey {
  return { resource, namespace, name };
}

function toObject(row: ObjectRow): StoredObject {
  return { key: toKey(row), uid: row.uid, revision: Number(row.revision), body: row.body };
}

function toChange(row: ChangeRow): Change {
  return {
    revision: Number(row.revision),
    op: ops[row.op - 1] ?? 'update',
    key: toKey(row),
    uid: row.uid,
    body: row.body,
    ...(row.previous_body === null ? {} : { previousBody: row.previous_body }),
    ...(row.previous_revision === null ? {} : { previousRevision: Number(row.previous_revision) }),
    transaction: Number(row.transaction),
    time: Number(row.time),
    ...(row.author === null ? {} : { author: row.author }),
    ...(row.origin === null ? {} : { origin: row.origin }),
  };
}
