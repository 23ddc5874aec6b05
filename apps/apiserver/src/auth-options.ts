import { type Command, InvalidArgumentError } from 'commander';
import { duration, toBoolean } from './audit-options.ts';

/** Who may sign in and who decides, as the flags say. Files are not read yet. */
export interface AuthOptions {
  readonly anonymous: boolean;
  readonly bootstrapTokens: boolean;
  readonly tokenAuthFile?: string;
  readonly authenticationConfig?: string;
  readonly oidc?: OidcFlags;
  readonly tokenWebhook?: {
    readonly configFile: string;
    readonly version: 'v1' | 'v1beta1';
    readonly cacheMs: number;
  };
  readonly requestHeader: {
    readonly allowedNames: readonly string[];
    readonly usernameHeaders: readonly string[];
    readonly uidHeaders: readonly string[];
    readonly groupHeaders: readonly string[];
    readonly extraPrefixes: readonly string[];
  };
  readonly apiAudiences: readonly string[];
  readonly jwksUri?: string;
  readonly maxTokenSeconds?: number;
  readonly extendTokens: boolean;
  readonly authorizationModes: readonly string[];
  readonly authorizationConfig?: string;
  readonly authorizationPolicyFile?: string;
  readonly authorizationWebhook?: {
    readonly configFile: string;
    readonly version: 'v1' | 'v1beta1';
    readonly authorizedMs: number;
    readonly unauthorizedMs: number;
  };
}

export interface OidcFlags {
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly caFile?: string;
  readonly usernameClaim: string;
  readonly usernamePrefix: string;
  readonly groupsClaim: string;
  readonly groupsPrefix: string;
  readonly algorithms: readonly string[];
  readonly requiredClaims: readonly (readonly [string, string])[];
}

const list = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').filter((one) => one !== ''),
];

const claims = (text: string, before: readonly (readonly [string, string])[] = []) => [
  ...before,
  ...text.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new InvalidArgumentError('give claim=value');
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
  }),
];

function version(text: string): string {
  if (text !== 'v1' && text !== 'v1beta1') throw new InvalidArgumentError('give v1 or v1beta1');
  return text;
}

function addAuthenticationFlags(command: Command): Command {
  return command
    .option('--anonymous-auth [bool]', 'let in who shows no credential', toBoolean)
    .option('--enable-bootstrap-token-auth [bool]', 'accept tokens by which nodes join', toBoolean, false)
    .option('--token-auth-file <file>', 'users by token: lines token,user,uid,"groups"')
    .option('--authentication-config <file>', 'AuthenticationConfiguration: OIDC issuers, anonymous paths')
    .option('--oidc-issuer-url <url>', 'OIDC issuer whose users sign in')
    .option('--oidc-client-id <id>', 'audience that its tokens have')
    .option('--oidc-ca-file <file>', "authority of the issuer's certificate")
    .option('--oidc-username-claim <claim>', 'claim of the user name', 'sub')
    .option('--oidc-username-prefix <text>', 'put before user names; - for nothing')
    .option('--oidc-groups-claim <claim>', 'claim of the groups')
    .option('--oidc-groups-prefix <text>', 'put before groups', '')
    .option('--oidc-signing-algs <names>', 'algorithms of its tokens (default: RS256)', list)
    .option('--oidc-required-claim <claim=value>', 'what its tokens must say', claims)
    .option('--authentication-token-webhook-config-file <file>', 'kubeconfig of a server that knows tokens')
    .option('--authentication-token-webhook-version <version>', 'v1 or v1beta1', version, 'v1beta1')
    .option('--authentication-token-webhook-cache-ttl <duration>', 'how long to reuse', duration, 120_000)
    .option('--requestheader-allowed-names <names>', "common names of proxies' certificates", list)
    .option('--requestheader-username-headers <names>', 'headers that name the user', list)
    .option('--requestheader-uid-headers <names>', 'headers that give the uid', list)
    .option('--requestheader-group-headers <names>', 'headers that name the groups', list)
    .option('--requestheader-extra-headers-prefix <names>', 'prefixes of headers with extras', list)
    .option('--api-audiences <names>', 'audiences of this server (default: the issuers)', list)
    .option('--service-account-jwks-uri <url>', 'where others find the keys')
    .option('--service-account-max-token-expiration <duration>', 'longest life of a token', duration)
    .option('--service-account-extend-token-expiration [bool]', 'let pod tokens live on', toBoolean, true);
}

