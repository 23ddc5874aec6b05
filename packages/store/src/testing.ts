import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import { type PostgresServer, startPostgres } from '@gantry/postgres/launcher';
import { migrate } from '@gantry/postgres/migrate';
import pg from 'pg';

/** A Postgres of its own for a test file, with a migrated database whenever one is asked for. */
export interface TestPostgres {
  readonly server: PostgresServer;
  newDatabase(): Promise<ConnectionOptions>;
  query(connection: ConnectionOptions, text: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-store-'));
  const server = await startPostgres({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
  });
  let count = 0;
  const query = async (connection: ConnectionOptions, text: string) => {
    const client = new pg.Client({ ...connection });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  // One migrated database; the others are copies.
  const template: ConnectionOptions = { ...server.connection, database: 'template' };
  await query(server.connection, 'CREATE DATABASE template');
  await migrate(template);
  return {
    server,
    query,
    newDatabase: async () => {
      count += 1;
      const database = `test_${count}`;
      await query(server.connection, `CREATE DATABASE ${database} TEMPLATE template`);
      return { ...server.connection, database };
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
