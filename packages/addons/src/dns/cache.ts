import type { Record } from 'dns-packet';
import type { Answer, Query, Resolver } from './answer.ts';

const ENTRIES_MAX = 10_000;
const TTL_MAX_SECONDS = 3_600;
const NEGATIVE_TTL_MAX_SECONDS = 300;
/** For answers without any record, and SERVFAIL: spares the upstreams a storm. */
const BARE_TTL_SECONDS = 2;

interface Entry {
  readonly answer: Answer;
  readonly storedAt: number;
  readonly ttlSeconds: number;
}

const recordsOf = (answer: Answer): Record[] => [...answer.answers, ...answer.authorities];

/** Seconds that an answer may be kept: the least TTL; for a negative one at most the SOA's minimum. */
function ttlOf(answer: Answer): number {
  if (answer.code !== 'NOERROR' && answer.code !== 'NXDOMAIN') return BARE_TTL_SECONDS;
  const records = recordsOf(answer);
  if (records.length === 0) return BARE_TTL_SECONDS;
  const least = Math.min(...records.map((record) => record.ttl ?? 0));
  if (answer.answers.length > 0 && answer.code === 'NOERROR') return Math.min(least, TTL_MAX_SECONDS);
  const soa = answer.authorities.find((record) => record.type === 'SOA')?.data as
    | { minimum?: number }
    | undefined;
  return Math.min(least, soa?.minimum ?? BARE_TTL_SECONDS, NEGATIVE_TTL_MAX_SECONDS);
}

const aged = (records: readonly Record[], seconds: number): Record[] =>
  records.map((record) => ({ ...record, ttl: Math.max(0, (record.ttl ?? 0) - seconds) }));

/** Remembers answers of another resolver (least recently used goes first) and asks it once for equal queries at a time. */
export function cached(resolver: Resolver, now: () => number = Date.now): Resolver {
  const entries = new Map<string, Entry>();
  const asking = new Map<string, Promise<Answer | undefined>>();

  const remember = (key: string, answer: Answer): void => {
    const ttlSeconds = ttlOf(answer);
    if (ttlSeconds <= 0) return;
    entries.set(key, { answer, storedAt: now(), ttlSeconds });
    const oldest = entries.size > ENTRIES_MAX ? entries.keys().next().value : undefined;
    if (oldest !== undefined) entries.delete(oldest);
  };
  const recall = (key: string): Answer | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    const age = Math.floor((now() - entry.storedAt) / 1000);
    if (age >= entry.ttlSeconds) return undefined;
    entries.set(key, entry);
    const { answer } = entry;
    return {
      ...answer,
      answers: aged(answer.answers, age),
      authorities: aged(answer.authorities, age),
      additionals: aged(answer.additionals, age),
    };
  };
  /** Answers carry the name as this client wrote it (clients that mix cases check it). */
  const asAsked = (answer: Answer | undefined, query: Query): Answer | undefined =>
    answer && {
      ...answer,
      answers: answer.answers.map((r) =>
        r.name.toLowerCase() === query.name ? { ...r, name: query.asked } : r,
      ),
    };

  return async (query) => {
    const key = `${query.type} ${query.dnssec ? 'do ' : ''}${query.name}`;
    const known = recall(key);
    if (known !== undefined) return asAsked(known, query);
    let pending = asking.get(key);
    if (pending === undefined) {
      pending = resolver(query).finally(() => asking.delete(key));
      asking.set(key, pending);
      const answer = await pending;
      if (answer !== undefined) remember(key, answer);
    }
    return asAsked(await pending, query);
  };
}