/** The original's flags of authentication and authorization. */
export function addAuthFlags(command: Command): Command {
  const has = (flag: string): boolean => command.options.some(({ long }) => long === flag);
  if (!has('--requestheader-client-ca-file'))
    command.option('--requestheader-client-ca-file <file>', 'authority of authenticating proxies');
  return addAuthenticationFlags(command)
    .option('--authorization-mode <modes>', 'Node, RBAC, ABAC, Webhook, AlwaysAllow, AlwaysDeny', list)
    .option('--authorization-policy-file <file>', 'ABAC policies, a JSON object a line')
    .option('--authorization-config <file>', 'AuthorizationConfiguration, in place of the flags')
    .option('--authorization-webhook-config-file <file>', 'kubeconfig of a server that decides')
    .option('--authorization-webhook-version <version>', 'v1 or v1beta1', version, 'v1beta1')
    .option('--authorization-webhook-cache-authorized-ttl <duration>', 'reuse of yes', duration, 300_000)
    .option('--authorization-webhook-cache-unauthorized-ttl <duration>', 'reuse of no', duration, 30_000);
}

type Flags = Readonly<Record<string, unknown>>;

function oidcFlags(flags: Flags): OidcFlags | undefined {
  const text = (name: string): string => (flags[name] as string | undefined) ?? '';
  const [issuerUrl, clientId] = [text('oidcIssuerUrl'), text('oidcClientId')];
  if (issuerUrl === '' && clientId === '') return undefined;
  if (issuerUrl === '' || clientId === '')
    throw new Error(
      'oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set',
    );
  const usernameClaim = text('oidcUsernameClaim');
  const given = flags.oidcUsernamePrefix as string | undefined;
  const byDefault = usernameClaim === 'email' ? '' : `${issuerUrl}#`;
  return {
    ...{ issuerUrl, clientId, usernameClaim },
    ...(flags.oidcCaFile === undefined ? {} : { caFile: text('oidcCaFile') }),
    usernamePrefix: given === '-' ? '' : given === undefined || given === '' ? byDefault : given,
    groupsClaim: text('oidcGroupsClaim'),
    groupsPrefix: text('oidcGroupsPrefix'),
    algorithms: (flags.oidcSigningAlgs as readonly string[] | undefined) ?? ['RS256'],
    requiredClaims: (flags.oidcRequiredClaim as OidcFlags['requiredClaims'] | undefined) ?? [],
  };
}

const DEFAULT_HEADERS = {
  usernameHeaders: ['x-remote-user'],
  uidHeaders: ['x-remote-uid'],
  groupHeaders: ['x-remote-group'],
  extraPrefixes: ['x-remote-extra-'],
};

function requestHeaderFlags(flags: Flags): AuthOptions['requestHeader'] {
  const names = (flag: string, fallback: readonly string[]): readonly string[] =>
    ((flags[flag] as readonly string[] | undefined) ?? fallback).map((name) => name.trim().toLowerCase());
  // Who names the headers names all that count.
  const uids = flags.requestheaderUsernameHeaders === undefined ? DEFAULT_HEADERS.uidHeaders : [];
  return {
    allowedNames: (flags.requestheaderAllowedNames as readonly string[] | undefined) ?? [],
    usernameHeaders: names('requestheaderUsernameHeaders', DEFAULT_HEADERS.usernameHeaders),
    uidHeaders: names('requestheaderUidHeaders', uids),
    groupHeaders: names('requestheaderGroupHeaders', DEFAULT_HEADERS.groupHeaders),
    extraPrefixes: names('requestheaderExtraHeadersPrefix', DEFAULT_HEADERS.extraPrefixes),
  };
}

const MODES = ['Node', 'RBAC', 'ABAC', 'Webhook', 'AlwaysAllow', 'AlwaysDeny'];

