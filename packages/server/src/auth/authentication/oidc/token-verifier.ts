import {
  type CompactVerifyGetKey,
  compactVerify,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
} from 'jose';
import type { JwtConfiguration } from './configuration.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { checkAudience, checkAudiences, checkTimes, checkTypes, quotedList } from './token-claims.ts';

export interface VerifierOptions {
  readonly algorithms: readonly string[];
  readonly now: () => number;
  /** Told when an issuer's keys can't be read. */
  onFailure?(issuer: string, error: unknown): void;
}

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
async function verifyByAny(token: string, keys: CompactVerifyGetKey, algorithms: string[]): Promise<void> {
  try {
    await compactVerify(token, keys, { algorithms });
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        await compactVerify(token, key, { algorithms });
        return;
      } catch (wrong) {
        if (!(wrong instanceof errors.JWSSignatureVerificationFailed)) throw wrong;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** The claims of a compact JWT, unchecked. Throws an Error. */
function claimsOf(token: string): JWTPayload {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
  checkTypes(claims);
  return claims;
}

/** Checks tokens of one issuer: audience, times, signature. */
export class TokenVerifier {
  readonly #audiences: ReadonlySet<string>;
  readonly #keys: IssuerKeys;
  readonly #options: VerifierOptions;

  constructor(issuer: JwtConfiguration['issuer'], options: VerifierOptions) {
    this.#audiences = new Set(issuer.audiences);
    this.#keys = new IssuerKeys(issuer, options.now, (error) => options.onFailure?.(issuer.url, error));
    this.#options = options;
  }

  /** Rejects when the issuer's keys are not known. */
  async ready(): Promise<void> {
    await this.#keys.keys();
  }

  /**
   * The claims of a token that holds. Rejects with the first reason in the original's order, which looks at what a token
   * says before it looks at who signed it.
   */
  async verify(token: string): Promise<JWTPayload> {
    const claims = claimsOf(token);
    const [audience = ''] = this.#audiences;
    const single = this.#audiences.size === 1;
    if (single) checkAudience(claims, audience);
    checkTimes(claims, this.#options.now());
    await this.#checkSignature(token);
    if (!single) checkAudiences(claims, this.#audiences);
    return claims;
  }

  async #checkSignature(token: string): Promise<void> {
    const algorithms = [...this.#options.algorithms];
    const { alg = '' } = decodeProtectedHeader(token);
    if (!algorithms.includes(alg))
      throw new Error(
        `oidc: id token signed with unsupported algorithm, expected ${quotedList(algorithms.sort())} got ${JSON.stringify(alg)}`,
      );
    for (let attempt = 0; ; attempt++) {
      try {
        return await verifyByAny(token, await this.#keys.keys(), algorithms);
      } catch (error) {
        if (attempt === 0 && (await this.#keys.refresh())) continue;
        const { failure } = this.#keys;
        const reason =
          failure === undefined ? 'failed to verify id token signature' : `fetching keys ${failure}`;
        throw new Error(`failed to verify signature: ${reason}`, { cause: error });
      }
    }
  }
}
