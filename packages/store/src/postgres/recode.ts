import type pg from 'pg';
import type { ObjectKey, ResourceKey } from '../port.ts';

/** Rows of one statement: short, so that no writer waits for long. */
const PAGE = 100;

type Recode = (key: ObjectKey, text: string) => string;

/** The condition under which a text is not in the wanted form; `$2` is the mark, '' for plain. */
const other = (column: string): string =>
  `(${column} IS NOT NULL AND CASE WHEN $2 = '' THEN starts_with(${column}, 'k8s:enc:') ELSE NOT starts_with(${column}, $2) END)`;

interface Row {
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly body: string | null;
}

async function recodeObjects(pool: pg.Pool, resource: ResourceKey, mark: string, recode: Recode) {
  let count = 0;
  let [namespace, name] = ['', ''];
  for (;;) {
    const { rows } = await pool.query<Row & { body: string }>(
      `SELECT namespace, name, revision, body FROM object
       WHERE resource = $1 AND (namespace, name) > ($3, $4) AND ${other('body')} ORDER BY namespace, name LIMIT ${PAGE}`,
      [resource, mark, namespace, name],
    );
    const last = rows.at(-1);
    if (last === undefined) return count;
    // What was written meanwhile has its form from that write.
    const result = await pool.query(
      `UPDATE object o SET body = n.body
       FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) AS n (namespace, name, revision, body)
       WHERE o.resource = $1 AND o.namespace = n.namespace AND o.name = n.name AND o.revision = n.revision`,
      [
        resource,
        rows.map((row) => row.namespace),
        rows.map((row) => row.name),
        rows.map((row) => row.revision),
        rows.map((row) => recode({ resource, namespace: row.namespace, name: row.name }, row.body)),
      ],
    );
    count += result.rowCount ?? 0;
    ({ namespace, name } = last);
  }
}

async function recodeLog(pool: pg.Pool, resource: ResourceKey, mark: string, recode: Recode) {
  let count = 0;
  let after = '0';
  for (;;) {
    const { rows } = await pool.query<Row & { class: number; previous_body: string | null }>(
      `SELECT class, revision, namespace, name, body, previous_body FROM change
       WHERE resource = $1 AND revision > $3 AND (${other('body')} OR ${other('previous_body')})
       ORDER BY revision LIMIT ${PAGE}`,
      [resource, mark, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return count;
    const next = (row: Row, text: string | null): string | null =>
      text === null ? null : recode({ resource, namespace: row.namespace, name: row.name }, text);
    const result = await pool.query(
      `UPDATE change c SET body = n.body, previous_body = n.previous_body
       FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[]) AS n (class, revision, body, previous_body)
       WHERE c.class = n.class AND c.revision = n.revision`,
      [
        rows.map((row) => row.class),
        rows.map((row) => row.revision),
        rows.map((row) => next(row, row.body)),
        rows.map((row) => next(row, row.previous_body)),
      ],
    );
    count += result.rowCount ?? 0;
    after = last.revision;
  }
}

/** See `Store.recode`. The old texts are gone from the tables once Postgres has vacuumed them. */
export async function recodeTexts(
  pool: pg.Pool,
  mark: (resource: ResourceKey) => string,
  recode: Recode,
): Promise<number> {
  const { rows } = await pool.query<{ resource: string }>(
    'SELECT DISTINCT resource FROM object UNION SELECT DISTINCT resource FROM change',
  );
  let count = 0;
  for (const { resource } of rows) {
    const wanted = mark(resource);
    count += await recodeObjects(pool, resource, wanted, recode);
    count += await recodeLog(pool, resource, wanted, recode);
  }
  return count;
}
