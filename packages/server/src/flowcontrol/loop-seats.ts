import { performance } from 'node:perf_hooks';
import { loopSeats } from './metrics.ts';

/**
 * Work that may be under way at once, in milliseconds of this process's one thread: while the thread is full, and while
 * much of the time goes into waiting for the store. It is about what a request that begins now waits for the others.
 */
const FULL_MS = 6;
const FREE_MS = 16;
/** Share of the time in which the loop does something, above which it counts as full. */
const FULL = 0.85;
const SAMPLE_MS = 50;
/** Fewer requests than this say nothing of what one costs: the rest of the process weighs too much. */
const SAMPLE_SEATS = 20;
const FEWEST = 4;
const GROWTH = 1.3;
const SMOOTHING = 0.3;
/** Milliseconds that a seat is taken to cost, until it is known. */
const FIRST_COST = 0.25;

interface Usage {
  /** Milliseconds in which the loop did something, and in which it waited, since the process began. */
  readonly active: number;
  readonly idle: number;
}

/**
 * How many seats the event loop carries. The seats of the priority levels bound what waits for the store; all of them
 * share one thread, so that what is under way together also delays each other.
 */
export class LoopSeats {
  readonly #most: number;
  readonly #usage: () => Usage;
  #last: Usage;
  #sampledAt: number;
  #finished = 0;
  #cost = FIRST_COST;
  #target = FREE_MS;
  limit = FEWEST;

  constructor(most: number, now: number, usage: () => Usage = () => performance.eventLoopUtilization()) {
    this.#most = Math.max(most, FEWEST);
    this.#usage = usage;
    this.#last = usage();
    this.#sampledAt = now;
    this.#follow();
  }

  /** Seats were given back. */
  finished(seats: number, now: number): void {
    this.#finished += seats;
    if (this.#finished >= SAMPLE_SEATS && now - this.#sampledAt >= SAMPLE_MS) this.#sample(now);
  }

  #sample(now: number): void {
    const usage = this.#usage();
    const active = usage.active - this.#last.active;
    const total = active + usage.idle - this.#last.idle;
    const cost = active / this.#finished;
    if (active > 0) this.#cost += SMOOTHING * (cost - this.#cost);
    const full = total > 0 && active / total > FULL;
    this.#target = full ? FULL_MS : Math.min(FREE_MS, this.#target * GROWTH);
    this.#last = usage;
    this.#sampledAt = now;
    this.#finished = 0;
    this.#follow();
  }

  #follow(): void {
    this.limit = Math.min(this.#most, Math.max(FEWEST, Math.round(this.#target / this.#cost)));
    loopSeats.set(this.limit);
  }
}
