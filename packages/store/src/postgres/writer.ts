import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@gantry/postgres/connection';
import type pg from 'pg';
import { StoreError } from '../errors.ts';
import { checkTransaction, checkWrite } from '../limits.ts';
import type { Commit, ResourceKey, Write, WriteOutcome } from '../port.ts';
import { writtenBy } from '../written.ts';
import { type BatchOutcome, decodeOutcome, encodeWrites } from './batch.ts';
import { connect, isConnectionError, isDataError, messageOf } from './client.ts';
import { type Job, WriteQueue } from './queue.ts';

export interface WriterOptions {
  readonly connection: ConnectionOptions;
  readonly isBusy: (resource: ResourceKey) => boolean;
  readonly isUrgent: (write: Write) => boolean;
  /** A batch that moved the counter was committed. Must not throw. */
  readonly onCommit: (commit: Commit) => void;
  /** How long a write waits for a lost database to come back. */
  readonly recoverMs: number;
}

const writeStatement = `SELECT gantry_write($1::uuid, $2::bigint, $3::boolean, ${[
  ...['smallint', 'smallint', 'text', 'text', 'text', 'text', 'bigint', 'text', 'boolean', 'text', 'text'],
  ...['boolean', 'int', 'text', 'text'],
  ...['int', 'smallint', 'text', 'text', 'text', 'text', 'bigint', 'boolean', 'text'],
]
  .map((type, index) => `$${index + 4}::${type}[]`)
  .join(', ')}) AS outcome`;

/**
 * Collects concurrent writes into batches and keeps one batch in flight on a connection of its own. When the
 * connection breaks in mid-batch, the batch's fate is looked up by its number under the counter lock, and a batch that
 * was not committed is barred from being so before it is sent again.
 */
export class Writer {
  private readonly options: WriterOptions;
  private readonly queue: WriteQueue;
  private readonly id = randomUUID();
  private batch = 0;
  private client: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(options: WriterOptions) {
    this.options = options;
    this.queue = new WriteQueue(options.isUrgent);
  }

  write(write: Write): Promise<WriteOutcome> {
    return new Promise((resolve, reject) => {
      checkWrite(write);
      this.admit([write]);
      this.queue.add({ write, resolve, reject });
      this.wake();
    });
  }

  transact(writes: readonly Write[]): Promise<readonly WriteOutcome[]> {
    if (writes.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      checkTransaction(writes);
      this.admit(writes);
      this.queue.addTransaction({ writes, resolve, reject });
      this.wake();
    });
  }

  /** Connects, so that a wrong address shows at once. */
  async open(): Promise<void> {
    await this.session();
  }

  /** Lets what is queued finish; later writes are refused. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private admit(writes: readonly Write[]): void {
    if (this.closed) throw new StoreError('closed', 'the store is closed');
    if (!this.queue.hasRoom(writes)) {
      throw new StoreError('overloaded', 'too many writes wait for the database; try again later');
    }
  }

  private wake(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      // A write that came in between the last look and now.
      if (!this.queue.isEmpty) this.wake();
    });
  }

  private async run(): Promise<void> {
    // Everything that this turn of the event loop brings shares the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    for (let job = this.queue.next(); job !== undefined; job = this.queue.next()) {
      await this.settle(job);
    }
  }

  private async settle(job: Job): Promise<void> {
    try {
      job.resolve((await this.send(job.writes, job.atomic)).outcomes);
    } catch (error) {
      if (!job.atomic && job.writes.length > 1 && isDataError(error)) await this.settleOneByOne(job);
      else job.reject(toStoreError(error));
    }
  }

  /** One write that the database chokes on must not harm the others of its batch. */
  private async settleOneByOne(job: Job): Promise<void> {
    const outcomes: WriteOutcome[] = [];
    const failures = new Map<number, StoreError>();
    for (const [index, write] of job.writes.entries()) {
      try {
        const [outcome] = (await this.send([write], false)).outcomes;
        if (outcome) outcomes[index] = outcome;
      } catch (error) {
        failures.set(index, toStoreError(error));
      }
    }
    job.resolve(outcomes, failures);
  }

  private async send(writes: readonly Write[], atomic: boolean): Promise<BatchOutcome> {
    const encoded = encodeWrites(writes, this.options.isBusy);
    const deadline = Date.now() + this.options.recoverMs;
    // Undefined until a batch was sent whose fate is unknown.
    let unsettled: number | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        const client = await this.session();
        if (unsettled !== undefined) {
          const text = await settleBatch(client, this.id, unsettled);
          if (text !== undefined) return this.committed(text, writes, atomic);
          unsettled = undefined;
        }
        this.batch += 1;
        unsettled = this.batch;
        const result = await client.query<{ outcome: string }>({
          name: 'gantry_write',
          text: writeStatement,
          values: [this.id, this.batch, atomic, ...encoded],
        });
        return this.committed(result.rows[0]?.outcome ?? '', writes, atomic);
      } catch (error) {
        if (!isConnectionError(error)) throw error;
        this.drop();
        if (Date.now() > deadline) {
          const failure = unsettled === undefined ? 'unavailable' : 'outcomeUnknown';
          throw new StoreError(failure, `the database can't be reached: ${messageOf(error)}`, error);
        }
        await sleep(Math.min(25 * 2 ** attempt, 1_000));
      }
    }
  }

  private committed(text: string, writes: readonly Write[], atomic: boolean): BatchOutcome {
    const outcome = decodeOutcome(text, writes);
    const { previous } = outcome;
    const taken = writes.reduce((count, { op }) => (op === 'check' ? count : count + 1), 0);
    if (taken > 0)
      this.options.onCommit({
        previous,
        revision: previous + taken,
        written: writtenBy(writes, outcome.outcomes, atomic),
      });
    return outcome;
  }

  private async session(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
    const client = await connect(this.options.connection, 'writer', (lost) => {
      if (this.client === lost) this.client = undefined;
    });
    try {
      await client.query('SELECT gantry_check_lineage()');
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  private drop(): void {
    const { client } = this;
    this.client = undefined;
    void client?.end().catch(() => undefined);
  }
}

async function settleBatch(client: pg.Client, writer: string, batch: number): Promise<string | undefined> {
  const result = await client.query<{ outcome: string | null }>(
    'SELECT gantry_settle($1::uuid, $2::bigint) AS outcome',
    [writer, batch],
  );
  return result.rows[0]?.outcome ?? undefined;
}

function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const failure = isDataError(error) ? 'invalid' : 'unavailable';
  return new StoreError(failure, `the database refuses the write: ${messageOf(error)}`, error);
}
