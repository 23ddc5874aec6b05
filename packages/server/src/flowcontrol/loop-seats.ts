import { performance } from 'node:perf_hooks';
import { loopSeats } from './metrics.ts';

/** Work that may be begun at once, in milliseconds of this process's one thread: about the length of its turns. */
const TURN_MS = 6;
const SAMPLE_MS = 50;
const FEWEST = 4;
/** Share of the time in which the loop does something, above which it counts as full, and below which as free. */
const FULL = 0.85;
const FREE = 0.7;
const GROWTH = 1.5;
const SMOOTHING = 0.3;

interface Usage {
  /** Milliseconds in which the loop did something, and in which it waited, since the process began. */
  readonly active: number;
  readonly idle: number;
}

/**
 * How many seats the event loop carries. The seats of the priority levels bound what waits for the store; all of them
 * share one thread, so that what is begun together also delays each other. While the thread is full, as many seats are
 * given as cost about one turn; else there is no need for a bound.
 */
export class LoopSeats {
  readonly #most: number;
  readonly #usage: () => Usage;
  #last: Usage;
  #sampledAt: number;
  #finished = 0;
  #cost: number | undefined;
  limit: number;

  constructor(most: number, now: number, usage: () => Usage = () => performance.eventLoopUtilization()) {
    this.#most = Math.max(most, FEWEST);
    this.#usage = usage;
    this.#last = usage();
    this.#sampledAt = now;
    this.limit = Math.min(64, this.#most);
    loopSeats.set(this.limit);
  }

  /** Seats were given back. */
  finished(seats: number, now: number): void {
    this.#finished += seats;
    if (now - this.#sampledAt >= SAMPLE_MS) this.#sample(now);
  }

  #sample(now: number): void {
    const usage = this.#usage();
    const active = usage.active - this.#last.active;
    const total = active + usage.idle - this.#last.idle;
    const busy = total > 0 ? active / total : 0;
    if (busy > FULL) {
      const cost = active / Math.max(1, this.#finished);
      this.#cost = this.#cost === undefined ? cost : this.#cost + SMOOTHING * (cost - this.#cost);
      this.limit = Math.min(this.#most, Math.max(FEWEST, Math.round(TURN_MS / this.#cost)));
    } else if (busy < FREE) this.limit = Math.min(this.#most, Math.ceil(this.limit * GROWTH));
    this.#last = usage;
    this.#sampledAt = now;
    this.#finished = 0;
    loopSeats.set(this.limit);
  }
}
