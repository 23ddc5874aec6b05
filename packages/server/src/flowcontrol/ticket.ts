import type { RequestAttributes, UserInfo } from '../request.ts';
import type { FlowSeries } from './metrics.ts';
import type { Queue } from './queue.ts';

/** The seats that a request takes: while it executes, and for a while after it, for what it makes the server do. */
export interface WorkEstimate {
  readonly initialSeats: number;
  readonly finalSeats: number;
  readonly additionalMs: number;
}

/** What a request was classified as. */
export interface Flow {
  readonly schema: string;
  readonly distinguisher: string;
  readonly series: FlowSeries;
  /** UIDs of flow schema and priority level, for the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One request on its way through a priority level. Times are those of `performance.now()`. */
export class Ticket {
  readonly user: UserInfo;
  readonly attributes: RequestAttributes;
  readonly flow: Flow;
  readonly work: WorkEstimate;
  /** Most seats that it takes at any time. */
  readonly seats: number;
  readonly arrivedAt: number;
  startedAt = 0;
  /** The level's progress when it arrived. */
  arrivalProgress = 0;
  queue: Queue | undefined;
  waiting = false;
  /** Told once a waiting request may go on, or that it may not. */
  decide: ((rejection?: string) => void) | undefined;

  constructor(
    user: UserInfo,
    attributes: RequestAttributes,
    flow: Flow,
    work: WorkEstimate,
    arrivedAt: number,
  ) {
    this.user = user;
    this.attributes = attributes;
    this.flow = flow;
    this.work = work;
    this.seats = Math.max(work.initialSeats, work.finalSeats);
    this.arrivedAt = arrivedAt;
  }

  /** Seat-milliseconds that it is expected to take. */
  get expectedWork(): number {
    return this.work.initialSeats * SERVICE_MS + this.work.finalSeats * this.work.additionalMs;
  }
}

/** How long a request is taken to last, until it is known. */
export const SERVICE_MS = 3;
