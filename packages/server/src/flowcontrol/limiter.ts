import type { RoutedRequest } from '../http/api-request.ts';
import { type ApiResponse, bodyLength, textResponse } from '../http/response.ts';
import { Rejected } from './dispatcher.ts';
import type { Admitted, FlowControl } from './flow-control.ts';

export interface RequestLimits {
  /** Without `flow`: requests at once; 0: any number. */
  readonly reading: number;
  readonly mutating: number;
  /** API Priority and Fairness, in place of the two numbers. */
  readonly flow?: FlowControl | undefined;
}

type Kind = 'reading' | 'mutating';

const READING = new Set(['get', 'list', 'watch']);
/** Sending such an answer is work of its own: it keeps its seats meanwhile, unless the client takes too long. */
const LARGE_BYTES = 256 * 1024;
const LARGE_MS = 1_000;
const SUPERUSERS = 'system:masters';

/** As the original says it: no Status, plain text. */
export function turnedAway(
  retryAfterSeconds: number,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  const answer = textResponse(429, 'Too many requests, please try again later.\n');
  return { ...answer, headers: { ...answer.headers, ...headers, 'retry-after': String(retryAfterSeconds) } };
}

/** Lets as many requests work at once as the server carries; counts those that work and those that wait. */
export class Limiter {
  readonly #limits: RequestLimits;
  readonly executing = { reading: 0, mutating: 0 };
  readonly waiting = { reading: 0, mutating: 0 };

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Requests that have come and are not answered. */
  get count(): number {
    const { executing, waiting } = this;
    return executing.reading + executing.mutating + waiting.reading + waiting.mutating;
  }

  /**
   * Does the work when it may be done, or answers 429. `work` is told how many milliseconds the request waited. `onWait`
   * is given how to withdraw it, should the client go away meanwhile.
   */
  async run(
    request: RoutedRequest,
    work: (waitedMs: number) => Promise<ApiResponse>,
    onWait?: (withdraw: () => void) => void,
  ): Promise<ApiResponse> {
    const kind: Kind = READING.has(request.attributes.verb) ? 'reading' : 'mutating';
    const { flow } = this.#limits;
    if (flow === undefined) return this.#counted(kind, request, work);
    let admitted: Admitted;
    try {
      const entered = flow.enter(request.user, request.attributes, request.query, onWait);
      admitted = entered instanceof Promise ? await this.#queued(kind, entered) : entered;
    } catch (error) {
      if (error instanceof Rejected) return turnedAway(error.retryAfterSeconds, error.headers);
      throw error;
    }
    this.executing[kind]++;
    const { ticket } = admitted;
    let leave: (() => void) | undefined = () => {
      leave = undefined;
      this.executing[kind]--;
      flow.leave(admitted);
    };
    let stays = false;
    try {
      const answer = await work(ticket.startedAt - ticket.arrivedAt);
      const headers = { ...answer.headers, ...ticket.flow.headers };
      if (answer.stream !== undefined || bodyLength(answer) < LARGE_BYTES) return { ...answer, headers };
      stays = true;
      setTimeout(() => leave?.(), LARGE_MS).unref();
      return { ...answer, headers, sent: () => leave?.() };
    } finally {
      if (!stays) leave?.();
    }
  }

  async #queued(kind: Kind, entered: Promise<Admitted>): Promise<Admitted> {
    this.waiting[kind]++;
    try {
      return await entered;
    } finally {
      this.waiting[kind]--;
    }
  }

  async #counted(
    kind: Kind,
    request: RoutedRequest,
    work: (waitedMs: number) => Promise<ApiResponse>,
  ): Promise<ApiResponse> {
    const limit = this.#limits[kind];
    if (limit > 0 && this.executing[kind] >= limit && !request.user.groups.includes(SUPERUSERS))
      return turnedAway(1);
    this.executing[kind]++;
    try {
      return await work(0);
    } finally {
      this.executing[kind]--;
    }
  }
}
