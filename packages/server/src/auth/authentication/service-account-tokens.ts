import { randomUUID } from 'node:crypto';
import { unauthorized } from '@gantry/machinery/status';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Authenticator, StateReader, UserInfo } from '../../request.ts';
import { bearerToken } from './credentials.ts';
import {
  bindingFault,
  type KubernetesClaim,
  parseClaims,
  type ServiceAccountClaims,
  userOfClaims,
} from './service-account-claims.ts';
import type { ServiceAccountKeys } from './service-account-keys.ts';

const MAX_CACHED = 4_096;
const MAX_TOKEN_BYTES = 8_192;
const LEEWAY_SECONDS = 60;

export interface ServiceAccountTokenOptions {
  readonly keys: ServiceAccountKeys;
  readonly issuer: string;
  /** Audiences of the API server itself; tokens without a wish get them. */
  readonly audiences: readonly string[];
  readonly state: StateReader;
  readonly now: () => number;
}

export interface ServiceAccountTokens {
  readonly audiences: readonly string[];
  /** `expirationSeconds` from now. */
  sign(
    subject: string,
    audiences: readonly string[],
    expirationSeconds: number,
    claim: KubernetesClaim,
  ): Promise<string>;
  /**
   * The user of a token and those of the `audiences` that it holds for. Undefined when the token isn't of this issuer.
   * Throws 401 when it is, and does not hold (any more).
   */
  verify(
    token: string,
    audiences: readonly string[],
  ): Promise<{ readonly user: UserInfo; readonly audiences: readonly string[] } | undefined>;
  readonly authenticator: Authenticator;
}

interface Verified {
  readonly claims: ServiceAccountClaims;
  readonly user: UserInfo;
}

/** Issues and checks bound tokens. A signature is checked once and remembered; times and bindings are checked each time. */
export function createServiceAccountTokens(options: ServiceAccountTokenOptions): ServiceAccountTokens {
  const { keys, issuer, state, now } = options;
  const verified = new LRUCache<string, Verified>({ max: MAX_CACHED });

  const checkSignature = async (token: string): Promise<Verified | undefined> => {
    const header = headerOf(token);
    const key = header?.kid === undefined ? undefined : keys.verification.get(header.kid);
    if (key === undefined) return undefined;
    const { payload } = await jwtVerify(token, key.key, {
      algorithms: [key.algorithm],
      issuer,
      currentDate: new Date(now()),
      clockTolerance: LEEWAY_SECONDS,
    }).catch(() => {
      throw unauthorized();
    });
    const claims = parseClaims(payload);
    if (claims === undefined) throw unauthorized();
    return { claims, user: userOfClaims(claims) };
  };

  const verify: ServiceAccountTokens['verify'] = async (token, wanted) => {
    if (token.length > MAX_TOKEN_BYTES) return undefined;
    let entry = verified.get(token);
    if (entry === undefined) {
      entry = await checkSignature(token);
      if (entry === undefined) return undefined;
      verified.set(token, entry);
    }
    const { claims, user } = entry;
    const seconds = now() / 1000;
    const audiences = wanted.filter((audience) => claims.aud.includes(audience));
    if (
      seconds > claims.exp + LEEWAY_SECONDS ||
      seconds < claims.nbf - LEEWAY_SECONDS ||
      audiences.length === 0 ||
      bindingFault(claims, state, now()) !== undefined
    ) {
      throw unauthorized();
    }
    return { user, audiences };
  };

  return {
    audiences: options.audiences,
    verify,
    async sign(subject, audiences, expirationSeconds, claim) {
      const issued = Math.floor(now() / 1000);
      return new SignJWT({ 'kubernetes.io': claim as unknown })
        .setProtectedHeader({ alg: keys.signing.algorithm, kid: keys.signing.id })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience([...audiences])
        .setIssuedAt(issued)
        .setNotBefore(issued)
        .setExpirationTime(issued + expirationSeconds)
        .setJti(randomUUID())
        .sign(keys.signing.key);
    },
    authenticator: {
      async authenticate(input) {
        const token = bearerToken(input);
        return token === undefined ? undefined : (await verify(token, options.audiences))?.user;
      },
    },
  };
}

function headerOf(token: string): { readonly kid?: string } | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return kid === undefined ? {} : { kid };
  } catch {
    return undefined;
  }
}
