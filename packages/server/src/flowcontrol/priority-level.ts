import { DroppedRequests } from './dropped-requests.ts';
import { Integrator } from './integrator.ts';
import { levelGauges } from './metrics.ts';
import { Queue } from './queue.ts';
import { Refusals } from './refusals.ts';
import { Dealer } from './shuffle-sharding.ts';
import type { Ticket } from './ticket.ts';

/** How a priority level treats what it has no seats for. */
export interface LevelConfig {
  readonly name: string;
  readonly uid: string;
  readonly exempt: boolean;
  readonly shares: number;
  readonly lendablePercent: number;
  /** Absent: as much as the server has. */
  readonly borrowingLimitPercent: number | undefined;
  /** Absent: requests beyond the limit are turned away at once. */
  readonly queuing:
    | { readonly queues: number; readonly handSize: number; readonly lengthLimit: number }
    | undefined;
}

/**
 * One priority level: its queues, and fair queuing among them. Progress is the seat-milliseconds that each busy queue
 * would have got by now, were all served evenly; a queue whose next request would end first at that pace is served next.
 */
export class PriorityLevel {
  config: LevelConfig;
  readonly name: string;
  #queues: Queue[] = [];
  #dealer: Dealer | undefined;
  readonly #busy = new Set<Queue>();
  readonly #executingWithoutQueue = new Set<Ticket>();
  #progress = 0;
  #progressAt: number;
  #turn = 0;
  readonly demand: Integrator;
  readonly dropped = new DroppedRequests();
  readonly refusals = new Refusals();
  /** Seats that it may use now; the controller moves seats between levels. */
  limit = 0;
  waiting = 0;
  waitingSeats = 0;
  executing = 0;
  seatsInUse = 0;
  dispatched = 0;
  rejected = 0;
  cancelled = 0;
  /** What it was served by the event loop, over its share of it: the least served comes next. */
  served = 0;
  /** Its object is gone; it ends with its last request. */
  quiescing = false;

  constructor(config: LevelConfig, now: number) {
    this.name = config.name;
    this.demand = new Integrator(now);
    this.#progressAt = now;
    this.config = config;
    this.configure(config);
  }

