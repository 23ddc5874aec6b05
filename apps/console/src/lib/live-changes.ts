import type { ResourceRef } from './paths.ts';
import { api, toFailure } from './trpc.ts';

/** A list that is watched; one object by `fieldSelector` `metadata.name=…`. */
export interface LiveTopic {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly fieldSelector?: string;
}

export type LiveState = 'connecting' | 'live' | 'lost' | 'signed-out';

interface Subscription {
  unsubscribe(): void;
}

const GATHER_MS = 60;
const RETRY_MS = 2_000;
const TOPICS_MAX = 40;

/**
 * One stream for all that the pages show. Pages add and drop topics; the stream is opened anew for the new set, from the
 * revision where the old one was, so that nothing in between is lost.
 */
export class LiveChanges {
  readonly #topics = new Map<string, { readonly topic: LiveTopic; readonly listeners: Set<() => void> }>();
  readonly #stateListeners = new Set<(state: LiveState) => void>();
  #subscription: Subscription | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastEventId: string | undefined;
  #known = new Set<string>();
  state: LiveState = 'connecting';

  /** Calls back after each change of the topic, until the returned function is called. */
  watch(topic: LiveTopic, listener: () => void): () => void {
    const id = JSON.stringify(topic);
    let entry = this.#topics.get(id);
    if (entry === undefined) {
      entry = { topic, listeners: new Set() };
      this.#topics.set(id, entry);
      this.#schedule(GATHER_MS);
    }
    entry.listeners.add(listener);
    const { listeners } = entry;
    return () => {
      listeners.delete(listener);
      // A topic that nobody looks at goes with the next change of the set.
      if (listeners.size === 0) this.#topics.delete(id);
    };
  }

  onState(listener: (state: LiveState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.state);
    return () => this.#stateListeners.delete(listener);
  }

  /** Tries at once instead of after the next pause. */
  reconnect(): void {
    this.#schedule(0);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), delayMs);
  }

  #setState(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #open(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    const entries = [...this.#topics].slice(0, TOPICS_MAX);
    if (entries.length === 0) return;
    // A topic that is new here may have changed between the page's read and now: then all is told anew.
    const fresh = entries.some(([id]) => !this.#known.has(id));
    this.#known = new Set(entries.map(([id]) => id));
    const lastEventId = fresh ? null : (this.#lastEventId ?? null);
    const topics = entries.map(([id, { topic }]) => ({ id, ...topic }));
    this.#subscription = api.live.changes.subscribe(
      { topics, lastEventId },
      {
        onData: ({ id, data }) => {
          this.#lastEventId = id;
          this.#setState('live');
          for (const topic of Object.keys(data.revisions))
            for (const listener of this.#topics.get(topic)?.listeners ?? []) listener();
        },
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') this.#setState('live');
          else if (error !== null && error !== undefined) this.#setState('lost');
        },
        onError: (error) => {
          const signedOut = toFailure(error).code === 'UNAUTHORIZED';
          this.#setState(signedOut ? 'signed-out' : 'lost');
          if (!signedOut) this.#schedule(RETRY_MS);
        },
        onComplete: () => this.#schedule(RETRY_MS),
      },
    );
  }
}
