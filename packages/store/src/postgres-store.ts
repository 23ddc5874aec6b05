import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import pg from 'pg';
import { StoreError } from './errors.ts';
import type { Commit, ResourceKey, Store } from './port.ts';
import { isConnectionError, messageOf, sessionOptions } from './postgres/client.ts';
import { compactLog } from './postgres/compact.ts';
import { Listener } from './postgres/listener.ts';
import { Locks } from './postgres/locks.ts';
import {
  openSnapshot,
  readChanges,
  readCounter,
  readHistory,
  readListAt,
  readObject,
} from './postgres/reader.ts';
import { recodeTexts } from './postgres/recode.ts';
import { Writer } from './postgres/writer.ts';

export interface PostgresStoreOptions {
  readonly connection: ConnectionOptions;
  /** Resources whose kind has the retention `busy`: their history is kept for about an hour. */
  readonly busyResources: ReadonlySet<ResourceKey>;
  /** Resources whose writes have a reserve in each batch. Default: Leases. */
  readonly urgentResources?: ReadonlySet<ResourceKey>;
  /** How long a write, or half as long a read, waits for a lost database before it is rejected. Default 30,000. */
  readonly recoverMs?: number;
}

const defaultUrgent: ReadonlySet<ResourceKey> = new Set(['leases.coordination.k8s.io']);

/**
 * A store on a migrated Postgres database. Resolves when connected; rejects with the driver's error when the database
 * can't be used. Any number of stores, in any number of processes, may share one database.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { connection } = options;
  const urgent = options.urgentResources ?? defaultUrgent;
  const isBusy = (resource: ResourceKey) => options.busyResources.has(resource);
  const pool = new pg.Pool({ ...sessionOptions(connection, 'reader'), max: 8, idleTimeoutMillis: 60_000 });
  // A broken idle session is replaced on the next use.
  pool.on('error', () => undefined);
  const advance = new Advance();
  const commits = new Set<(commit: Commit) => void>();
  const recoverMs = options.recoverMs ?? 30_000;
  const reading = <T>(read: () => Promise<T>) => retryRead(read, recoverMs / 2);
  const counter = shareReads(() => reading(() => readCounter(pool)));
  const writer = new Writer({
    connection,
    isBusy,
    isUrgent: ({ key }) => urgent.has(key.resource),
    onCommit: (commit) => {
      for (const listener of commits) listener(commit);
      advance.announce(commit.revision);
    },
    recoverMs,
  });
  const locks = new Locks(connection);
  const listener = new Listener({
    connection,
    onRevision: (revision) => advance.announce(revision),
    onUncertain: () => {
      // When the database is away, the listener's reconnect looks again.
      counter().then(
        (revision) => advance.announce(revision),
        () => undefined,
      );
    },
  });
  try {
    await writer.open();
    await listener.open();
  } catch (error) {
    await Promise.allSettled([writer.close(), listener.close(), pool.end()]);
    throw error;
  }
  return {
    write: (write) => writer.write(write),
    transact: (writes) => writer.transact(writes),
    get: (key) => reading(() => readObject(pool, key)),
    snapshot: () => reading(() => openSnapshot(connection)),
    changes: (after, limit) => reading(() => readChanges(pool, after, limit)),
    currentRevision: counter,
    onAdvance: (callback) => advance.subscribe(callback),
    onCommit: (callback) => {
      commits.add(callback);
      return () => commits.delete(callback);
    },
    listAt: (resource, namespace, revision) =>
      reading(() => readListAt(pool, resource, namespace, revision, isBusy(resource))),
    history: (key, limit, range) => reading(() => readHistory(pool, key, limit, range)),
    compact: (policy) => compactLog(pool, policy),
    recode: (mark, recode) => recodeTexts(pool, mark, recode),
    size: async () => {
      const { rows } = await pool.query<{ size: string }>(
        'SELECT pg_database_size(current_database()) AS size',
      );
      return Number(rows[0]?.size);
    },
    lock: (name, waitMs) => locks.lock(name, waitMs),
    close: async () => {
      await writer.close();
      await locks.close();
      await listener.close();
      await pool.end();
    },
  };
}

/** Tells listeners of each counter value that is news. */
class Advance {
  private readonly listeners = new Set<(revision: number) => void>();
  private latest = 0;

  subscribe(listener: (revision: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  announce(revision: number): void {
    if (revision <= this.latest) return;
    this.latest = revision;
    for (const listener of this.listeners) listener(revision);
  }
}

/**
 * One read at a time, shared by all who asked before it began. Who comes while one is under way gets the next: what it
 * gets must not be older than itself.
 */
function shareReads<T>(read: () => Promise<T>): () => Promise<T> {
  const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    if (next !== undefined) return next;
    const begun = last.then(nextTurn, nextTurn).then(() => {
      next = undefined;
      return read();
    });
    next = begun;
    last = begun;
    return begun;
  };
}

/** Reads may be repeated freely: a restart of the database shows as a delay. */
async function retryRead<T>(read: () => Promise<T>, forMs: number): Promise<T> {
  const deadline = Date.now() + forMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      if (Date.now() > deadline) {
        throw new StoreError('unavailable', `the database can't be reached: ${messageOf(error)}`, error);
      }
      await sleep(Math.min(25 * 2 ** attempt, 1_000));
    }
  }
}