  configure(config: LevelConfig): void {
    this.config = config;
    const { queuing } = config;
    this.#dealer = queuing === undefined ? undefined : new Dealer(queuing.queues, queuing.handSize);
    while (this.#queues.length < (queuing?.queues ?? 0)) this.#queues.push(new Queue());
    this.#dropIdleQueues();
  }

  get idle(): boolean {
    return this.waiting === 0 && this.executing === 0;
  }

  get queues(): readonly Queue[] {
    return this.#queues;
  }

  get executingWithoutQueue(): ReadonlySet<Ticket> {
    return this.#executingWithoutQueue;
  }

  /** Whether there are seats. A request that wants more than all there are runs alone. */
  hasSeats(seats: number): boolean {
    if (this.config.exempt) return true;
    if (seats > this.limit) return this.executing === 0;
    return this.seatsInUse + seats <= this.limit;
  }

  /** Gives a request its queue: of the flow's hand, the one with the least work in it. */
  assign(ticket: Ticket, now: number): void {
    this.#advance(now);
    ticket.arrivalProgress = this.#progress;
    if (this.#dealer === undefined) return;
    const { schema, distinguisher } = ticket.flow;
    const hand = this.#dealer.handOf(schema, distinguisher);
    const offset = this.#turn++ % hand.length;
    let best: Queue | undefined;
    for (let index = 0; index < hand.length; index++) {
      const queue = this.#queues[hand[(offset + index) % hand.length] ?? 0];
      if (queue === undefined) continue;
      if (best === undefined || queue.waitingWork < best.waitingWork) best = queue;
      if (best.idle) break;
    }
    ticket.queue = best;
  }

  /** Queues a request. False: its queue is full. */
  enqueue(ticket: Ticket, now: number): boolean {
    const { queue } = ticket;
    const limit = this.config.queuing?.lengthLimit ?? 0;
    if (queue === undefined || queue.length >= limit) return false;
    this.#wake(queue);
    queue.add(ticket);
    queue.bound();
    ticket.waiting = true;
    this.waiting++;
    this.waitingSeats += ticket.seats;
    const { series } = ticket.flow;
    series.inqueueRequests.add();
    series.inqueueSeats.add(ticket.seats);
    series.queueLength.observe(queue.length);
    this.#noteDemand(now);
    return true;
  }

  /** The waiting request whose turn it is, when there are seats for it; it stays in its queue. */
  peek(): Ticket | undefined {
    let chosen: Queue | undefined;
    let first = Number.POSITIVE_INFINITY;
    for (const queue of this.#busy) {
      const { oldest } = queue;
      if (oldest === undefined) continue;
      const finish = queue.nextStart + oldest.expectedWork;
      if (finish < first) {
        first = finish;
        chosen = queue;
      }
    }
    const ticket = chosen?.oldest;
    if (ticket === undefined) return undefined;
    if (this.hasSeats(ticket.seats)) return ticket;
    ticket.flow.series.noAccommodation.add();
    return undefined;
  }

  /** Takes a waiting request out of its queue. */
  leave(ticket: Ticket, now: number): boolean {
    if (!ticket.waiting || ticket.queue?.remove(ticket) !== true) return false;
    ticket.waiting = false;
    this.waiting--;
    this.waitingSeats -= ticket.seats;
    ticket.flow.series.inqueueRequests.add(-1);
    ticket.flow.series.inqueueSeats.add(-ticket.seats);
    this.#settleQueue(ticket.queue);
    this.#noteDemand(now);
    return true;
  }

  start(ticket: Ticket, now: number): void {
    this.#advance(now);
    ticket.startedAt = now;
    const { queue, seats, flow } = ticket;
    if (queue === undefined) this.#executingWithoutQueue.add(ticket);
    else {
      this.#wake(queue);
      queue.executing.add(ticket);
      queue.seatsInUse += seats;
      queue.nextStart += ticket.expectedWork;
    }
    this.executing++;
    this.seatsInUse += seats;
    this.dispatched++;
    flow.series.dispatched.add();
    flow.series.executingRequests.add();
    flow.series.executingSeats.add(seats);
    flow.series.waited.observe((now - ticket.arrivedAt) / 1000);
    this.#noteDemand(now);
  }

  /** The request is done; its seats are free with `release`, at once or after its additional time. */
  finish(ticket: Ticket, now: number): void {
    this.#advance(now);
    const { queue, flow, attributes } = ticket;
    this.executing--;
    const took = now - ticket.startedAt;
    flow.series.executingRequests.add(-1);
    (attributes.verb === 'watch' ? flow.series.watchExecution : flow.series.execution).observe(took / 1000);
    if (queue === undefined) this.#executingWithoutQueue.delete(ticket);
    else {
      queue.executing.delete(ticket);
      queue.settle(ticket, took);
      this.#settleQueue(queue);
    }
  }

  release(ticket: Ticket, now: number): void {
    this.#advance(now);
    this.seatsInUse -= ticket.seats;
    if (ticket.queue !== undefined) ticket.queue.seatsInUse -= ticket.seats;
    ticket.flow.series.executingSeats.add(-ticket.seats);
    this.#noteDemand(now);
    if (this.#queues.length > (this.config.queuing?.queues ?? 0)) this.#dropIdleQueues();
  }

  /** Requests that have waited since before `since`. */
  *overdue(since: number): Generator<Ticket> {
    for (const queue of [...this.#busy])
      for (const ticket of queue.waiting) {
        if (ticket.arrivedAt >= since) break;
        yield ticket;
      }
  }

  #noteDemand(now: number): void {
    this.demand.set(this.seatsInUse + this.waitingSeats, now);
  }

  #wake(queue: Queue): void {
    if (this.#busy.has(queue)) return;
    queue.nextStart = this.#progress;
    this.#busy.add(queue);
  }

  #settleQueue(queue: Queue): void {
    if (queue.idle) this.#busy.delete(queue);
  }

  /** Seats in use, or asked for, are shared evenly by the queues that have anything to do. */
  #advance(now: number): void {
    const elapsed = now - this.#progressAt;
    this.#progressAt = now;
    if (this.#busy.size === 0 || elapsed <= 0) return;
    const seats = Math.min(this.seatsInUse + this.waitingSeats, this.limit);
    this.#progress += (elapsed * seats) / this.#busy.size;
  }

  /** Fewer queues than before: those beyond end once they are empty. */
  #dropIdleQueues(): void {
    const wanted = this.config.queuing?.queues ?? 0;
    while (this.#queues.length > wanted && this.#queues.at(-1)?.idle === true) this.#queues.pop();
  }

  /** Brings the gauges up to date, for who reads them. */
  show(): void {
    levelGauges.progress.with(this.name).set(this.#progress / 1000);
  }
}
