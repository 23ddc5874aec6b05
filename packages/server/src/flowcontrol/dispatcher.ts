import { LoopSeats } from './loop-seats.ts';
import type { PriorityLevel } from './priority-level.ts';
import type { Ticket } from './ticket.ts';

/** Longest that a request waits in its queue: a quarter of what it may take in all. */
const WAIT_MS = 15_000;
const SWEEP_MS = 500;
/** The share of the loop of a level that was given no seats. */
const LEAST_WEIGHT = 1;

/** A request was turned away; the reason is for metrics only. */
export class Rejected extends Error {
  readonly retryAfterSeconds: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(level: PriorityLevel, ticket: Ticket, reason: string) {
    super(reason);
    this.name = 'Rejected';
    level.dropped.record(Math.floor(Date.now() / 1000));
    this.retryAfterSeconds = level.dropped.retryAfterSeconds;
    this.headers = ticket.flow.headers;
  }
}

/**
 * Lets requests begin: at once while their level and the event loop have seats, else in turn. Turns go round the
 * levels by what each got of the loop over its limit, and inside a level round its queues. A level of which nothing
 * executes may always begin one, however full the loop is.
 */
export class Dispatcher {
  readonly #levels = new Set<PriorityLevel>();
  readonly #loop: LoopSeats;
  readonly #now: () => number;
  readonly #soon: (run: () => void) => void;
  #seatsInUse = 0;
  #served = 0;
  #scheduled = false;
  #sweep: NodeJS.Timeout | undefined;
  /** A level that was to end has become idle. */
  onDrained: () => void = () => undefined;

  constructor(
    seats: number,
    options: {
      readonly now?: () => number;
      readonly soon?: (run: () => void) => void;
      readonly loop?: LoopSeats;
    } = {},
  ) {
    this.#now = options.now ?? (() => performance.now());
    this.#soon = options.soon ?? setImmediate;
    this.#loop = options.loop ?? new LoopSeats(seats, this.#now());
  }

  get levels(): ReadonlySet<PriorityLevel> {
    return this.#levels;
  }

  add(level: PriorityLevel): void {
    level.served = this.#served;
    this.#levels.add(level);
  }

  remove(level: PriorityLevel): void {
    this.#levels.delete(level);
  }

  /** Limits have changed. */
  wake(): void {
    if (this.#anyWaiting()) this.#schedule();
  }

  /**
   * Resolves, or returns at once, when the request may begin; whoever begins must call `finish`. Throws, or rejects
   * with, Rejected. `onWait` is given how to withdraw a request that has to wait.
   */
  enter(
    level: PriorityLevel,
    ticket: Ticket,
    onWait?: (withdraw: () => void) => void,
  ): Promise<void> | undefined {
    const now = ticket.arrivedAt;
    const { exempt, queuing } = level.config;
    if (exempt) {
      level.start(ticket, now);
      return undefined;
    }
    level.assign(ticket, now);
    if (this.#mayBegin(level, ticket)) {
      this.#start(level, ticket, now);
      return undefined;
    }
    if (queuing === undefined) return this.#reject(level, ticket, 'concurrency-limit');
    if (!level.enqueue(ticket, now)) return this.#reject(level, ticket, 'queue-full');
    this.#schedule();
    this.#startSweep();
    return new Promise((resolve, reject) => {
      ticket.decide = (reason) => {
        ticket.decide = undefined;
        if (reason === undefined) resolve();
        else reject(new Rejected(level, ticket, reason));
      };
      onWait?.(() => this.#withdraw(level, ticket));
    });
  }

  finish(level: PriorityLevel, ticket: Ticket): void {
    const now = this.#now();
    level.finish(ticket, now);
    const { initialSeats, finalSeats, additionalMs } = ticket.work;
    if (!level.config.exempt) {
      this.#seatsInUse -= initialSeats;
      this.#loop.finished(initialSeats, now);
    }
    if (finalSeats > 0 && additionalMs > 0 && !level.config.exempt)
      setTimeout(() => this.#release(level, ticket, this.#now()), additionalMs);
    else this.#release(level, ticket, now);
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const { refusals } of this.#levels) refusals.close();
  }

  #release(level: PriorityLevel, ticket: Ticket, now: number): void {
    level.release(ticket, now);
    if (level.quiescing && level.idle) this.onDrained();
    if (this.#anyWaiting()) this.#schedule();
  }

  /** Whose queue is idle has had nothing of the loop lately: no need to wait for its turn, it is the next. */
  #mayBegin(level: PriorityLevel, ticket: Ticket): boolean {
    if (!level.hasSeats(ticket.seats)) return false;
    if (ticket.queue === undefined || ticket.queue.idle) return true;
    return level.waiting === 0 && this.#loopHasSeats(level, ticket.work.initialSeats);
  }

  #loopHasSeats(level: PriorityLevel, seats: number): boolean {
    return level.executing === 0 || this.#seatsInUse + seats <= this.#loop.limit;
  }

  #start(level: PriorityLevel, ticket: Ticket, now: number): void {
    level.start(ticket, now);
    this.#seatsInUse += ticket.work.initialSeats;
    // A level that had nothing to do has no claim on the past.
    if (level.served < this.#served) level.served = this.#served;
    level.served += ticket.seats / Math.max(level.limit, LEAST_WEIGHT);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#soon(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const now = this.#now();
    for (;;) {
      let chosen: PriorityLevel | undefined;
      let next: Ticket | undefined;
      for (const level of this.#levels) {
        if (level.waiting === 0 || (chosen !== undefined && level.served >= chosen.served)) continue;
        const ticket = level.peek();
        if (ticket === undefined || !this.#loopHasSeats(level, ticket.work.initialSeats)) continue;
        chosen = level;
        next = ticket;
      }
      if (chosen === undefined || next === undefined) break;
      chosen.leave(next, now);
      this.#served = Math.max(this.#served, chosen.served);
      this.#start(chosen, next, now);
      next.decide?.();
    }
    if (!this.#anyWaiting()) this.#stopSweep();
  }

  #withdraw(level: PriorityLevel, ticket: Ticket, reason = 'cancelled'): void {
    const now = this.#now();
    if (!level.leave(ticket, now)) return;
    level.rejected++;
    level.cancelled++;
    ticket.flow.series.rejected(reason);
    ticket.flow.series.waitedInVain.observe((now - ticket.arrivedAt) / 1000);
    ticket.decide?.(reason);
  }

  #reject(level: PriorityLevel, ticket: Ticket, reason: string): Promise<void> {
    level.rejected++;
    ticket.flow.series.rejected(reason);
    return new Promise((_resolve, reject) => {
      level.refusals.add(() => reject(new Rejected(level, ticket, reason)));
    });
  }

  #anyWaiting(): boolean {
    for (const { waiting } of this.#levels) if (waiting > 0) return true;
    return false;
  }

  #startSweep(): void {
    if (this.#sweep !== undefined) return;
    this.#sweep = setInterval(() => {
      const since = this.#now() - WAIT_MS;
      for (const level of this.#levels)
        for (const ticket of level.overdue(since)) this.#withdraw(level, ticket, 'time-out');
    }, SWEEP_MS);
    this.#sweep.unref();
  }

  #stopSweep(): void {
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }
}
