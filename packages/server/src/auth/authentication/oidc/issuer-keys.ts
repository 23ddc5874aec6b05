import { isObject } from '@gantry/machinery/json';
import { type CompactVerifyGetKey, createLocalJWKSet, type JSONWebKeySet, type JWK } from 'jose';
import type { JwtConfiguration } from './configuration.ts';
import { fetchJson } from './fetch.ts';

/**
 * A token of an unknown key makes the keys be read anew, so that a new key counts from its first token on. Anybody can
 * make up such tokens: after so many readings in a row there is one in each of these times.
 */
const MAX_READINGS = 10;
const READING_MS = 1_000;
/** Keys are read anew after so long, though they serve on while that fails. */
const KEEP_MS = 3_600_000;

/** The algorithms allowed are configured; what a key says of its use does not count, as in the original. Throws an Error. */
function keySet(document: unknown): JSONWebKeySet {
  const keys: unknown = isObject(document) ? (document.keys ?? []) : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject))
    throw new Error('oidc: failed to decode keys: not a set of keys');
  return {
    keys: keys.map(({ alg: _alg, use: _use, key_ops: _operations, ...key }) => key as unknown as JWK),
  };
}

/** The public keys of one issuer, found by its discovery document, read when first needed and when unknown ones turn up. */
export class IssuerKeys {
  readonly #issuer: JwtConfiguration['issuer'];
  readonly #now: () => number;
  readonly #onFailure: (error: unknown) => void;
  #keys: CompactVerifyGetKey | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  /** Readings that may begin at once, as of `#countedAt`. */
  #readings = MAX_READINGS;
  #countedAt = Number.NEGATIVE_INFINITY;
  /** Why the last reading failed. */
  #failure: string | undefined;
  #running: Promise<void> | undefined;

  constructor(issuer: JwtConfiguration['issuer'], now: () => number, onFailure: (error: unknown) => void) {
    this.#issuer = issuer;
    this.#now = now;
    this.#onFailure = onFailure;
  }

  /** Why the keys could not be read the last time; undefined when they could. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Rejects when the issuer can't be reached and no keys are known. */
  async keys(): Promise<CompactVerifyGetKey> {
    const age = this.#now() - this.#readAt;
    if (this.#keys === undefined || age > KEEP_MS) await this.refresh();
    if (this.#keys === undefined) throw new Error('authenticator not initialized');
    return this.#keys;
  }

  /** Reads the keys, unless that was done too often. Gives whether there may be new ones. */
  async refresh(): Promise<boolean> {
    if (this.#running === undefined) {
      if (!this.#mayRead()) return false;
      this.#running = this.#read().finally(() => {
        this.#running = undefined;
      });
    }
    try {
      await this.#running;
      this.#failure = undefined;
      return true;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#onFailure(error);
      return false;
    }
  }

  #mayRead(): boolean {
    const now = this.#now();
    this.#readings = Math.min(MAX_READINGS, this.#readings + (now - this.#countedAt) / READING_MS);
    this.#countedAt = now;
    if (this.#readings < 1) return false;
    this.#readings--;
    return true;
  }

  async #read(): Promise<void> {
    const { url, discoveryURL, certificateAuthority } = this.#issuer;
    const options = certificateAuthority ? { ca: certificateAuthority } : {};
    const document = await fetchJson(
      discoveryURL || `${url.replace(/\/$/, '')}/.well-known/openid-configuration`,
      options,
    );
    if (!isObject(document) || document.issuer !== url)
      throw new Error(`oidc: issuer did not match the issuer returned by provider, expected ${url}`);
    const { jwks_uri: uri } = document;
    if (typeof uri !== 'string' || !uri.startsWith('https://'))
      throw new Error('provider did not return JWKS URL');
    const keys = await fetchJson(uri, options).catch((error: unknown) => {
      throw new Error(`oidc: get keys failed ${error instanceof Error ? error.message : String(error)}`);
    });
    this.#keys = createLocalJWKSet(keySet(keys));
    this.#readAt = this.#now();
  }
}
