import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { issuerFetch } from './issuer-fetch.ts';

export interface OidcClientOptions {
  readonly issuerUrl: string;
  readonly clientId: string;
  /** Absent for a public client, which PKCE alone guards. */
  readonly clientSecret?: string | undefined;
  /** PEM of the authority that signed the issuer's certificate; absent = those of the system. */
  readonly ca?: string | undefined;
  /** Separated by spaces; `openid` is among them. */
  readonly scope: string;
}

/** What a sign-in that is under way must be finished with. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The issuer's discovery document is read anew after so long. */
const KEEP_MS = 3_600_000;

/** The authorization code flow with PKCE (RFC 6749, 7636; OpenID Connect Core 1.0). */
export class OidcClient {
  readonly #options: OidcClientOptions;
  #configuration: Promise<Configuration> | undefined;
  #readAt = 0;

  constructor(options: OidcClientOptions) {
    this.#options = options;
  }

  /** Where the browser goes to sign in. Rejects when the issuer can't be reached. */
  async begin(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: Attempt }> {
    const configuration = await this.#discover();
    const attempt: Attempt = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.#options.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /** Takes the code to the issuer; gives the ID token, whose signature the caller checks. Rejects when anything is not as begun. */
  async finish(currentUrl: URL, { state, nonce, verifier }: Attempt): Promise<string> {
    const tokens = await authorizationCodeGrant(await this.#discover(), currentUrl, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    if (tokens.id_token === undefined) throw new Error('the issuer sent no ID token');
    return tokens.id_token;
  }

  #discover(): Promise<Configuration> {
    if (this.#configuration !== undefined && Date.now() - this.#readAt < KEEP_MS) return this.#configuration;
    const { issuerUrl, clientId, clientSecret, ca } = this.#options;
    const reading = discovery(new URL(issuerUrl), clientId, clientSecret, undefined, {
      [customFetch]: issuerFetch(ca),
    });
    this.#configuration = reading;
    this.#readAt = Date.now();
    // An issuer that is away now is asked again by the next who signs in.
    reading.catch(() => {
      if (this.#configuration === reading) this.#configuration = undefined;
    });
    return reading;
  }
}
