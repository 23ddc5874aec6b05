import type { Pod } from '@gantry/api/generated/types';
import { type PodInfo, podInfo, podKey } from '../framework/pod-info.ts';
import { type ClusterEvent, isHelpful } from './cluster-event.ts';
import { KeyedHeap } from './heap.ts';
import { UnschedulablePods } from './unschedulable-pods.ts';

/** A pod that waits for its place. */
export interface QueuedPod {
  readonly info: PodInfo;
  /** Tries so far. */
  attempts: number;
  /** Epoch ms at which it came into the queue, the last time. */
  queuedAt: number;
  /** Epoch ms at which it came into the queue first. */
  readonly enteredAt: number;
  readonly plugins: ReadonlySet<string>;
}

/** The event of a pod that found no node. */
const FAILURE = 'ScheduleAttemptFailure';
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 10_000;
/** A pod that no event woke is tried again after this long. */
const UNSCHEDULABLE_MAX_MS = 5 * 60_000;

export type QueueName = 'active' | 'backoff' | 'unschedulable';
/** Told of each pod that comes into a queue, and of the event that brought it there. */
export type OnIncoming = (queue: QueueName, event: string) => void;

interface Waiting {
  readonly pod: QueuedPod;
  /** Epoch ms. */
  readonly until: number;
}

/**
 * Pods ready to be tried (by priority, then age), pods that back off after a failure, and pods that wait for an event
 * that may help. Pods with scheduling gates are outside until the last gate goes.
 */
