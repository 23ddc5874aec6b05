import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres, { type Sql } from 'postgres';
import { type ConnectionOptions, describeConnectionError } from './connection.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal; what Prisma Migrate records. */
  readonly checksum: string;
}

interface AppliedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly rolled_back_at: Date | null;
}

/** Prisma Migrate takes the same advisory lock, so the two never run at once. */
const migrationLock = 72707369;
const repositoryMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const oldestServer = 150_000;
/** The driver tries again and again with a server that accepts connections and speaks no Postgres. */
const answerTimeoutMs = 20_000;

/**
 * Brings the database to the newest schema: applies, each in a transaction of its own, the migrations of
 * `prisma/migrations` that `_prisma_migrations` does not list. Safe to run from many processes at once. Returns the
 * names that it applied. Throws an Error that names the migration when one was edited after it was applied, was left
 * half applied by another tool, is unknown here (the database is newer), or fails.
 */
export async function migrate(
  connection: ConnectionOptions,
  migrationsFolder: string = repositoryMigrations,
): Promise<readonly string[]> {
  const migrations = await readMigrations(migrationsFolder);
  const sql = connect(connection);
  try {
    await within(answerTimeoutMs, checkServer(sql, connection), connection);
    await sql`SELECT pg_advisory_lock(${migrationLock})`;
    await sql.unsafe(ledgerTable);
    const applied = await sql<AppliedMigration[]>`
      SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at`;
    const pending = pendingMigrations(migrations, applied);
    for (const migration of pending) await apply(sql, migration);
    return pending.map(({ name }) => name);
  } finally {
    // Ending the session releases the lock.
    await sql.end({ timeout: 5 }).catch(() => undefined);
  }
}

async function within(
  timeoutMs: number,
  work: Promise<void>,
  { host, port }: ConnectionOptions,
): Promise<void> {
  const silent = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      silent.reject(new Error(`${host}:${port} does not answer as Postgres does: check the database URL`)),
    timeoutMs,
  );
  try {
    await Promise.race([work, silent.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** One session, since the lock belongs to it. */
function connect({ host, port, user, password, database, ssl }: ConnectionOptions): Sql {
  return postgres({
    host,
    port,
    user,
    database,
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
    max: 1,
    connect_timeout: 10,
    connection: { application_name: 'gantry-migrate', lock_timeout: 60_000 },
    onnotice: () => undefined,
  });
}

/** What is still to be applied, in order. Throws when the ledger and the files contradict each other. */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const done = new Set<string>();
  for (const row of applied) {
    if (row.rolled_back_at !== null) continue;
    const name = row.migration_name;
    if (row.finished_at === null) {
      throw new Error(
        `migration ${name} was left half applied: repair the database by hand, then "prisma migrate resolve --applied ${name}"`,
      );
    }
    const migration = known.get(name);
    if (migration === undefined) {
      throw new Error(
        `the database has migration ${name}, which this version does not know: use the newer version`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new Error(`migration ${name} was edited after it was applied: restore its migration.sql`);
    }
    done.add(name);
  }
  return migrations.filter(({ name }) => !done.has(name));
}

/** The migrations of a folder `NAME/migration.sql`, in order of name. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name, 'migration.sql'));
      return {
        name,
        sql: content.toString('utf8'),
        checksum: createHash('sha256').update(content).digest('hex'),
      };
    }),
  );
}

async function checkServer(sql: Sql, connection: ConnectionOptions): Promise<void> {
  try {
    const [row] = await sql<{ version: string; encoding: string }[]>`
      SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`;
    if (Number(row?.version) < oldestServer) throw new Error('Postgres 15 or newer is needed');
    if (row?.encoding !== 'UTF8')
      throw new Error(`the database's encoding is ${row?.encoding}, UTF8 is needed`);
  } catch (error) {
    throw new Error(describeConnectionError(error, connection), { cause: error });
  }
}

async function apply(sql: Sql, migration: Migration): Promise<void> {
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(migration.sql);
      await transaction`
        INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
        VALUES (${randomUUID()}, ${migration.checksum}, ${migration.name}, now(), clock_timestamp(), 1)`;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`migration ${migration.name} failed and was rolled back: ${reason}`, { cause: error });
  }
}

/** As Prisma Migrate creates it. */
const ledgerTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
