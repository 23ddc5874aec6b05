/** How events are gathered; the names and defaults of the original's `--audit-*-batch-*` flags. */
export interface BatchOptions {
  /** Events held; more are dropped. */
  readonly bufferSize: number;
  readonly maxBatchSize: number;
  /** Characters of a batch of several; absent = a bound of our own. */
  readonly maxBatchBytes?: number;
  readonly maxBatchWaitMs: number;
  /** Batches per second and at once; absent = no throttle. */
  readonly throttle?: { readonly qps: number; readonly burst: number };
  /** Batches under way at once. */
  readonly parallel?: number;
}

export interface BatchQueueParts<T> {
  readonly options: BatchOptions;
  /** Characters that an item holds, roughly. */
  sizeOf(item: T): number;
  write(batch: readonly T[]): Promise<void>;
  /** Told of events that are lost: no room for them, or their write failed. */
  onLost(count: number, error: unknown): void;
}

/** Characters held, and in one batch, whatever the number of items is. */
const MAX_HELD = 64 * 1024 * 1024;
const MAX_BATCH = 8 * 1024 * 1024;

/** Gathers items and writes them in batches. Bounded: what does not fit is lost and counted. */
export class BatchQueue<T> {
  readonly #parts: BatchQueueParts<T>;
  #items: T[] = [];
  #held = 0;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer goes off; epoch milliseconds. */
  #due = 0;
  #tokens: number;
  #refilled = Date.now();
  #overflow = 0;
  #idle: (() => void)[] = [];
  #closing = false;

  constructor(parts: BatchQueueParts<T>) {
    this.#parts = parts;
    this.#tokens = parts.options.throttle?.burst ?? Number.POSITIVE_INFINITY;
  }

  /** False when the item is lost. */
  push(item: T): boolean {
    const { bufferSize, maxBatchSize } = this.#parts.options;
    const size = this.#parts.sizeOf(item);
    if (this.#items.length >= bufferSize || this.#held + size > MAX_HELD) {
      // Told together with the next batch, so that a flood is one line.
      this.#overflow++;
      return false;
    }
    this.#items.push(item);
    this.#held += size;
    if (this.#items.length >= maxBatchSize) this.#pump();
    else this.#arm(this.#parts.options.maxBatchWaitMs);
    return true;
  }

  /** Writes all that is held; waits at most `withinMs`. */
  async close(withinMs = 5_000): Promise<void> {
    this.#closing = true;
    this.#pump();
    if (this.#items.length === 0 && this.#running === 0) return;
    let late: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => this.#idle.push(resolve)),
      new Promise<void>((resolve) => {
        late = setTimeout(resolve, withinMs);
      }),
    ]);
    clearTimeout(late);
  }

  /** The earliest wish counts. */
  #arm(ms: number): void {
    const due = Date.now() + ms;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pump();
    }, ms);
    this.#timer.unref();
  }

  #pump(): void {
    const { maxBatchSize, parallel = 1 } = this.#parts.options;
    while (this.#items.length > 0 && this.#running < parallel) {
      const wait = this.#closing ? 0 : this.#takeToken();
      if (wait > 0) {
        this.#arm(wait);
        return;
      }
      const batch = this.#take(maxBatchSize);
      this.#running++;
      void this.#write(batch);
    }
    if (this.#items.length === 0 && this.#running === 0) for (const done of this.#idle.splice(0)) done();
  }

  /** The next items, one at least. */
  #take(most: number): readonly T[] {
    const { maxBatchBytes = MAX_BATCH } = this.#parts.options;
    let count = 0;
    let size = 0;
    while (count < most && count < this.#items.length) {
      const next = this.#parts.sizeOf(this.#items[count] as T);
      if (count > 0 && size + next > Math.min(MAX_BATCH, maxBatchBytes)) break;
      size += next;
      count++;
    }
    const batch = this.#items.slice(0, count);
    this.#items = this.#items.slice(count);
    this.#held -= size;
    return batch;
  }

  async #write(batch: readonly T[]): Promise<void> {
    try {
      await this.#parts.write(batch);
    } catch (error) {
      this.#parts.onLost(batch.length, error);
    }
    if (this.#overflow > 0) {
      this.#parts.onLost(this.#overflow, new Error('the audit buffer is full'));
      this.#overflow = 0;
    }
    this.#running--;
    if (this.#closing || this.#items.length >= this.#parts.options.maxBatchSize) this.#pump();
    else if (this.#items.length > 0) this.#arm(this.#parts.options.maxBatchWaitMs);
  }

  /** Milliseconds until a batch may go; 0 = now. */
  #takeToken(): number {
    const { throttle } = this.#parts.options;
    if (throttle === undefined) return 0;
    const now = Date.now();
    this.#tokens = Math.min(throttle.burst, this.#tokens + ((now - this.#refilled) / 1000) * throttle.qps);
    this.#refilled = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / throttle.qps) * 1000);
    this.#tokens--;
    return 0;
  }
}
