import { performance } from 'node:perf_hooks';
import { loopSeats } from './metrics.ts';

/**
 * Work that may be under way at once, in milliseconds of this process's one thread: while the thread is full, and while
 * much of the time goes into waiting for the store. It is about what a request that begins now waits for the others.
 */
const FULL_MS = 4;
const FREE_MS = 10;
/** Share of the time in which the loop does something, above which it counts as full. */
const FULL = 0.85;
const SAMPLE_MS = 50;
/** Fewer requests than this say nothing of what one costs: the rest of the process weighs too much. */
const SAMPLE_SEATS = 20;
const FEWEST = 12;
const GROWTH = 1.3;
/** Of a sample that is cheaper than what was known, and of one that is dearer: handshakes and the like pass. */
const CHEAPER_WEIGHT = 0.7;
const DEARER_WEIGHT = 0.1;
const MOST_DEARER = 4;
/** How fast the least cost is forgotten, a sample. */
const DRIFT = 1.02;
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
  /** With few seats under way, what one costs holds much that is there anyhow; the least is nearer to its own. */
  #least = FIRST_COST;
  limit = FEWEST;

  constructor(most: number, now: number, usage: () => Usage = () => performance.eventLoopUtilization()) {
    this.#most = Math.max(most, FEWEST);
    this.#usage = usage;
    this.#last = usage();
    this.#sampledAt = now;
    this.#set(FREE_MS / this.#cost);
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
    if (active > 0) this.#learn(active / this.#finished);
    const full = total > 0 && active / total > FULL;
    this.#last = usage;
    this.#sampledAt = now;
    this.#finished = 0;
    this.#set(full ? FULL_MS / this.#cost : Math.min(FREE_MS / this.#least, this.limit * GROWTH));
  }

  #learn(cost: number): void {
    const weight = cost < this.#cost ? CHEAPER_WEIGHT : DEARER_WEIGHT;
    this.#cost += weight * (Math.min(cost, this.#cost * MOST_DEARER) - this.#cost);
    this.#least = Math.min(this.#least * DRIFT, this.#cost);
  }

  #set(limit: number): void {
    this.limit = Math.min(this.#most, Math.max(FEWEST, Math.round(limit)));
    loopSeats.set(this.limit);
  }
}
