import type pg from 'pg';

const chunk = 2_000;

interface Policy {
  readonly objectsMs: number;
  readonly busyMs: number;
  readonly now: number;
}

/**
 * Drops changes older than their class is kept, and writers not heard of for a day. The floor rises first, in a
 * transaction of its own, then rows go in small chunks: a reader never sees a gap above the floor. Returns the floor.
 */
export async function compactLog(pool: pg.Pool, policy: Policy): Promise<number> {
  await compactClass(pool, 0, 'objects_floor', policy.now - policy.objectsMs);
  await compactClass(pool, 1, 'busy_floor', policy.now - policy.busyMs);
  await pool.query("DELETE FROM store_writer WHERE seen < now() - interval '1 day'");
  const { rows } = await pool.query<{ floor: string }>(
    'SELECT greatest(objects_floor, busy_floor) AS floor FROM revision_counter',
  );
  return Number(rows[0]?.floor);
}

async function compactClass(
  pool: pg.Pool,
  retention: 0 | 1,
  column: 'objects_floor' | 'busy_floor',
  before: number,
): Promise<void> {
  // Times rise with revisions but for a clock that was set back; so all up to the first young row goes.
  const { rows } = await pool.query<{ last: string | null }>(
    `SELECT max(revision) AS last FROM change WHERE class = $1 AND time < to_timestamp($2 / 1000.0)
      AND revision < coalesce((
        SELECT revision FROM change WHERE class = $1 AND time >= to_timestamp($2 / 1000.0)
        ORDER BY revision LIMIT 1), 9223372036854775807)`,
    [retention, before],
  );
  const last = rows[0]?.last;
  if (last === null || last === undefined) return;
  await pool.query(`UPDATE revision_counter SET ${column} = $1 WHERE ${column} < $1`, [last]);
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM change WHERE class = $1 AND revision IN (
        SELECT revision FROM change WHERE class = $1 AND revision <= $2 ORDER BY revision LIMIT ${chunk})`,
      [retention, last],
    );
    if ((rowCount ?? 0) < chunk) return;
  }
}
