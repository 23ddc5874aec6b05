import { isObject } from '@gantry/machinery/json';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { JwtConfiguration } from './configuration.ts';
import { fetchJson } from './fetch.ts';

/** An unknown key id makes the keys be read anew, at most so often. */
const REFRESH_MS = 10_000;
/** Keys are read anew after so long, though they serve on while that fails. */
const KEEP_MS = 3_600_000;

/** The public keys of one issuer, found by its discovery document, read when first needed and when unknown ones turn up. */
export class IssuerKeys {
  readonly #issuer: JwtConfiguration['issuer'];
  readonly #now: () => number;
  readonly #onFailure: (error: unknown) => void;
  #keys: JWTVerifyGetKey | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;

  constructor(issuer: JwtConfiguration['issuer'], now: () => number, onFailure: (error: unknown) => void) {
    this.#issuer = issuer;
    this.#now = now;
    this.#onFailure = onFailure;
  }

  /** Rejects when the issuer can't be reached and no keys are known. */
  async keys(): Promise<JWTVerifyGetKey> {
    const age = this.#now() - this.#readAt;
    if (this.#keys === undefined || age > KEEP_MS) await this.refresh();
    if (this.#keys === undefined) throw new Error('oidc: authenticator not initialized');
    return this.#keys;
  }

  /** Reads the keys, unless that was just done. Gives whether there may be new ones. */
  async refresh(): Promise<boolean> {
    if (this.#running === undefined) {
      if (this.#now() - this.#triedAt < REFRESH_MS) return false;
      this.#triedAt = this.#now();
      this.#running = this.#read().finally(() => {
        this.#running = undefined;
      });
    }
    await this.#running.catch(this.#onFailure);
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
    this.#keys = createLocalJWKSet((await fetchJson(uri, options)) as JSONWebKeySet);
    this.#readAt = this.#now();
  }
}
