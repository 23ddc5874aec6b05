import { SERVICE_MS, type Ticket } from './ticket.ts';

/** Requests of the flows that share a queue, in the order of their arrival. */
export class Queue {
  readonly #waiting: Ticket[] = [];
  #head = 0;
  readonly executing = new Set<Ticket>();
  seatsInUse = 0;
  waitingSeats = 0;
  waitingWork = 0;
  /** The level's progress at which the next request would begin, were all queues served evenly. */
  nextStart = 0;

  get length(): number {
    return this.#waiting.length - this.#head;
  }

  get idle(): boolean {
    return this.length === 0 && this.executing.size === 0;
  }

  get oldest(): Ticket | undefined {
    return this.#waiting[this.#head];
  }

  get waiting(): readonly Ticket[] {
    return this.#waiting.slice(this.#head);
  }

  add(ticket: Ticket): void {
    this.#waiting.push(ticket);
    this.waitingSeats += ticket.seats;
    this.waitingWork += ticket.expectedWork;
  }

  /** Takes one out, mostly the oldest. */
  remove(ticket: Ticket): boolean {
    if (this.oldest === ticket) {
      this.#head++;
      if (this.#head > 64 && this.#head * 2 > this.#waiting.length) {
        this.#waiting.splice(0, this.#head);
        this.#head = 0;
      }
    } else {
      const at = this.#waiting.indexOf(ticket, this.#head);
      if (at < 0) return false;
      this.#waiting.splice(at, 1);
    }
    this.waitingSeats -= ticket.seats;
    this.waitingWork = this.length === 0 ? 0 : this.waitingWork - ticket.expectedWork;
    this.bound();
    return true;
  }

  /** A queue that was idle must not make up for that: it begins no earlier than its oldest request came. */
  bound(): void {
    const { oldest } = this;
    if (oldest !== undefined && this.nextStart < oldest.arrivalProgress)
      this.nextStart = oldest.arrivalProgress;
  }

  /** Puts right what was charged for a request that took longer or shorter than was expected. */
  settle(ticket: Ticket, tookMs: number): void {
    this.nextStart -= ticket.work.initialSeats * (SERVICE_MS - tookMs);
    this.bound();
  }
}
