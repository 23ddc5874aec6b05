import type { Repository } from '@gantry/api/generated/types';
import { Backoff } from './backoff.ts';
import { SYNC_REQUESTED } from './request.ts';

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 300_000;

interface Look {
  /** What a look was about: a change of it makes the next one due at once. */
  readonly tag: string;
  readonly dueMs: number;
}

/**
 * When each Repository is to be looked at next, so that the event of its own status doesn't make a second look. A wake,
 * by a webhook, makes one due at once. Keys are `namespace/name`.
 */
export class Looks {
  readonly #next = new Map<string, Look>();
  readonly #failures = new Backoff(RETRY_FIRST_MS, RETRY_MAX_MS);
  #enqueue: ((key: string) => void) | undefined;

  /** `enqueue` brings a key to the controller. */
  start(enqueue: (key: string) => void): void {
    this.#enqueue = enqueue;
  }

  wake(key: string): void {
    this.#next.delete(key);
    this.#enqueue?.(key);
  }

  /** Milliseconds until the next look; 0 = now. */
  waitMs(key: string, repository: Repository, nowMs: number): number {
    const look = this.#next.get(key);
    return look === undefined || look.tag !== tagOf(repository) ? 0 : Math.max(0, look.dueMs - nowMs);
  }

  /** Before the look, so that a wake in the middle of it counts. */
  began(key: string, repository: Repository, dueMs: number): void {
    this.#next.set(key, { tag: tagOf(repository), dueMs });
  }

  succeeded(key: string): void {
    this.#failures.forget(key);
  }

  /** A source that can't be read is tried again sooner: after 5 s, 10 s … 5 min. Returns milliseconds to the next look. */
  failed(key: string, repository: Repository, nextMs: number, nowMs: number): number {
    const look = this.#next.get(key);
    const tag = tagOf(repository);
    const ms = Math.min(nextMs, this.#failures.again(key, tag, nowMs));
    // When it was woken meanwhile, the next look is due.
    if (look !== undefined) this.#next.set(key, { tag, dueMs: nowMs + ms });
    return ms;
  }

  forget(key: string): void {
    this.#next.delete(key);
    this.#failures.forget(key);
  }
}

/** A Repository that changed, or for which somebody asked by the annotation, is looked at. */
const tagOf = ({ metadata: { uid, generation, annotations } }: Repository): string =>
  `${uid} ${generation} ${annotations?.[SYNC_REQUESTED] ?? ''}`;
