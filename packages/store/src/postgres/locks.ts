import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import type pg from 'pg';
import { connect } from './client.ts';

/** First half of the keys of our advisory locks; the other is a hash of the name. */
const LOCK_SPACE = 0x47_51_4c;
/** Likewise of the one place in the queue for each lock. */
const PLACE_SPACE = LOCK_SPACE + 1;
const FIRST_PAUSE_MS = 2;
const MAX_PAUSE_MS = 10;

type Got = 'lock' | 'place' | 'nothing';

/** Who has the place is the next to get the lock: whoever gives it back and wants it again comes after. */
const TAKE_LOCK = `
  WHEN NOT pg_try_advisory_lock($1, hashtext($3)) THEN 'place'
  WHEN pg_advisory_unlock($2, hashtext($3)) IS NOT NULL THEN 'lock' END AS got`;
const FROM_PLACE = `SELECT CASE ${TAKE_LOCK}`;
const FROM_NOTHING = `SELECT CASE WHEN NOT pg_try_advisory_lock($2, hashtext($3)) THEN 'nothing' ${TAKE_LOCK}`;

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
    /** The session that has the place. */
    let place: Promise<pg.Client> | undefined;
    for (let pauseMs = FIRST_PAUSE_MS; !this.#closed; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      const session = this.#open();
      try {
        const client = await session;
        const query = place === session ? FROM_PLACE : FROM_NOTHING;
        const { rows } = await client.query<{ got: Got }>(query, [LOCK_SPACE, PLACE_SPACE, name]);
        const got = rows[0]?.got;
        if (got === 'lock') return () => this.#unlock(session, LOCK_SPACE, name);
        place = got === 'place' ? session : undefined;
      } catch {
        this.#drop(session);
      }
      if (Date.now() + pauseMs > deadline) break;
      await sleep(pauseMs);
    }
    if (place !== undefined) this.#unlock(place, PLACE_SPACE, name);
    return undefined;
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

  #unlock(session: Promise<pg.Client>, space: number, name: string): void {
    session
      .then((client) => client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [space, name]))
      .catch(() => this.#drop(session));
  }
}
