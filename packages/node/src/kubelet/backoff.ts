/** Waiting times that double from `initialMs` to `maxMs`, one a key; forgotten after twice the maximum without use. */
export class Backoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #entries = new Map<string, { waitMs: number; at: number }>();

  constructor(initialMs: number, maxMs: number) {
    this.#initialMs = initialMs;
    this.#maxMs = maxMs;
  }

  /** The current wait of the key in milliseconds; 0 when it has none. */
  current(key: string): number {
    return this.#entries.get(key)?.waitMs ?? 0;
  }

  /** Milliseconds until `since + wait`; 0 or less when the wait is over, or there is none. */
  remaining(key: string, since: number, now: number): number {
    const entry = this.#entries.get(key);
    if (entry === undefined || since - entry.at > 2 * this.#maxMs) return 0;
    return since + entry.waitMs - now;
  }

  /** As `remaining`, from the last time that `next` was called. */
  remainingSinceUpdate(key: string, now: number): number {
    const entry = this.#entries.get(key);
    return entry === undefined ? 0 : entry.at + entry.waitMs - now;
  }

  /** Notes one more failure at `at`. */
  next(key: string, at: number): void {
    const entry = this.#entries.get(key);
    const isNew = entry === undefined || at - entry.at > 2 * this.#maxMs;
    this.#entries.set(key, {
      waitMs: isNew ? this.#initialMs : Math.min(entry.waitMs * 2, this.#maxMs),
      at,
    });
  }

  /** Forgets the keys that start with `prefix`. */
  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }
}

/** As Go prints a duration: 10s, 1m20s, 5m0s. */
export function goDuration(ms: number): string {
  if (ms < 1000) return ms === 0 ? '0s' : `${ms}ms`;
  const seconds = ms / 1000;
  const minutes = Math.floor(seconds / 60);
  const rest = Number((seconds % 60).toFixed(3));
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours}h${minutes % 60}m${rest}s`;
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`;
}
