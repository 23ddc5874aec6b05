import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseDatabaseUrl } from './connection.ts';
import { type PostgresOptions, startPostgres, stopPostgres } from './launcher.ts';
import { migrate } from './migrate.ts';

let dir: string;
let options: PostgresOptions;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-pgtest-'));
  options = { dataDir: join(dir, 'postgres'), logFile: join(dir, 'postgres.log') };
});
afterEach(async () => {
  await stopPostgres(options.dataDir);
  await rm(dir, { recursive: true, force: true });
});

async function query(endpoint: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(parseDatabaseUrl(endpoint));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  test('keeps what was committed over stop, kill -9 and adoption', async () => {
    const first = await startPostgres(options);
    expect(first.adopted).toBe(false);
    await query(first.endpoint, 'CREATE TABLE t AS SELECT 1 AS n');

    const adopted = await startPostgres(options);
    expect(adopted).toMatchObject({ adopted: true, pid: first.pid });

    process.kill(first.pid, 'SIGKILL');
    expect(await first.ended).toBe('ended by SIGKILL');
    const afterCrash = await startPostgres(options);
    expect(await query(afterCrash.endpoint, 'SELECT n FROM t')).toEqual([{ n: 1 }]);

    await afterCrash.stop();
    expect(await afterCrash.ended).toBe('ended with code 0');
    const again = await startPostgres(options);
    expect(await query(again.endpoint, 'SELECT n FROM t')).toEqual([{ n: 1 }]);
  });

  test('works under a path that is too long for a socket', async () => {
    await chmod(dir, 0o755);
    const dataDir = join(dir, 'x'.repeat(90), 'postgres');
    await mkdir(join(dataDir, '..'), { recursive: true });
    options = { ...options, dataDir };
    const server = await startPostgres(options);
    expect(await query(server.endpoint, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    expect((await startPostgres(options)).endpoint).toBe(server.endpoint);
  });

  test('reaches its data though the folder above is closed to others', async () => {
    await chmod(dir, 0o700);
    const server = await startPostgres(options);
    expect(await query(server.endpoint, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  });

  test('says in one line that the data is of another version', async () => {
    await mkdir(join(options.dataDir, 'data'), { recursive: true });
    await writeFile(join(options.dataDir, 'data/PG_VERSION'), '12\n');
    await expect(startPostgres(options)).rejects.toThrow(/was made by Postgres 12, this is 18/);
  });

  test('says in one line why the server ends', async () => {
    await (await startPostgres(options)).stop();
    await rm(join(options.dataDir, 'data/global/pg_control'));
    await expect(startPostgres(options)).rejects.toThrow(/pg_control/);
  });
});

describe('migrate', () => {
  test('applies once, also when several processes start at the same time, and rejects edited migrations', async () => {
    const { connection, endpoint } = await startPostgres(options);
    const folder = join(dir, 'migrations');
    await mkdir(join(folder, '0001_a'), { recursive: true });
    await writeFile(
      join(folder, '0001_a/migration.sql'),
      'CREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\n',
    );
    const results = await Promise.all([migrate(connection, folder), migrate(connection, folder)]);
    expect(results.flat()).toEqual(['0001_a']);
    expect(await query(endpoint, 'SELECT n FROM a')).toEqual([{ n: 1 }]);

    await mkdir(join(folder, '0002_b'));
    await writeFile(join(folder, '0002_b/migration.sql'), 'CREATE TABLE b (n int); SELECT 1/0;');
    await expect(migrate(connection, folder)).rejects.toThrow(/0002_b failed and was rolled back: division/);
    expect(await query(endpoint, "SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);

    await cp(join(folder, '0001_a'), join(folder, '0002_b'), { recursive: true, force: true });
    await writeFile(join(folder, '0002_b/migration.sql'), 'CREATE TABLE b (n int)');
    await migrate(connection, folder);
    await writeFile(
      join(folder, '0001_a/migration.sql'),
      `${await readFile(join(folder, '0001_a/migration.sql'))}-- edited`,
    );
    await expect(migrate(connection, folder)).rejects.toThrow('migration 0001_a was edited');
    await rm(join(folder, '0001_a'), { recursive: true });
    await expect(migrate(connection, folder)).rejects.toThrow(/has migration 0001_a, which this version/);
  });

  test('names the database that does not exist, and the socket that nobody serves', async () => {
    const { connection } = await startPostgres(options);
    const folder = join(dir, 'none');
    await mkdir(folder);
    await expect(migrate({ ...connection, database: 'other' }, folder)).rejects.toThrow(
      'has no database "other"',
    );
    await expect(migrate({ ...connection, host: dir }, folder)).rejects.toThrow(
      /nothing answers on the Postgres socket/,
    );
  });
});
