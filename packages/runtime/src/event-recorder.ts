import type { Event } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { events } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { systemClock, timestamp } from './clock.ts';
import { EventCorrelator } from './event-correlator.ts';
import type { Clock, EventRecorder, Logger } from './port.ts';

export interface EventRecorderOptions {
  readonly client: Client;
  /** `deployment-controller`, `kubelet`, `default-scheduler`. */
  readonly component: string;
  /** The node's name, for what runs on nodes. */
  readonly host?: string;
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** Events that wait to be sent; more are dropped. */
const MAX_QUEUE = 1000;

interface Pending {
  readonly object: KubeObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | undefined;
  readonly at: number;
}

interface Stored {
  readonly name: string;
  readonly namespace: string;
  readonly count: number;
}

/** Records core/v1 Events in the background, one at a time, as client-go's recorder: counted, combined, limited. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  return new QueueingRecorder(options);
}

class QueueingRecorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #correlator = new EventCorrelator<Stored>();
  readonly #queue: Pending[] = [];
  #sending = false;
  #lastNanos = 0n;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  event(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    if (this.#queue.length >= MAX_QUEUE) return;
    this.#queue.push({ object, type, reason, message, fieldPath, at: this.#clock.now() });
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      try {
        await this.#send(next);
      } catch (error) {
        // Mostly a namespace that is on its way out.
        const level = isStatusError(error, 'Forbidden') ? 'debug' : 'warn';
        this.#options.log?.[level]({ error: String(error), reason: next.reason }, 'event not recorded');
      }
    }
    this.#sending = false;
  }

  async #send(pending: Pending): Promise<void> {
    const { object, type, reason, fieldPath } = pending;
    const { component, host = '', client } = this.#options;
    const { name, namespace = '', uid = '' } = object.metadata;
    const correlation = this.#correlator.correlate(
      {
        source: `${component}\0${host}`,
        object: [object.kind, namespace, name, uid, object.apiVersion, fieldPath ?? ''].join('\0'),
        type,
        reason,
        message: pending.message,
      },
      pending.at,
    );
    if (correlation.action === 'drop') return;
    const { key, message } = correlation;
    if (correlation.action === 'count') {
      const { record } = correlation;
      const count = record.count + 1;
      try {
        const patch = { count, message, lastTimestamp: timestamp(pending.at) };
        await client.patch(events, record.namespace, record.name, patch, { type: 'strategic' });
        this.#correlator.remember(key, { ...record, count });
        return;
      } catch (error) {
        // It expired meanwhile: it begins anew.
        if (!isStatusError(error, 'NotFound')) throw error;
      }
    }
    const made = await client.create(events, this.#make(pending, message));
    this.#correlator.remember(key, {
      name: made.metadata.name,
      namespace: made.metadata.namespace ?? 'default',
      count: 1,
    });
  }

  #make(pending: Pending, message: string): Event {
    const { object, type, reason, fieldPath, at } = pending;
    const { component, host } = this.#options;
    const { name, namespace, uid, resourceVersion } = object.metadata;
    const nanos = BigInt(at) * 1_000_000n;
    this.#lastNanos = nanos > this.#lastNanos ? nanos : this.#lastNanos + 1n;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${this.#lastNanos.toString(16)}`, namespace: namespace ?? 'default' },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
        ...(fieldPath === undefined ? {} : { fieldPath }),
      },
      type,
      reason,
      message: message.slice(0, 1024),
      source: { component, ...(host === undefined ? {} : { host }) },
      reportingComponent: component,
      reportingInstance: host ?? '',
      firstTimestamp: timestamp(at),
      lastTimestamp: timestamp(at),
      count: 1,
    };
  }
}