export class SchedulingQueue {
  readonly #now: () => number;
  readonly #active = new KeyedHeap<QueuedPod>(
    (q) => q.info.key,
    (a, b) =>
      a.info.priority !== b.info.priority ? a.info.priority > b.info.priority : a.queuedAt < b.queuedAt,
  );
  readonly #backoff = new KeyedHeap<Waiting>(
    (w) => w.pod.info.key,
    (a, b) => a.until < b.until,
  );
  readonly #unschedulable = new UnschedulablePods<Waiting>();
  readonly #gated = new Set<string>();
  /** Events since pods were popped: one that came meanwhile must not be missed. */
  #events: { readonly serial: number; readonly event: ClusterEvent }[] = [];
  #serial = 0;
  readonly #inFlight = new Map<string, number>();
  #wake: () => void = () => {};

  readonly #incoming: OnIncoming;

  constructor(now: () => number = Date.now, incoming: OnIncoming = () => undefined) {
    this.#now = now;
    this.#incoming = incoming;
  }

  get sizes(): {
    readonly active: number;
    readonly backoff: number;
    readonly unschedulable: number;
    readonly gated: number;
  } {
    return {
      active: this.#active.size,
      backoff: this.#backoff.size,
      unschedulable: this.#unschedulable.size,
      gated: this.#gated.size,
    };
  }

  /** A pod without a node was seen for the first time. */
  add(pod: Pod): void {
    const now = this.#now();
    this.#enter({ info: podInfo(pod), attempts: 0, queuedAt: now, enteredAt: now, plugins: new Set() });
  }

  /** A pod without a node changed: where it may help (anything but its status), it is tried anew. */
  update(pod: Pod, old: Pod): void {
    const key = podKey(pod);
    const info = podInfo(pod);
    const active = this.#active.get(key);
    if (active !== undefined) {
      this.#active.push({ ...active, info });
      return;
    }
    const waiting = this.#backoff.get(key) ?? this.#unschedulable.get(key);
    if (waiting === undefined) {
      if (this.#gated.has(key)) this.add(pod);
      return;
    }
    const changed = pod.metadata.generation !== old.metadata.generation || !sameLabels(pod, old);
    const next: Waiting = { ...waiting, pod: { ...waiting.pod, info } };
    if (this.#backoff.get(key) !== undefined) this.#backoff.push(next);
    else if (changed) {
      this.#unschedulable.delete(key);
      this.#requeue(next.pod, 'UnschedulablePodUpdate');
    } else this.#unschedulable.set(key, next.pod.plugins, next);
  }

  delete(key: string): void {
    this.#active.delete(key);
    this.#backoff.delete(key);
    this.#unschedulable.delete(key);
    this.#gated.delete(key);
  }

  /** The next pod, or undefined. It must be given back by `done` or `failed`. */
  pop(): QueuedPod | undefined {
    this.#flush();
    const next = this.#active.pop();
    if (next === undefined) return undefined;
    next.attempts++;
    this.#inFlight.set(next.info.key, this.#serial);
    return next;
  }

  /** The pod has its node, or is gone. */
  done(key: string): void {
    this.#inFlight.delete(key);
    this.#forgetEvents();
  }

  /**
   * The pod found no node, because of `plugins`; or an error came up (no plugins, `isError`), after which it is tried
   * again as soon as its back-off ends.
   */
  failed(failed: QueuedPod, plugins: ReadonlySet<string>, isError = false): void {
    const { key } = failed.info;
    const since = this.#inFlight.get(key) ?? this.#serial;
    const missed = this.#events.some(({ serial, event }) => serial > since && isHelpful(event, plugins));
    this.done(key);
    const pod: QueuedPod = { ...failed, plugins, queuedAt: this.#now() };
    if (isError || missed) {
      this.#requeue(pod, FAILURE);
      return;
    }
    this.#unschedulable.set(key, plugins, { pod, until: pod.queuedAt + UNSCHEDULABLE_MAX_MS });
    this.#incoming('unschedulable', FAILURE);
  }

  /** Wakes the pods that an event may help. */
  moveOn(event: ClusterEvent): void {
    this.#serial++;
    if (this.#inFlight.size > 0) this.#events.push({ serial: this.#serial, event });
    for (const { pod } of this.#unschedulable.takeHelped(event)) this.#requeue(pod, event.replace('/', ''));
  }

  /** Milliseconds until a pod becomes ready by itself; undefined when none will. */
  nextInMs(): number | undefined {
    if (this.#active.size > 0) return 0;
    let until = this.#backoff.peek()?.until ?? Number.POSITIVE_INFINITY;
    for (const [, waiting] of this.#unschedulable.oldest()) until = Math.min(until, waiting.until);
    return until === Number.POSITIVE_INFINITY ? undefined : Math.max(0, until - this.#now());
  }

  /** Called when a pod became ready or an earlier time to look again was set. */
  onReady(wake: () => void): void {
    this.#wake = wake;
  }

  #enter(pod: QueuedPod): void {
    const { key } = pod.info;
    this.delete(key);
    if ((pod.info.pod.spec.schedulingGates ?? []).length > 0) {
      this.#gated.add(key);
      this.#incoming('unschedulable', 'UnschedulablePodAdd');
      return;
    }
    this.#active.push(pod);
    this.#incoming('active', 'UnschedulablePodAdd');
    this.#wake();
  }

  /** Into the back-off queue, or among the ready when the back-off is over. */
  #requeue(pod: QueuedPod, event: string): void {
    const backoffMs = Math.min(
      BACKOFF_MAX_MS,
      BACKOFF_FIRST_MS * 2 ** Math.min(20, Math.max(0, pod.attempts - 1)),
    );
    const until = pod.queuedAt + backoffMs;
    const waits = until > this.#now();
    if (waits) this.#backoff.push({ pod, until });
    else this.#active.push(pod);
    this.#incoming(waits ? 'backoff' : 'active', event);
    this.#wake();
  }

  #flush(): void {
    const now = this.#now();
    for (
      let next = this.#backoff.peek();
      next !== undefined && next.until <= now;
      next = this.#backoff.peek()
    ) {
      this.#backoff.pop();
      this.#active.push(next.pod);
      this.#incoming('active', 'BackoffComplete');
    }
    // Those of a group stand in the order in which they came, so in that of `until`.
    for (let expired = true; expired; ) {
      expired = false;
      for (const [key, { pod, until }] of this.#unschedulable.oldest()) {
        if (until > now) continue;
        expired = true;
        this.#unschedulable.delete(key);
        this.#requeue(pod, 'UnschedulableTimeout');
      }
    }
  }

  #forgetEvents(): void {
    if (this.#inFlight.size === 0) this.#events = [];
    else if (this.#events.length > 1_000) {
      const oldest = [...this.#inFlight.values()].reduce((a, b) => Math.min(a, b), this.#serial);
      this.#events = this.#events.filter((e) => e.serial > oldest);
    }
  }
}

const sameLabels = (a: Pod, b: Pod): boolean =>
  JSON.stringify(a.metadata.labels ?? {}) === JSON.stringify(b.metadata.labels ?? {});
