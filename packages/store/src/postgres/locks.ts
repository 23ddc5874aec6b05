import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import type pg from 'pg';
import { connect } from './client.ts';

/** First half of the keys of our advisory locks; the other is a hash of the name. */
const LOCK_SPACE = 0x47_51_4c;
const FIRST_PAUSE_MS = 2;
const MAX_PAUSE_MS = 50;

/**
 * Locks that all stores of a database share, held by one session. It is asked again and again, so that one name never
 * makes another wait; when the session ends, all its locks are free.
 */
export class Locks {
  readonly #connection: ConnectionOptions;
  #session: Promise<pg.Client> | undefined;
  #closed = false;

  constructor(connection: ConnectionOptions) {
    this.#connection = connection;
  }

  /** A name must not be asked for twice at once. Resolves to how to give it back; undefined when it can't be had. */
  async lock(name: string, waitMs: number): Promise<(() => void) | undefined> {
    const deadline = Date.now() + waitMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      const session = this.#open();
      try {
        const client = await session;
        const { rows } = await client.query<{ got: boolean }>(
          'SELECT pg_try_advisory_lock($1, hashtext($2)) AS got',
          [LOCK_SPACE, name],
        );
        if (rows[0]?.got === true) return () => this.#unlock(session, name);
      } catch {
        this.#drop(session);
      }
      if (this.#closed || Date.now() + pauseMs > deadline) return undefined;
      await sleep(pauseMs);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const session = this.#session;
    this.#session = undefined;
    await session?.then(
      (client) => client.end(),
      () => undefined,
    );
  }

  #open(): Promise<pg.Client> {
    if (this.#session !== undefined) return this.#session;
    const session: Promise<pg.Client> = connect(this.#connection, 'locks', () => this.#drop(session));
    session.catch(() => undefined);
    this.#session = session;
    return session;
  }

  #drop(session: Promise<pg.Client>): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    session.then((client) => client.end()).catch(() => undefined);
  }

  #unlock(session: Promise<pg.Client>, name: string): void {
    session
      .then((client) => client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, name]))
      .catch(() => this.#drop(session));
  }
}
