import type { ConnectionOptions } from '@gantry/postgres/connection';
import pg from 'pg';

/** When the revisions of the change log were given. */
export interface ChangeTimes {
  /** The newest revision at a time in epoch milliseconds; undefined when the log does not reach back so far. */
  revisionAt(timeMs: number): Promise<number | undefined>;
  /** Time of the oldest change of an object that the log holds. */
  oldestMs(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Connects on first use. Rejections mean that the database failed. */
export function openChangeTimes(connection: ConnectionOptions): ChangeTimes {
  const pool = new pg.Pool({
    ...connection,
    max: 1,
    application_name: 'gantry-times',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    keepAlive: true,
  });
  // A broken idle connection is replaced on the next use.
  pool.on('error', () => undefined);
  const one = async (text: string, values: unknown[] = []): Promise<number | undefined> => {
    const { rows } = await pool.query<{ value: string | null }>(text, values);
    const value = rows[0]?.value;
    return value === null || value === undefined ? undefined : Number(value);
  };
  return {
    revisionAt: (timeMs) =>
      one('SELECT gantry_revision_at(to_timestamp($1::double precision / 1000)) AS value', [timeMs]),
    oldestMs: () =>
      one(
        'SELECT (extract(epoch FROM time) * 1000)::bigint AS value FROM change_objects ORDER BY revision LIMIT 1',
      ),
    close: () => pool.end(),
  };
}
