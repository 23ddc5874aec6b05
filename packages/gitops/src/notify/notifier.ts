import type { Application, Notification, Secret } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { secrets } from '@gantry/client/resources';
import type { EventRecorder } from '@gantry/runtime/port';
import { type Network, RefusedAddress } from '../git/network.ts';
import { notifications as counted } from '../ledger/metrics.ts';
import type { Transition } from '../ledger/transitions.ts';
import { payloadOf } from './payload.ts';
import { post, Refused } from './post.ts';

const RECEIVERS_MAX = 10;
/** Under way and waiting together; more are dropped. */
const WAITING_MAX = 500;
const AT_ONCE = 8;
const TRIES = 6;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 60_000;

export interface NotifierParts {
  readonly client: Pick<Client, 'get'>;
  readonly network: Network;
  readonly events: EventRecorder;
  readonly signal: AbortSignal;
  /** Milliseconds before the first retry; each further one waits twice as long. Default 1 s. */
  readonly retryMs?: number;
}

interface Job {
  readonly application: Application;
  readonly transition: Transition;
  readonly to: Notification;
}

/** Tells receivers what becomes of Applications: in the background, with retries, bounded. */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #jobs: Job[] = [];
  #held = 0;
  #running = 0;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  /** Never waits, never throws. */
  tell(application: Application, transition: Transition): void {
    const { notify } = transition;
    if (notify === undefined) return;
    for (const to of (application.spec.notifications ?? []).slice(0, RECEIVERS_MAX)) {
      if (to.events !== undefined && to.events.length > 0 && !to.events.includes(notify)) continue;
      if (this.#held >= WAITING_MAX) {
        counted.inc({ result: 'dropped' });
        continue;
      }
      this.#held++;
      this.#jobs.push({ application, transition, to });
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#running < AT_ONCE) {
      const job = this.#jobs.shift();
      if (job === undefined) return;
      this.#running++;
      void this.#send(job).finally(() => {
        this.#running--;
        this.#held--;
        this.#pump();
      });
    }
  }

  /** Never rejects. */
  async #send(job: Job): Promise<void> {
    let waitMs = this.#parts.retryMs ?? RETRY_FIRST_MS;
    for (let tries = 1; !this.#parts.signal.aborted; tries++) {
      try {
        await this.#try(job);
        counted.inc({ result: 'sent' });
        return;
      } catch (error) {
        if (error instanceof Refused || error instanceof RefusedAddress || tries === TRIES)
          return this.#failed(job, error, tries);
        await pause(waitMs, this.#parts.signal);
        waitMs = Math.min(RETRY_MAX_MS, waitMs * 2);
      }
    }
  }

  async #try({ application, transition, to }: Job): Promise<void> {
    const secret = await this.#secret(application, to);
    await post(this.#parts.network, to.url, payloadOf(application, transition, secret, new Date()));
  }

  async #secret({ metadata }: Application, { secretRef }: Notification): Promise<Buffer | undefined> {
    if (secretRef === undefined) return undefined;
    const { name, key = 'token' } = secretRef;
    const secret = await this.#parts.client.get<Secret>(secrets, metadata.namespace ?? '', name);
    const value = secret.data?.[key];
    if (value === undefined) throw new Error(`Secret ${name} has no key ${key}`);
    return Buffer.from(value, 'base64');
  }

  #failed({ application, transition, to }: Job, error: unknown, tries: number): void {
    counted.inc({ result: 'failed' });
    const why = error instanceof Error ? error.message : String(error);
    // The address may hold a token: its host is enough to know which one is meant.
    const host = URL.canParse(to.url) ? new URL(to.url).host : 'the address';
    this.#parts.events.event(
      application,
      'Warning',
      'NotificationFailed',
      `${host} was not told of ${transition.notify} after ${tries} tries: ${why}`,
    );
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener('abort', end);
  });
