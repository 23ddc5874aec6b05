import { X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
import type { AuthorizationMode } from '@gantry/server/auth/authorization/authorization';
import { parseAuthorizationConfiguration } from '@gantry/server/auth/authorization/configuration';
import { createWebhookAuthorizer } from '@gantry/server/auth/authorization/webhook-authorizer';
import type { Logger } from 'pino';
import type { AuthOptions, OidcFlags } from './auth-options.ts';
import { createPoster, type Poster } from './poster.ts';

const POLL_MS = 10_000;

/** What the flags ask for beyond certificates and service accounts, ready to be wired. */
export interface Auth {
  readonly authentication: Partial<AuthenticationOptions>;
  readonly modes: readonly AuthorizationMode[];
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

function fromFlags(flags: OidcFlags, certificateAuthority: string | undefined): JwtConfiguration {
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
  readonly #file: string;
  readonly #parts: AuthParts;
  #configuration: AuthenticationConfiguration = { jwt: [] };
  #tokens: TokenAuthenticator | undefined;

  constructor(file: string, parts: AuthParts) {
    this.#file = file;
    this.#parts = parts;
  }

  /** Throws an Error that names the file. */
  async load(): Promise<void> {
    const { issuers, audiences } = this.#parts;
    try {
      const configuration = parseAuthenticationConfiguration(await readFile(this.#file, 'utf8'), issuers);
      this.#tokens = createOidcAuthenticator({
        jwt: configuration.jwt,
        ...{ algorithms: ALL_ALGORITHMS, audiences, now: Date.now },
        onFailure: tellFailures(this.#parts.log),
      });
      this.#configuration = configuration;
    } catch (error) {
      throw new Error(`${this.#file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  watch(): void {
    watchFile(this.#file, { interval: POLL_MS }, () => {
      this.load().then(
        () => this.#parts.log.info({ file: this.#file }, 'took up the authentication configuration'),
        (error: unknown) =>
          this.#parts.log.error({ err: error }, 'the authentication configuration is not taken up'),
      );
    });
  }

  close(): void {
    unwatchFile(this.#file);
  }

  readonly tokens: TokenAuthenticator = {
    authenticate: (token, audiences, notes) => this.#tokens?.authenticate(token, audiences, notes),
  };

  anonymous(fallback: boolean): boolean | readonly string[] {
    const { anonymous } = this.#configuration;
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
    file = new ConfigurationFile(options.authenticationConfig, parts);
    await file.load();
    file.watch();
    closing.push(() => file?.close());
    tokens.push(file.tokens);
  }
  if (options.oidc !== undefined) {
    const { caFile, algorithms } = options.oidc;
    const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
    const jwt = [fromFlags(options.oidc, ca)];
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

function openPoster(file: string, closing: (() => void)[], timeoutMs?: number): Poster {
  const poster = createPoster(file, timeoutMs);
  closing.push(poster.close);
  return poster;
}

async function authorizationModes(
  options: AuthOptions,
  closing: (() => void)[],
): Promise<readonly AuthorizationMode[]> {
  if (options.authorizationConfig !== undefined) {
    const file = options.authorizationConfig;
    const configured = parseAuthorizationConfiguration(await readFile(file, 'utf8'));
    return configured.map((one) => {
      if (typeof one === 'string') return one;
      const poster = openPoster(one.kubeConfigFile, closing, one.timeoutMs);
      return createWebhookAuthorizer({ ...one, post: (body) => poster.post(body), now: Date.now });
    });
  }
  return options.authorizationModes.map((mode): AuthorizationMode => {
    if (mode === 'Node' || mode === 'RBAC' || mode === 'AlwaysAllow' || mode === 'AlwaysDeny') return mode;
    const webhook = options.authorizationWebhook;
    if (mode !== 'Webhook' || webhook === undefined)
      throw new Error(
        `authorization-mode ${JSON.stringify(mode)} is not a valid mode: give Node, RBAC, Webhook, AlwaysAllow or AlwaysDeny`,
      );
    const poster = openPoster(webhook.configFile, closing);
    const post = (body: string): Promise<unknown> => poster.post(body);
    return createWebhookAuthorizer({ ...webhook, failure: 'NoOpinion', post, now: Date.now });
  });
}

/** Reads the files that the options name. Throws an Error that names what is wrong. */
export async function openAuth(parts: AuthParts): Promise<Auth> {
  const closing: (() => void)[] = [];
  return {
    authentication: await authenticators(parts, closing),
    modes: await authorizationModes(parts.options, closing),
    close: () => {
      for (const close of closing) close();
    },
  };
}
