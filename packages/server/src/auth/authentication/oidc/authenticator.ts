import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { UserInfo } from '../../../request.ts';
import { audiencesOf } from '../service-account-claims.ts';
import {
  audienceAgnostic,
  cachedTokens,
  type TokenAuthenticator,
  TokenFault,
} from '../token-authenticator.ts';
import type { JwtConfiguration } from './configuration.ts';
import { compileIdentity } from './identity.ts';
import { IssuerKeys } from './issuer-keys.ts';

export const ALL_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
] as const;

export interface OidcOptions {
  readonly jwt: readonly JwtConfiguration[];
  readonly algorithms: readonly string[];
  /** The API server's own audiences: what tokens of others hold for. */
  readonly audiences: readonly string[];
  readonly now: () => number;
  /** Told when an issuer's keys can't be read. */
  onFailure?(issuer: string, error: unknown): void;
}

const CACHE_MS = 10_000;
const NOT_BEFORE_LEEWAY_S = 300;
/** The old name of a well-known issuer, still in its tokens. */
const GOOGLE = 'accounts.google.com';

function claimedIssuer(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const { iss } = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()) as JWTPayload;
    return iss === GOOGLE ? `https://${GOOGLE}` : iss;
  } catch {
    return undefined;
  }
}

/** A token that names no key may be of any that fits. */
async function verifyByAny(
  token: string,
  keys: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<{ readonly payload: JWTPayload }> {
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (wrong) {
        if (!(wrong instanceof errors.JWSSignatureVerificationFailed)) throw wrong;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

class Issuer {
  readonly url: string;
  readonly #audiences: ReadonlySet<string>;
  readonly #keys: IssuerKeys;
  readonly #identity: (claims: Readonly<Record<string, unknown>>) => UserInfo;
  readonly #options: OidcOptions;

  constructor(jwt: JwtConfiguration, index: number, options: OidcOptions) {
    this.url = jwt.issuer.url;
    this.#audiences = new Set(jwt.issuer.audiences);
    this.#keys = new IssuerKeys(jwt.issuer, options.now, (error) => options.onFailure?.(this.url, error));
    this.#identity = compileIdentity(jwt, `jwt[${index}]`);
    this.#options = options;
  }

  async authenticate(token: string): Promise<UserInfo> {
    const payload = await this.#verify(token);
    const now = this.#options.now() / 1000;
    if (payload.exp === undefined || payload.exp < now)
      throw new TokenFault('oidc: verify token: oidc: token is expired');
    if (payload.nbf !== undefined && payload.nbf > now + NOT_BEFORE_LEEWAY_S)
      throw new TokenFault('oidc: verify token: oidc: current time is before the nbf (not before) time');
    const own = audiencesOf(payload);
    if (!own.some((audience) => this.#audiences.has(audience)))
      throw new TokenFault(
        `oidc: verify token: oidc: expected audience in ${JSON.stringify([...this.#audiences])} got ${JSON.stringify(own)}`,
      );
    return this.#identity(payload);
  }

  async #verify(token: string): Promise<JWTPayload> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { payload } = await verifyByAny(token, await this.#keys.keys(), {
          algorithms: [...this.#options.algorithms],
          // Times are checked by their own rules.
          currentDate: new Date(0),
          clockTolerance: Number.MAX_SAFE_INTEGER,
        });
        return payload;
      } catch (error) {
        const unknown =
          error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
        if (unknown && attempt === 0 && (await this.#keys.refresh())) continue;
        throw new TokenFault(`oidc: verify token: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

/**
 * Users of other issuers, by their JWTs. Throws an Error when an expression of the configuration does not compile.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function createOidcAuthenticator(options: OidcOptions): TokenAuthenticator {
  const issuers = new Map(
    options.jwt.map((jwt, index) => {
      const issuer = new Issuer(jwt, index, options);
      return [issuer.url, issuer] as const;
    }),
  );
  const inner = audienceAgnostic(options.audiences, (token) =>
    issuers.get(claimedIssuer(token) ?? '')?.authenticate(token),
  );
  return cachedTokens(inner, { successMs: CACHE_MS, failureMs: 0, now: options.now });
}
