import type { Event } from '@gantry/api/generated/types';
import { failure } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';

export const EVENT_LIMIT_TYPES = ['Server', 'Namespace', 'User', 'SourceAndObject'] as const;

/** Writes of events that are let through: `burst` at once, and `qps` a second after that, of each key of the type. */
export interface EventLimit {
  readonly type: (typeof EVENT_LIMIT_TYPES)[number];
  readonly qps: number;
  readonly burst: number;
  /** Keys that are remembered; one that was forgotten begins anew. Default: 4,096. */
  readonly cacheSize?: number;
}

const KEYS_BY_DEFAULT = 4_096;

interface Bucket {
  tokens: number;
  at: number;
}

function keyOf(type: EventLimit['type'], { attributes, user, object }: AdmissionRequest): string {
  if (type === 'Server') return '';
  if (type === 'Namespace') return attributes.namespace;
  if (type === 'User') return user.name;
  const { source, involvedObject } = (object ?? {}) as unknown as Partial<Event>;
  const { kind, namespace, name, uid, apiVersion } = involvedObject ?? {};
  return [source?.component, source?.host, kind, namespace, name, uid, apiVersion].join('');
}

class Enforcer {
  readonly #limit: EventLimit;
  readonly #now: () => number;
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(limit: EventLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    const max = limit.type === 'Server' ? 1 : limit.cacheSize || KEYS_BY_DEFAULT;
    this.#buckets = new LRUCache({ max });
  }

  /** Takes one token; says why there is none. */
  refusal(request: AdmissionRequest): string | undefined {
    const { type, qps, burst } = this.#limit;
    const key = keyOf(type, request);
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * qps);
    bucket.at = now;
    if (bucket.tokens < 1) return `limit reached on type ${type} for key ${key}`;
    bucket.tokens -= 1;
    return undefined;
  }
}

/** Bounds how many events are written. */
export function createEventRateLimit(
  limits: readonly EventLimit[],
  now: () => number = Date.now,
): AdmissionPlugin {
  const enforcers = limits.map((limit) => new Enforcer(limit, now));
  return {
    name: 'EventRateLimit',
    handles: ({ group, kind }, operation) =>
      group === '' && kind === 'Event' && (operation === 'CREATE' || operation === 'UPDATE'),
    validate(request) {
      if (request.dryRun) return;
      const refusals = enforcers
        .map((enforcer) => enforcer.refusal(request))
        .filter((refusal) => refusal !== undefined);
      if (refusals.length === 0) return;
      throw failure(
        429,
        'TooManyRequests',
        refusals.length === 1 ? (refusals[0] ?? '') : `[${refusals.join(', ')}]`,
      );
    },
  };
}
