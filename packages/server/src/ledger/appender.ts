import { tooManyRequests } from '@gantry/machinery/status';
import type { Ledger, LedgerRow } from '@gantry/store/ledger-port';

const MAX_ROWS = 20_000;
/** Characters held, and in one insert, whatever the number of rows is. */
const MAX_HELD = 64 * 1024 * 1024;
const MAX_INSERT = 8 * 1024 * 1024;
const MAX_INSERT_ROWS = 2_000;

interface Waiting {
  readonly rows: readonly LedgerRow[];
  readonly size: number;
  resolve(made: ReadonlySet<string>): void;
  reject(error: unknown): void;
}

const sizeOf = (rows: readonly LedgerRow[]): number =>
  rows.reduce(
    (sum, { manifest, error, message }) =>
      sum + 500 + (manifest?.length ?? 0) + error.length + message.length,
    0,
  );

/** Appends to the ledger: what comes while an insert is under way goes together in the next one. Bounded. */
export class LedgerAppender {
  readonly #ledger: Pick<Ledger, 'append'>;
  #waiting: Waiting[] = [];
  #rows = 0;
  #held = 0;
  #running: Promise<void> | undefined;

  constructor(ledger: Pick<Ledger, 'append'>) {
    this.#ledger = ledger;
  }

  /** Resolves once they are stored, to the names of those that were not there. Rejects when there is no room, or when the database failed. */
  append(rows: readonly LedgerRow[]): Promise<ReadonlySet<string>> {
    const size = sizeOf(rows);
    const isFull = this.#rows + rows.length > MAX_ROWS || this.#held + size > MAX_HELD;
    if (isFull && this.#waiting.length > 0)
      return Promise.reject(tooManyRequests('the ledger takes no more entries for the moment', 1));
    this.#rows += rows.length;
    this.#held += size;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, size, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async close(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // What the same turn of the event loop brings goes along.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      const rows = batch.flatMap((one) => one.rows);
      try {
        const made = await this.#ledger.append(rows);
        for (const one of batch) one.resolve(made);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
      this.#rows -= rows.length;
      this.#held -= batch.reduce((sum, { size }) => sum + size, 0);
    }
    this.#running = undefined;
  }

  /** One at least. */
  #take(): Waiting[] {
    let count = 0;
    let size = 0;
    let rows = 0;
    for (const one of this.#waiting) {
      if (count > 0 && (size + one.size > MAX_INSERT || rows + one.rows.length > MAX_INSERT_ROWS)) break;
      count++;
      size += one.size;
      rows += one.rows.length;
    }
    return this.#waiting.splice(0, count);
  }
}
