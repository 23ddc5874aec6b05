/** Refusals of one priority level that are given at once; further ones wait for their turn. */
const AT_ONCE = 20;
const TICK_MS = 20;
const PER_TICK = 4;
/** Beyond this many that wait, the oldest is refused right away. */
const MOST = 5_000;

/**
 * Paces refusals: a client that asks again as soon as it is turned away would take more of the server with that than
 * those who wait. Not more than 200 a second of one priority level are given.
 */
export class Refusals {
  #waiting: (() => void)[] = [];
  #credit = AT_ONCE;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `refuse` when it is its turn. */
  add(refuse: () => void): void {
    if (this.#credit > 0) {
      this.#credit--;
      refuse();
    } else {
      this.#waiting.push(refuse);
      if (this.#waiting.length > MOST) this.#waiting.shift()?.();
    }
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    for (const refuse of this.#waiting.splice(0, PER_TICK)) refuse();
    if (this.#waiting.length > 0) return;
    this.#credit = Math.min(AT_ONCE, this.#credit + PER_TICK);
    if (this.#credit < AT_ONCE) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const refuse of this.#waiting.splice(0)) refuse();
  }
}