/** Whether the modes are known, each once, and have the files that they need. Throws an Error in the original's words. */
function checkModes(
  modes: readonly string[],
  policies: string | undefined,
  webhook: string | undefined,
): void {
  for (const mode of modes)
    if (!MODES.includes(mode))
      throw new Error(
        `authorization-mode ${JSON.stringify(mode)} is not a valid mode: give ${MODES.join(', ')}`,
      );
  if (modes.includes('ABAC') && policies === undefined)
    throw new Error("authorization-mode ABAC's authorization policy file not passed");
  if (modes.includes('Webhook') && webhook === undefined)
    throw new Error("authorization-mode Webhook's authorization config file not passed");
  if (policies !== undefined && !modes.includes('ABAC'))
    throw new Error('cannot specify --authorization-policy-file without mode ABAC');
  if (webhook !== undefined && !modes.includes('Webhook'))
    throw new Error('cannot specify --authorization-webhook-config-file without mode Webhook');
  if (new Set(modes).size !== modes.length)
    throw new Error(`authorization-mode ${JSON.stringify(modes)} has mode specified more than once`);
}

function authorizationFlags(
  flags: Flags,
): Pick<
  AuthOptions,
  'authorizationModes' | 'authorizationConfig' | 'authorizationPolicyFile' | 'authorizationWebhook'
> {
  const modes = flags.authorizationMode as readonly string[] | undefined;
  const config = flags.authorizationConfig as string | undefined;
  const webhook = flags.authorizationWebhookConfigFile as string | undefined;
  if (config !== undefined && (modes !== undefined || webhook !== undefined))
    throw new Error(
      '--authorization-config can not be specified when --authorization-mode or --authorization-webhook-* flags are defined',
    );
  const policies = flags.authorizationPolicyFile as string | undefined;
  if (config === undefined) checkModes(modes ?? [], policies, webhook);
  return {
    authorizationModes: modes ?? ['Node', 'RBAC'],
    ...(config === undefined ? {} : { authorizationConfig: config }),
    ...(policies === undefined ? {} : { authorizationPolicyFile: policies }),
    ...(webhook === undefined
      ? {}
      : {
          authorizationWebhook: {
            configFile: webhook,
            version: flags.authorizationWebhookVersion as 'v1' | 'v1beta1',
            authorizedMs: flags.authorizationWebhookCacheAuthorizedTtl as number,
            unauthorizedMs: flags.authorizationWebhookCacheUnauthorizedTtl as number,
          },
        }),
  };
}

/** Picks these options out of parsed flags. Throws an Error for flags that exclude each other. */
export function authOptions(flags: Flags): AuthOptions {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const oidc = oidcFlags(flags);
  const [tokenAuthFile, authenticationConfig, configFile, jwksUri] = [
    ...[text('tokenAuthFile'), text('authenticationConfig')],
    ...[text('authenticationTokenWebhookConfigFile'), text('serviceAccountJwksUri')],
  ];
  if (authenticationConfig !== undefined && oidc !== undefined)
    throw new Error('authentication-config file and oidc-* flags are mutually exclusive');
  const maxMs = flags.serviceAccountMaxTokenExpiration as number | undefined;
  return {
    anonymous: (flags.anonymousAuth as boolean | undefined) ?? true,
    bootstrapTokens: flags.enableBootstrapTokenAuth === true,
    ...(tokenAuthFile === undefined ? {} : { tokenAuthFile }),
    ...(authenticationConfig === undefined ? {} : { authenticationConfig }),
    ...(oidc === undefined ? {} : { oidc }),
    ...(configFile === undefined
      ? {}
      : {
          tokenWebhook: {
            configFile,
            version: flags.authenticationTokenWebhookVersion as 'v1' | 'v1beta1',
            cacheMs: flags.authenticationTokenWebhookCacheTtl as number,
          },
        }),
    requestHeader: requestHeaderFlags(flags),
    apiAudiences: (flags.apiAudiences as readonly string[] | undefined) ?? [],
    ...(jwksUri === undefined ? {} : { jwksUri }),
    ...(maxMs === undefined || maxMs === 0 ? {} : { maxTokenSeconds: Math.floor(maxMs / 1000) }),
    extendTokens: flags.serviceAccountExtendTokenExpiration !== false,
    ...authorizationFlags(flags),
  };
}
