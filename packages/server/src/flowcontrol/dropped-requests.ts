const LONGEST_SECONDS = 32;

interface Second {
  readonly at: number;
  readonly count: number;
}

/**
 * How long a turned away client should wait: doubled while more than three requests a second are turned away, and a
 * second less for each second in which fewer than one is.
 */
export class DroppedRequests {
  #history: Second[] = [];
  #second = 0;
  #count = 0;
  #changedAt = 0;
  retryAfterSeconds = 1;

  /** `second`: Unix time. */
  record(second: number): void {
    if (second === this.#second) {
      this.#count++;
      return;
    }
    this.#history.push({ at: this.#second, count: this.#count });
    const oldest = second - Math.min(2 * this.retryAfterSeconds, LONGEST_SECONDS);
    this.#history = this.#history.filter(({ at }) => at >= oldest);
    this.#second = second;
    this.#count = 1;
    this.#adjust(second);
  }

  #adjust(second: number): void {
    const wait = this.retryAfterSeconds;
    const dropped = this.#history
      .filter(({ at }) => second - at <= wait && at < second)
      .reduce((sum, { count }) => sum + count, 0);
    if (second - this.#changedAt >= wait && dropped >= 3 * wait) {
      this.retryAfterSeconds = Math.min(wait * 2, LONGEST_SECONDS);
      this.#changedAt = second;
    } else if (dropped < wait && wait > 1) this.retryAfterSeconds = wait - 1;
  }
}
