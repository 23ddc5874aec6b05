import type { UserInfo } from '../../../request.ts';
import {
  audienceAgnostic,
  cachedTokens,
  type TokenAuthenticator,
  TokenFault,
} from '../token-authenticator.ts';
import type { JwtConfiguration } from './configuration.ts';
import { DistributedClaim } from './distributed-claims.ts';
import { compileIdentity } from './identity.ts';
import { claimedIssuer, TokenVerifier, type VerifierOptions } from './token-verifier.ts';

export const ALL_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
] as const;

export interface OidcOptions extends VerifierOptions {
  readonly jwt: readonly JwtConfiguration[];
  /** The API server's own audiences: what tokens of others hold for. */
  readonly audiences: readonly string[];
}

const CACHE_MS = 10_000;

/** Awaits, and words a failure as one of the token. */
async function faulting<T>(prefix: string, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    throw new TokenFault(`${prefix}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class Issuer {
  readonly url: string;
  readonly #verifier: TokenVerifier;
  readonly #groups: DistributedClaim | undefined;
  readonly #identity: (claims: Readonly<Record<string, unknown>>) => UserInfo;

  constructor(jwt: JwtConfiguration, index: number, options: OidcOptions) {
    this.url = jwt.issuer.url;
    this.#verifier = new TokenVerifier(jwt.issuer, options);
    const { claim } = jwt.claimMappings.groups ?? {};
    this.#groups = claim ? new DistributedClaim(claim, jwt.issuer, options) : undefined;
    this.#identity = compileIdentity(jwt, `jwt[${index}]`);
  }

  async authenticate(token: string): Promise<UserInfo> {
    await faulting('oidc', this.#verifier.ready());
    const payload = await faulting('oidc: verify token', this.#verifier.verify(token));
    if (this.#groups === undefined) return this.#identity(payload);
    return this.#identity(
      await faulting('oidc: could not expand distributed claims', this.#groups.expand(payload)),
    );
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
