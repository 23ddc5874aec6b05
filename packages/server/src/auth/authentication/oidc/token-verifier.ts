import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';
import { audiencesOf } from '../service-account-claims.ts';
import type { JwtConfiguration } from './configuration.ts';
import { IssuerKeys } from './issuer-keys.ts';

export interface VerifierOptions {
  readonly algorithms: readonly string[];
  readonly now: () => number;
  /** Told when an issuer's keys can't be read. */
  onFailure?(issuer: string, error: unknown): void;
}

const NOT_BEFORE_LEEWAY_S = 300;
/** The old name of a well-known issuer, still in its tokens. */
const GOOGLE = 'accounts.google.com';

/** Who a token says made it; undefined for what is no token. */
export function claimedIssuer(token: string): string | undefined {
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

/** Checks tokens of one issuer: signature, times, audience. */
export class TokenVerifier {
  readonly #audiences: ReadonlySet<string>;
  readonly #keys: IssuerKeys;
  readonly #options: VerifierOptions;

  constructor(issuer: JwtConfiguration['issuer'], options: VerifierOptions) {
    this.#audiences = new Set(issuer.audiences);
    this.#keys = new IssuerKeys(issuer, options.now, (error) => options.onFailure?.(issuer.url, error));
    this.#options = options;
  }

  /** The claims of a token that holds. Rejects with the reason. */
  async verify(token: string): Promise<JWTPayload> {
    const payload = await this.#signed(token);
    const now = this.#options.now() / 1000;
    if (payload.exp === undefined || payload.exp < now) throw new Error('oidc: token is expired');
    if (payload.nbf !== undefined && payload.nbf > now + NOT_BEFORE_LEEWAY_S)
      throw new Error('oidc: current time is before the nbf (not before) time');
    const own = audiencesOf(payload);
    if (!own.some((audience) => this.#audiences.has(audience)))
      throw new Error(
        `oidc: expected audience in ${JSON.stringify([...this.#audiences])} got ${JSON.stringify(own)}`,
      );
    return payload;
  }

  async #signed(token: string): Promise<JWTPayload> {
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
        throw error;
      }
    }
  }
}
