import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { deepEqual } from '@gantry/machinery/json';
import type { AuthenticationOptions } from '@gantry/server/auth/authentication/authentication';
import {
  ALL_ALGORITHMS,
  createOidcAuthenticator,
} from '@gantry/server/auth/authentication/oidc/authenticator';
import {
  type AuthenticationConfiguration,
  type JwtConfiguration,
  parseAuthenticationConfiguration,
} from '@gantry/server/auth/authentication/oidc/configuration';
import type { TokenAuthenticator } from '@gantry/server/auth/authentication/token-authenticator';
import { parseTokenFile } from '@gantry/server/auth/authentication/token-file';
import { createTokenWebhook } from '@gantry/server/auth/authentication/token-webhook';
import type { AuthorizationModes } from '@gantry/server/auth/authorization/authorization';
import type { Logger } from 'pino';
import type { AuthOptions, OidcFlags } from './auth-options.ts';
import { openAuthorizationModes } from './authorization-modes.ts';
import { followFile } from './followed-file.ts';
import { createPoster, type Poster } from './poster.ts';

/** What the flags ask for beyond certificates and service accounts, ready to be wired. */
export interface Auth {
  readonly authentication: Partial<AuthenticationOptions>;
  readonly modes: AuthorizationModes;
  close(): void;
}

export interface AuthParts {
  readonly options: AuthOptions;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  /** PEM; absent = no proxy is trusted. */
  readonly requestHeaderCa: string | undefined;
  readonly clientCa: string;
  readonly log: Logger;
}

/** Fingerprints of the certificates of a PEM text, as the TLS layer writes them. */
function fingerprints(pem: string): ReadonlySet<string> {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return new Set(blocks.map((block) => new X509Certificate(block).fingerprint256));
}

/** An issuer as the flags say it; `certificateAuthority` is PEM. */
export function oidcJwt(flags: OidcFlags, certificateAuthority: string | undefined): JwtConfiguration {
  const { issuerUrl, clientId, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix } = flags;
  return {
    issuer: {
      url: issuerUrl,
      audiences: [clientId],
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    },
    claimMappings: {
      username: { claim: usernameClaim, prefix: usernamePrefix },
      ...(groupsClaim === '' ? {} : { groups: { claim: groupsClaim, prefix: groupsPrefix } }),
    },
    claimValidationRules: flags.requiredClaims.map(([claim, requiredValue]) => ({ claim, requiredValue })),
  };
}

const tellFailures =
  (log: Logger) =>
  (issuer: string, error: unknown): void =>
    log.warn({ err: error, issuer }, 'the keys of an OIDC issuer can not be read');

/** Issuers and anonymous access that a file says, taken up anew when it changes. A bad file keeps the last good one. */
class ConfigurationFile {
  readonly #parts: AuthParts;
  #configuration: AuthenticationConfiguration | undefined;
  #tokens: TokenAuthenticator | undefined;

  constructor(parts: AuthParts) {
    this.#parts = parts;
  }

  /** Throws an Error and changes nothing. */
  take(text: string): void {
    const { issuers, audiences } = this.#parts;
    const configuration = parseAuthenticationConfiguration(text, issuers);
    const before = this.#configuration;
    if (before !== undefined && !deepEqual(before.anonymous ?? null, configuration.anonymous ?? null))
      throw new Error('anonymous: Forbidden: changed from initial configuration file');
    this.#tokens = createOidcAuthenticator({
      jwt: configuration.jwt,
      ...{ algorithms: ALL_ALGORITHMS, audiences, now: Date.now },
      onFailure: tellFailures(this.#parts.log),
    });
    this.#configuration = configuration;
  }

  readonly tokens: TokenAuthenticator = {
    authenticate: (token, audiences, notes) => this.#tokens?.authenticate(token, audiences, notes),
  };

  anonymous(fallback: boolean): boolean | readonly string[] {
    const anonymous = this.#configuration?.anonymous;
    if (anonymous === undefined) return fallback;
    const paths = (anonymous.conditions ?? []).map(({ path }) => path);
    return anonymous.enabled && paths.length > 0 ? paths : anonymous.enabled;
  }
}

async function authenticators(
  parts: AuthParts,
  closing: (() => void)[],
): Promise<Partial<AuthenticationOptions>> {
  const { options, audiences, requestHeaderCa, clientCa } = parts;
  const tokens: TokenAuthenticator[] = [];
  let file: ConfigurationFile | undefined;
  if (options.authenticationConfig !== undefined) {
    const configured = new ConfigurationFile(parts);
    file = configured;
    const followed = await followFile({
      ...{ file: options.authenticationConfig, name: 'authentication', log: parts.log },
      take: (text) => configured.take(text),
    });
    closing.push(() => followed.close());
    tokens.push(configured.tokens);
  }
  if (options.oidc !== undefined) {
    const { caFile, algorithms } = options.oidc;
    const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
    const jwt = [oidcJwt(options.oidc, ca)];
    const onFailure = tellFailures(parts.log);
    tokens.push(createOidcAuthenticator({ jwt, algorithms, audiences, now: Date.now, onFailure }));
  }
  if (options.tokenWebhook !== undefined) {
    const { configFile, version, cacheMs } = options.tokenWebhook;
    const poster = openPoster(configFile, closing);
    const post = (body: string): Promise<unknown> => poster.post(body);
    tokens.push(createTokenWebhook({ version, audiences, cacheMs, post, now: Date.now }));
  }
  const { tokenAuthFile } = options;
  return {
    tokens,
    anonymous: () => file?.anonymous(options.anonymous) ?? options.anonymous,
    bootstrapTokens: options.bootstrapTokens,
    ...(tokenAuthFile === undefined
      ? {}
      : { tokenUsers: parseTokenFile(await readFile(tokenAuthFile, 'utf8')) }),
    ...(requestHeaderCa === undefined
      ? {}
      : {
          requestHeader: { ...options.requestHeader, authorities: fingerprints(requestHeaderCa) },
          clientAuthorities: fingerprints(clientCa),
        }),
  };
}

function openPoster(file: string, closing: (() => void)[]): Poster {
  const poster = createPoster(file);
  closing.push(poster.close);
  return poster;
}

/** Reads the files that the options name. Throws an Error that names what is wrong. */
export async function openAuth(parts: AuthParts): Promise<Auth> {
  const closing: (() => void)[] = [];
  const authentication = await authenticators(parts, closing);
  const { modes, close } = await openAuthorizationModes(parts.options, parts.log);
  closing.push(close);
  return {
    authentication,
    modes,
    close: () => {
      for (const close of closing) close();
    },
  };
}
