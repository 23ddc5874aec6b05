/** What decides whether two events are the same but for their count. */
export interface EventFacts {
  readonly source: string;
  /** Kind, namespace, name, uid, apiVersion and field path of the object. */
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

export type Correlation<Record> =
  | { readonly action: 'drop' }
  | { readonly action: 'create'; readonly message: string; readonly key: string }
  | { readonly action: 'count'; readonly message: string; readonly key: string; readonly record: Record };

/** client-go's numbers: tools/events and tools/record, `EventCorrelator`. */
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;
const SIMILAR_LIMIT = 10;
const SIMILAR_WINDOW_MS = 600_000;
const CACHE_SIZE = 4096;

class Bounded<V> {
  readonly #entries = new Map<string, V>();
  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }
  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > CACHE_SIZE) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }
}

/**
 * Decides what becomes of an event: a token bucket an object drops floods, more than ten messages of one reason within
 * ten minutes become one "combined" event, and an event seen before is counted up.
 */
export class EventCorrelator<R> {
  readonly #buckets = new Bounded<{ tokens: number; at: number }>();
  readonly #similar = new Bounded<{ messages: Set<string>; at: number }>();
  readonly #records = new Bounded<R>();

  correlate(facts: EventFacts, now: number): Correlation<R> {
    if (!this.#admit(`${facts.source}\0${facts.object}`, now)) return { action: 'drop' };
    const group = [facts.source, facts.object, facts.type, facts.reason].join('\0');
    const recent = this.#similar.get(group);
    const similar =
      recent !== undefined && now - recent.at <= SIMILAR_WINDOW_MS
        ? recent
        : { messages: new Set<string>(), at: now };
    similar.messages.add(facts.message);
    similar.at = now;
    const combined = similar.messages.size >= SIMILAR_LIMIT;
    if (combined) {
      const [first] = similar.messages;
      if (first !== undefined && first !== facts.message) similar.messages.delete(first);
    }
    this.#similar.set(group, similar);
    const message = combined ? `(combined from similar events): ${facts.message}` : facts.message;
    const key = combined ? group : `${group}\0${facts.message}`;
    const record = this.#records.get(key);
    return record === undefined
      ? { action: 'create', message, key }
      : { action: 'count', message, key, record };
  }

  /** Remembers what was stored for the key of a correlation. */
  remember(key: string, record: R): void {
    this.#records.set(key, record);
  }

  #admit(key: string, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: SPAM_BURST, at: now };
    const tokens = Math.min(SPAM_BURST, bucket.tokens + (now - bucket.at) / SPAM_REFILL_MS);
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1;
  }
}
