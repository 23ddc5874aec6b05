import { isObject } from '@gantry/machinery/json';
import { LRUCache } from 'lru-cache';
import type { JwtConfiguration } from './configuration.ts';
import { FetchStatusError, fetchText } from './fetch.ts';
import { claimedIssuer, TokenVerifier, type VerifierOptions } from './token-verifier.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Issuers of claims that lie elsewhere, of one issuer of tokens. */
const MAX_SOURCES = 64;

/**
 * A claim that a token does not hold itself, but names a place of: OpenID Connect Core 1.0, section 5.6.2. The place
 * answers with a token of its own issuer, for the same audiences.
 */
export class DistributedClaim {
  readonly #claim: string;
  readonly #issuer: JwtConfiguration['issuer'];
  readonly #options: VerifierOptions;
  readonly #verifiers = new LRUCache<string, TokenVerifier>({ max: MAX_SOURCES });

  constructor(claim: string, issuer: JwtConfiguration['issuer'], options: VerifierOptions) {
    this.#claim = claim;
    this.#issuer = issuer;
    this.#options = options;
  }

  /** The claims with this one among them, where the token names a place of it. Rejects with the reason. */
  async expand(claims: Claims): Promise<Claims> {
    const endpoint = this.#endpointOf(claims);
    if (endpoint === undefined) return claims;
    return { ...claims, [this.#claim]: await this.#resolve(endpoint) };
  }

  #endpointOf(claims: Claims): { readonly url: string; readonly token: string } | undefined {
    const { _claim_names: names, _claim_sources: sources } = claims;
    if (Object.hasOwn(claims, this.#claim) || names === undefined) return undefined;
    if (!isObject(names)) throw new Error('oidc: error parsing distributed claim names: not an object');
    if (sources === undefined) throw new Error('oidc: no claim sources');
    if (!isObject(sources)) throw new Error('oidc: could not parse claim sources: not an object');
    if (!Object.hasOwn(names, this.#claim)) return undefined;
    const name = String(names[this.#claim]);
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (!isObject(source))
      throw new Error(`id token _claim_names contained a source ${name} missing in _claims_sources`);
    const { endpoint, access_token: token } = source;
    if (typeof endpoint !== 'string' || endpoint === '') return undefined;
    return { url: endpoint, token: typeof token === 'string' ? token : '' };
  }

  async #resolve({ url, token }: { url: string; token: string }): Promise<unknown> {
    const jwt = await this.#fetch(url, token);
    const issuer = claimedIssuer(jwt);
    if (issuer === undefined)
      throw new Error(
        `getting untrusted issuer from endpoint ${url} failed for claim ${JSON.stringify(this.#claim)}: malformed token`,
      );
    const payload = await this.#verifierOf(issuer)
      .verify(jwt)
      .catch((error: Error) => {
        throw new Error(`verify distributed claim token: ${error.message}`);
      });
    if (!Object.hasOwn(payload, this.#claim))
      throw new Error(
        `jwt returned by distributed claim endpoint ${JSON.stringify(url)} did not contain claim: ${this.#claim}`,
      );
    return payload[this.#claim];
  }

  async #fetch(url: string, token: string): Promise<string> {
    const { certificateAuthority } = this.#issuer;
    try {
      if (!url.startsWith('https://')) throw new Error('only https is spoken');
      return await fetchText(url, {
        ...(certificateAuthority ? { ca: certificateAuthority } : {}),
        ...(token === '' ? {} : { headers: { authorization: `Bearer ${token}` } }),
      });
    } catch (error) {
      const reason =
        error instanceof FetchStatusError
          ? `error while getting distributed claim JWT: ${error.status}`
          : (error as Error).message;
      throw new Error(`while getting distributed claim ${JSON.stringify(this.#claim)}: ${reason}`);
    }
  }

  #verifierOf(url: string): TokenVerifier {
    let verifier = this.#verifiers.get(url);
    if (verifier === undefined) {
      const { audiences, certificateAuthority } = this.#issuer;
      const issuer = { url, audiences, ...(certificateAuthority ? { certificateAuthority } : {}) };
      verifier = new TokenVerifier(issuer, this.#options);
      this.#verifiers.set(url, verifier);
    }
    return verifier;
  }
}
