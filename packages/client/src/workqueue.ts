/** Time as the queue needs it; tests give their own. */
export interface Timers {
  now(): number;
  /** Calls back once after `ms`; the result cancels. */
  after(ms: number, call: () => void): () => void;
}

const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Told of what happens to keys; times in milliseconds. */
export interface WorkqueueObserver {
  added(): void;
  /** A worker took a key that had waited so long. */
  began(waited: number): void;
  /** A worker was done with a key after so long. */
  ended(took: number): void;
  /** A key is to be added later. */
  delayed(): void;
}

export interface WorkqueueOptions {
  readonly observer?: WorkqueueObserver;
  readonly timers?: Timers;
  /** Delay after the first failure; doubles with each. Default 5 ms, as client-go. */
  readonly baseDelayMs?: number;
  /** Default 1,000 s, as client-go. */
  readonly maxDelayMs?: number;
}

/** A Node timer can't wait longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The contract of client-go's rate-limited work queue: a key is queued at most once; while it is worked on, adding it
 * marks it dirty, and it is queued again when that work is done, so that no key is ever worked on twice at once and no
 * change is lost.
 */
export class Workqueue {
  readonly #timers: Timers;
  readonly #baseDelayMs: number;
  readonly #maxDelayMs: number;
  readonly #queue = new Set<string>();
  readonly #observer: WorkqueueObserver | undefined;
  /** Keys that must be worked on, and since when (`performance.now()`). */
  readonly #dirty = new Map<string, number>();
  /** Keys that are worked on, and since when. */
  readonly #processing = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #delayed = new Map<string, { readonly at: number; readonly cancel: () => void }>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #closed = false;

  constructor(options: WorkqueueOptions = {}) {
    this.#timers = options.timers ?? systemTimers;
    this.#observer = options.observer;
    this.#baseDelayMs = options.baseDelayMs ?? 5;
    this.#maxDelayMs = options.maxDelayMs ?? 1_000_000;
  }

  /** Keys that wait for a worker; delayed ones are not among them. */
  get length(): number {
    return this.#queue.size;
  }

  /** Keys that wait, those included that are worked on meanwhile. */
  get depth(): number {
    return this.#dirty.size;
  }

  /** How long each worker has been at its key, in milliseconds. */
  *running(): Generator<number> {
    const now = performance.now();
    for (const began of this.#processing.values()) yield now - began;
  }

  add(key: string): void {
    if (this.#closed || this.#dirty.has(key)) return;
    this.#dirty.set(key, performance.now());
    this.#observer?.added();
    if (this.#processing.has(key)) return;
    this.#offer(key);
  }

  /** Of several delayed adds of a key the earliest counts. */
  addAfter(key: string, ms: number): void {
    if (this.#closed) return;
    this.#observer?.delayed();
    if (ms <= 0) {
      this.add(key);
      return;
    }
    const at = this.#timers.now() + ms;
    const waiting = this.#delayed.get(key);
    if (waiting !== undefined && waiting.at <= at) return;
    waiting?.cancel();
    this.#delay(key, at);
  }

  #delay(key: string, at: number): void {
    const cancel = this.#timers.after(Math.min(Math.max(at - this.#timers.now(), 0), MAX_TIMER_MS), () => {
      this.#delayed.delete(key);
      if (at > this.#timers.now() + 1) this.#delay(key, at);
      else this.add(key);
    });
    this.#delayed.set(key, { at, cancel });
  }

  /** Adds after a delay that doubles with each failure since the last `forget`. */
  addRateLimited(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(this.#baseDelayMs * 2 ** Math.min(failures, 60), this.#maxDelayMs));
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  failuresOf(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** The next key, once there is one; `done` must follow. Undefined after `close`. */
  take(): Promise<string | undefined> {
    for (const key of this.#queue) {
      this.#queue.delete(key);
      this.#begin(key);
      return Promise.resolve(key);
    }
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  done(key: string): void {
    const began = this.#processing.get(key);
    if (began !== undefined) this.#observer?.ended(performance.now() - began);
    this.#processing.delete(key);
    if (this.#dirty.has(key) && !this.#closed) this.#offer(key);
  }

  /** Keys still queued are dropped; waiting workers get undefined. */
  close(): void {
    this.#closed = true;
    this.#queue.clear();
    this.#dirty.clear();
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #offer(key: string): void {
    const taker = this.#takers.shift();
    if (taker === undefined) {
      this.#queue.add(key);
      return;
    }
    this.#begin(key);
    taker(key);
  }

  #begin(key: string): void {
    const now = performance.now();
    this.#observer?.began(now - (this.#dirty.get(key) ?? now));
    this.#dirty.delete(key);
    this.#processing.set(key, now);
  }
}
