interface Bucket {
  tokens: number;
  atMs: number;
}

const KEYS_MAX = 10_000;

/** A token bucket a key: `burst` at once, then `perSecond`. */
export class RateLimit {
  readonly #burst: number;
  readonly #perSecond: number;
  /** Oldest use first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** Takes one; false when there is none left. */
  take(key: string, nowMs: number): boolean {
    const before = this.#buckets.get(key) ?? { tokens: this.#burst, atMs: nowMs };
    const earned = (Math.max(0, nowMs - before.atMs) / 1_000) * this.#perSecond;
    const tokens = Math.min(this.#burst, before.tokens + earned);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > KEYS_MAX && oldest !== undefined) this.#buckets.delete(oldest);
    return tokens >= 1;
  }
}
