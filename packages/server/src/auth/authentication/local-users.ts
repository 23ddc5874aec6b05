import { createHmac, randomBytes } from 'node:crypto';
import { tooManyRequests, unauthorized } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';
import type { AuthenticationInput, Authenticator, UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';
import { basicCredentials, cookieOf } from './credentials.ts';
import { assertNotCrossSite } from './csrf.ts';

/** A user kept in the database. */
export interface LocalUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** What authentication needs of the user database. Each answers undefined for a wrong, expired or revoked credential. */
export interface LocalUserLookup {
  verifyPassword(name: string, password: string): Promise<LocalUser | undefined>;
  lookupSession(cookie: string): Promise<LocalUser | undefined>;
  lookupToken(token: string): Promise<LocalUser | undefined>;
}

export const SESSION_COOKIE = 'gantry-session';
/** Personal tokens start so, and so are told from service-account tokens without a look-up. */
export const PERSONAL_TOKEN_PREFIX = 'gantry_';
/** How long a good answer is reused: a change of password or a revocation takes at most so long to be felt. */
const REUSE_MS = 5_000;
const MAX_CACHED = 2_048;
const MAX_PENDING = 64;
const MAX_CREDENTIAL_BYTES = 4_096;

/** Remembers good answers by a keyed hash, joins equal look-ups, and refuses more than a bounded number at once. */
function createLookup(
  now: () => number,
): (
  kind: string,
  credential: string,
  find: () => Promise<LocalUser | undefined>,
) => Promise<UserInfo | undefined> {
  const key = randomBytes(32);
  const known = new LRUCache<string, { readonly user: UserInfo; readonly until: number }>({
    max: MAX_CACHED,
  });
  const pending = new Map<string, Promise<UserInfo | undefined>>();
  return async (kind, credential, find) => {
    if (credential.length > MAX_CREDENTIAL_BYTES) return undefined;
    const id = createHmac('sha256', key).update(`${kind}\0${credential}`).digest('base64');
    const hit = known.get(id);
    if (hit !== undefined && hit.until > now()) return hit.user;
    const running = pending.get(id);
    if (running !== undefined) return running;
    if (pending.size >= MAX_PENDING)
      throw tooManyRequests('too many sign-ins at once, please try again later', 1);
    const lookup = find()
      .then((found) => {
        if (found === undefined) {
          known.delete(id);
          return undefined;
        }
        const user: UserInfo = {
          name: found.name,
          ...(found.uid === undefined ? {} : { uid: found.uid }),
          groups: withAuthenticated(found.groups, found.name),
        };
        known.set(id, { user, until: now() + REUSE_MS });
        return user;
      })
      .finally(() => pending.delete(id));
    pending.set(id, lookup);
    return lookup;
  };
}

/**
 * HTTP Basic (password or personal token), personal tokens as bearer, and the console's session cookie.
 * A Basic or personal-token credential that is wrong throws 401; a dead session counts as none, so that the console can show its sign-in.
 */
export function createLocalUserAuthenticators(
  users: LocalUserLookup,
  now: () => number,
): {
  readonly basic: Authenticator;
  readonly session: Authenticator;
  /** The user of a personal token; undefined for other tokens and for wrong ones. */
  personalToken(token: string): Promise<UserInfo | undefined>;
} {
  const lookup = createLookup(now);
  const byToken = (token: string): Promise<UserInfo | undefined> =>
    lookup('token', token, () => users.lookupToken(token));
  const basic = async (input: AuthenticationInput): Promise<UserInfo | undefined> => {
    const credentials = basicCredentials(input);
    if (credentials === undefined) return undefined;
    if (credentials === null) throw unauthorized();
    const { user, password } = credentials;
    if (password.startsWith(PERSONAL_TOKEN_PREFIX)) {
      const owner = await byToken(password);
      if (owner?.name === user) return owner;
    }
    const found = await lookup('password', `${user}\0${password}`, () =>
      users.verifyPassword(user, password),
    );
    if (found === undefined) throw unauthorized();
    return found;
  };
  return {
    basic: { authenticate: basic },
    async personalToken(token) {
      return token.startsWith(PERSONAL_TOKEN_PREFIX) ? byToken(token) : undefined;
    },
    session: {
      async authenticate(input) {
        const cookie = cookieOf(input, SESSION_COOKIE);
        if (cookie === undefined || cookie === '') return undefined;
        const user = await lookup('session', cookie, () => users.lookupSession(cookie));
        if (user !== undefined) assertNotCrossSite(input);
        return user;
      },
    },
  };
}
