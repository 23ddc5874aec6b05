import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KindDefinition } from '@gantry/api/kind';
import { type ConnectionOptions, parseDatabaseUrl } from '@gantry/postgres/connection';
import { startPostgres } from '@gantry/postgres/launcher';
import { migrate } from '@gantry/postgres/migrate';
import { storageKeyOf } from '@gantry/server/registry/resource';
import type { Store } from '@gantry/store/port';
import { openPostgresStore } from '@gantry/store/postgres-store';
import type { Options } from './options.ts';

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

export interface Database {
  readonly connection: ConnectionOptions;
  readonly store: Store;
  /** Names of the migrations that this start applied. */
  readonly applied: readonly string[];
  /** Settles when an embedded server ends; never for an outside one. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

/** Connects, starting an embedded server if none was named, and brings the schema up to date. */
export async function openDatabase(options: Options, kinds: readonly KindDefinition[]): Promise<Database> {
  const embedded =
    options.databaseUrl === undefined && options.data !== undefined
      ? await startPostgres({
          dataDir: join(options.data, 'postgres'),
          logFile: join(options.data, 'postgres', 'postgres.log'),
        })
      : undefined;
  const connection = embedded?.connection ?? parseDatabaseUrl(options.databaseUrl ?? '');
  const applied = await migrate(connection, migrations);
  const busy = kinds.filter(({ retention }) => retention === 'busy').map(storageKeyOf);
  const store = await openPostgresStore({ connection, busyResources: new Set(busy) });
  return {
    connection,
    store,
    applied,
    lost: embedded?.ended ?? new Promise<string>(() => undefined),
    async close() {
      await store.close();
      await embedded?.stop();
    },
  };
}
