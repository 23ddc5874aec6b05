interface Failures {
  /** What was tried; something else begins anew. */
  readonly tag: string;
  readonly count: number;
  readonly at: number;
  readonly until: number;
  readonly reason: string;
}

/** How long to wait before the same thing is tried again: doubles with each time, and is forgotten after a quiet while. */
export class Backoff {
  readonly #firstMs: number;
  readonly #maxMs: number;
  readonly #failures = new Map<string, Failures>();

  constructor(firstMs: number, maxMs: number) {
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
  }

  /** Notes one more time; returns the milliseconds to wait. */
  again(key: string, tag: string, now: number, reason = ''): number {
    const last = this.#failures.get(key);
    const quiet = last === undefined || last.tag !== tag || now - last.at > 2 * this.#maxMs;
    const count = quiet ? 1 : last.count + 1;
    const delay = Math.min(this.#firstMs * 2 ** (count - 1), this.#maxMs);
    this.#failures.set(key, { tag, count, at: now, until: now + delay, reason });
    return delay;
  }

  /** Milliseconds until it may be tried again; 0 = now. */
  remaining(key: string, tag: string, now: number): number {
    const last = this.#failures.get(key);
    return last === undefined || last.tag !== tag ? 0 : Math.max(0, last.until - now);
  }

  /** Why it failed the last time. */
  reasonOf(key: string): string {
    return this.#failures.get(key)?.reason ?? '';
  }

  /** How often it was noted without a quiet while between. */
  timesOf(key: string): number {
    return this.#failures.get(key)?.count ?? 0;
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }
}
