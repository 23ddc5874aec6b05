import { createHmac, randomBytes } from 'node:crypto';
import { tooManyRequests } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';
import type { UserInfo } from '../../request.ts';
import { joinFaults } from '../join-faults.ts';

/** Why a token does not hold. TokenReview tells it; a request gets 401 without a reason. */
export class TokenFault extends Error {
  override readonly name = 'TokenFault';
  /** What each of those that were asked said. */
  readonly faults: readonly string[];

  constructor(...faults: string[]) {
    super(joinFaults(faults));
    this.faults = faults;
  }
}

/** A user, and those of the audiences asked for that the token holds for. */
export interface TokenAnswer {
  readonly user: UserInfo;
  readonly audiences: readonly string[];
}

/** What there is to tell of a token beside its user. */
export interface TokenNotes {
  annotations?: Record<string, string>;
  warnings?: string[];
}

export interface TokenAuthenticator {
  /** Undefined: not a token of this kind. Throws TokenFault when it is, and does not hold. */
  authenticate(
    token: string,
    audiences: readonly string[],
    notes: TokenNotes,
  ): Promise<TokenAnswer | undefined> | TokenAnswer | undefined;
}

export function annotate(notes: TokenNotes, key: string, value: string): void {
  notes.annotations ??= {};
  notes.annotations[key] ??= value;
}

/** Asks one after the other. A fault counts only when none of the others knows the token. */
export function unionTokens(authenticators: readonly TokenAuthenticator[]): TokenAuthenticator {
  return {
    async authenticate(token, audiences, notes) {
      let faults: string[] | undefined;
      for (const one of authenticators) {
        try {
          const answer = one.authenticate(token, audiences, notes);
          const known = answer instanceof Promise ? await answer : answer;
          if (known !== undefined) return known;
        } catch (error) {
          if (!(error instanceof TokenFault)) throw error;
          faults ??= [];
          faults.push(...error.faults);
        }
      }
      if (faults !== undefined) throw new TokenFault(...faults);
      return undefined;
    },
  };
}

/** For tokens that say nothing of an audience: they hold for the API server's own, and for no other. */
export function audienceAgnostic(
  own: readonly string[],
  authenticate: (token: string) => Promise<UserInfo | undefined> | UserInfo | undefined,
): TokenAuthenticator {
  return {
    async authenticate(token, wanted) {
      const audiences = wanted.filter((audience) => own.includes(audience));
      if (audiences.length === 0 && wanted.length > 0) return undefined;
      const user = await authenticate(token);
      return user === undefined ? undefined : { user, audiences };
    },
  };
}

export interface TokenCacheOptions {
  readonly successMs: number;
  readonly failureMs: number;
  readonly now: () => number;
}

const MAX_CACHED = 4_096;
const MAX_PENDING = 256;

type Outcome = { readonly answer: TokenAnswer | undefined } | { readonly faults: readonly string[] };

/**
 * Remembers answers of an authenticator that has to compute or to ask, by a keyed hash of the token; equal questions at
 * one moment are asked once. A time of 0 remembers nothing.
 */
export function cachedTokens(inner: TokenAuthenticator, options: TokenCacheOptions): TokenAuthenticator {
  const { successMs, failureMs, now } = options;
  const key = randomBytes(32);
  const known = new LRUCache<string, { readonly outcome: Outcome; readonly until: number }>({
    max: MAX_CACHED,
  });
  const pending = new Map<string, Promise<Outcome>>();
  const ask = async (id: string, token: string, audiences: readonly string[], notes: TokenNotes) => {
    let outcome: Outcome;
    try {
      outcome = { answer: await inner.authenticate(token, audiences, notes) };
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error;
      outcome = { faults: error.faults };
    }
    const keepMs = 'answer' in outcome && outcome.answer !== undefined ? successMs : failureMs;
    if (keepMs > 0) known.set(id, { outcome, until: now() + keepMs });
    return outcome;
  };
  return {
    async authenticate(token, audiences, notes) {
      const id = createHmac('sha256', key)
        .update(JSON.stringify([token, audiences]))
        .digest('base64');
      const hit = known.get(id);
      let outcome = hit !== undefined && hit.until > now() ? hit.outcome : undefined;
      if (outcome === undefined) {
        let running = pending.get(id);
        if (running === undefined) {
          if (pending.size >= MAX_PENDING)
            throw tooManyRequests('too many tokens are being checked, please try again later', 1);
          running = ask(id, token, audiences, notes).finally(() => pending.delete(id));
          pending.set(id, running);
        }
        outcome = await running;
      }
      if ('faults' in outcome) throw new TokenFault(...outcome.faults);
      return outcome.answer;
    },
  };
}
