import { randomUUID } from 'node:crypto';
import type { Secret } from '@gantry/api/generated/types';
import { compactVerify, decodeProtectedHeader, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { StateReader, UserInfo } from '../../request.ts';
import { tokenUses } from '../instruments.ts';
import { serviceAccountGroups, serviceAccountUser, withAuthenticated } from '../users.ts';
import {
  audiencesOf,
  bindingFault,
  checkLegacyToken,
  type KubernetesClaim,
  type LegacyClaims,
  noteStale,
  parseClaims,
  parseLegacyClaims,
  type ServiceAccountClaims,
  userOfClaims,
} from './service-account-claims.ts';
import type { ServiceAccountKeys } from './service-account-keys.ts';
import { annotate, type TokenAuthenticator, TokenFault } from './token-authenticator.ts';

const MAX_CACHED = 4_096;
const MAX_TOKEN_BYTES = 8_192;
/** Issuer of tokens that lie in Secrets. */
const LEGACY_ISSUER = 'kubernetes/serviceaccount';

export interface ServiceAccountTokenOptions {
  readonly keys: ServiceAccountKeys;
  /** The first one signs; all are accepted. */
  readonly issuers: readonly string[];
  /** Audiences of the API server itself; tokens without a wish get them. */
  readonly audiences: readonly string[];
  readonly state: StateReader;
  readonly now: () => number;
  /** Told of each use of a token that lies in a Secret. */
  onLegacyUse?(secret: Secret): void;
}

export interface ServiceAccountTokens {
  readonly audiences: readonly string[];
  /** `expirationSeconds` from now; gives the token and its id. */
  sign(
    subject: string,
    audiences: readonly string[],
    expirationSeconds: number,
    claim: KubernetesClaim,
  ): Promise<{ readonly token: string; readonly id: string }>;
  readonly authenticator: TokenAuthenticator;
}

/** A token whose signature held, read once. */
type Verified =
  | { readonly kind: 'bound'; readonly claims: ServiceAccountClaims; readonly user: UserInfo }
  | {
      readonly kind: 'legacy';
      readonly claims: LegacyClaims;
      readonly aud: readonly string[];
      readonly user: UserInfo;
    };

const quoted = (list: readonly string[]): string => `[${list.map((one) => JSON.stringify(one)).join(' ')}]`;

/** The issuer that a token claims, unchecked; undefined when it is no compact JWT. */
function claimedIssuer(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const { iss } = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()) as { iss?: unknown };
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

async function payloadOf(
  token: string,
  keys: ServiceAccountKeys,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let kid: string | undefined;
  try {
    ({ kid } = decodeProtectedHeader(token));
  } catch {
    return undefined;
  }
  const known = kid === undefined || kid === '' ? undefined : keys.verification.get(kid);
  const candidates = kid === undefined || kid === '' ? [...keys.verification.values()] : known ? [known] : [];
  if (candidates.length === 0) throw new TokenFault('invalid signature, no keys found');
  for (const { key, algorithm } of candidates) {
    try {
      const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
      return JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
    } catch {
      // The next key.
    }
  }
  throw new TokenFault('go-jose/go-jose: error in cryptographic primitive');
}

function legacyUser({ namespace, account, accountUid }: LegacyClaims): UserInfo {
  return {
    name: serviceAccountUser(namespace, account),
    uid: accountUid,
    groups: withAuthenticated(serviceAccountGroups(namespace)),
  };
}

/**
 * Issues bound tokens, checks them and those that lie in Secrets. A signature is checked once and remembered; times and
 * bindings are checked each time.
 */
export function createServiceAccountTokens(options: ServiceAccountTokenOptions): ServiceAccountTokens {
  const { keys, issuers, state, now } = options;
  const [issuer = ''] = issuers;
  const verified = new LRUCache<string, Verified>({ max: MAX_CACHED });

  const read = async (token: string): Promise<Verified | undefined> => {
    const claimed = claimedIssuer(token);
    const legacy = claimed === LEGACY_ISSUER;
    if (claimed === undefined || (!legacy && !issuers.includes(claimed))) return undefined;
    const payload = await payloadOf(token, keys);
    if (payload === undefined) return undefined;
    if (legacy) {
      const claims = parseLegacyClaims(payload);
      return { kind: 'legacy', claims, aud: audiencesOf(payload), user: legacyUser(claims) };
    }
    const claims = parseClaims(payload);
    if (claims === undefined) throw new TokenFault('service account token claims could not be validated');
    return { kind: 'bound', claims, user: userOfClaims(claims) };
  };

  const authenticate: TokenAuthenticator['authenticate'] = async (token, wanted, notes) => {
    if (token.length > MAX_TOKEN_BYTES) return undefined;
    let entry = verified.get(token);
    if (entry === undefined) {
      entry = await read(token);
      if (entry === undefined) return undefined;
      verified.set(token, entry);
    }
    const own = entry.kind === 'bound' ? entry.claims.aud : entry.aud;
    if (own.length === 0) tokenUses.legacy.add();
    if (own.length === 0) annotate(notes, 'authentication.k8s.io/legacy-token', entry.user.name);
    const holds = own.length === 0 ? options.audiences : own;
    const audiences = wanted.filter((audience) => holds.includes(audience));
    if (audiences.length === 0)
      throw new TokenFault(
        `token audiences ${quoted(holds)} is invalid for the target audiences ${quoted(wanted)}`,
      );
    if (entry.kind === 'bound') {
      const fault = bindingFault(entry.claims, state, now());
      if (fault !== undefined) throw new TokenFault(fault);
      noteStale(entry.claims, now(), notes);
    } else {
      checkLegacyToken(entry.claims, token, {
        state,
        notes,
        onUse: (secret) => options.onLegacyUse?.(secret),
      });
    }
    return { user: entry.user, audiences };
  };

  return {
    audiences: options.audiences,
    async sign(subject, audiences, expirationSeconds, claim) {
      const issued = Math.floor(now() / 1000);
      const id = randomUUID();
      const token = await new SignJWT({ 'kubernetes.io': claim as unknown })
        .setProtectedHeader({ alg: keys.signing.algorithm, kid: keys.signing.id })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience([...audiences])
        .setIssuedAt(issued)
        .setNotBefore(issued)
        .setExpirationTime(issued + expirationSeconds)
        .setJti(id)
        .sign(keys.signing.key);
      return { token, id };
    },
    authenticator: { authenticate },
  };
}
