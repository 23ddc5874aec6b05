import { readFile } from 'node:fs/promises';
import { createOidcAuthenticator } from '@gantry/server/auth/authentication/oidc/authenticator';
import { OidcClient } from '@gantry/trpc/oidc/oidc-client';
import { createOidcRoute, type OidcRoute } from '@gantry/trpc/oidc/oidc-route';
import type { Accounts } from '@gantry/trpc/port';
import { type Command, InvalidArgumentError } from 'commander';
import type { Logger } from 'pino';
import { oidcJwt } from './auth.ts';
import type { OidcFlags } from './auth-options.ts';

/** Sign-in to the console by the issuer of the --oidc-* flags. */
export interface ConsoleOptions {
  readonly oidc: OidcFlags;
  readonly clientId: string;
  readonly clientSecretFile?: string;
  readonly redirectUrl?: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** What people call the issuer. */
  readonly label: string;
}

function callback(text: string): string {
  if (!URL.canParse(text) || new URL(text).pathname !== '/oidc/callback')
    throw new InvalidArgumentError('give the URL of the console and /oidc/callback');
  return text;
}

const scopes = (text: string): string => {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  return [...new Set(['openid', ...names])].join(' ');
};

/** Flags of the console's own sign-in; the original has none. */
export const addConsoleFlags = (command: Command): Command =>
  command
    .option('--console-oidc-client-id <id>', 'client of the console at the issuer of --oidc-issuer-url')
    .option('--console-oidc-client-secret-file <file>', 'its secret; without it PKCE alone guards')
    .option('--console-oidc-redirect-url <url>', 'where the issuer sends back to', callback)
    .option('--console-oidc-scopes <names>', 'what is asked for', scopes, 'openid profile email')
    .option('--console-oidc-label <text>', "what people call the issuer (default: the issuer's host)");

/** Undefined: people sign in with local users only. Throws an Error when the flags don't fit each other. */
export function consoleOptions(
  flags: Readonly<Record<string, unknown>>,
  oidc: OidcFlags | undefined,
): ConsoleOptions | undefined {
  const text = (name: string): string | undefined => flags[`consoleOidc${name}`] as string | undefined;
  const clientId = text('ClientId');
  if (clientId === undefined) {
    if (text('ClientSecretFile') !== undefined || text('RedirectUrl') !== undefined)
      throw new Error('--console-oidc-client-id is missing');
    return undefined;
  }
  if (oidc === undefined)
    throw new Error('--console-oidc-client-id needs --oidc-issuer-url and --oidc-client-id');
  const [clientSecretFile, redirectUrl] = [text('ClientSecretFile'), text('RedirectUrl')];
  return {
    ...{ oidc, clientId, scope: text('Scopes') ?? 'openid' },
    label: text('Label') ?? new URL(oidc.issuerUrl).host,
    ...(clientSecretFile === undefined ? {} : { clientSecretFile }),
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
  };
}

/** The route by which people sign in. Users and groups are named as those of tokens of the issuer are. */
export async function openConsoleOidc(
  options: ConsoleOptions,
  accounts: Accounts,
  log: Logger,
): Promise<OidcRoute> {
  const { oidc, clientId, clientSecretFile, redirectUrl, scope } = options;
  const ca = oidc.caFile === undefined ? undefined : await readFile(oidc.caFile, 'utf8');
  const clientSecret =
    clientSecretFile === undefined ? undefined : (await readFile(clientSecretFile, 'utf8')).trim();
  const audiences = ['gantry-console'];
  const authenticator = createOidcAuthenticator({
    jwt: [oidcJwt({ ...oidc, clientId }, ca)],
    ...{ algorithms: oidc.algorithms, audiences, now: Date.now },
    onFailure: (issuer, error) => log.warn({ err: error, issuer }, 'the keys of the issuer can not be read'),
  });
  return createOidcRoute({
    client: new OidcClient({ issuerUrl: oidc.issuerUrl, clientId, clientSecret, ca, scope }),
    ...{ accounts, redirectUrl },
    async identify(idToken) {
      const answer = await authenticator.authenticate(idToken, audiences, {});
      if (answer === undefined) throw new Error('the ID token is of another issuer');
      return answer.user;
    },
    onFailure: (error) => log.warn({ err: error }, 'a sign-in by OIDC failed'),
  });
}
