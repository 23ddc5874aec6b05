import type { Secret } from '@gantry/api/generated/types';
import { isStatusError, unauthorized } from '@gantry/machinery/status';
import type { ApiResponse } from '../../http/response.ts';
import type { AuthenticationInput, Authenticator, StateReader, UserInfo } from '../../request.ts';
import { countAuthentication } from '../instruments.ts';
import { anonymousUser } from '../users.ts';
import { bootstrapUser } from './bootstrap-tokens.ts';
import { basicCredentials, bearerToken, headerOf } from './credentials.ts';
import { createLocalUserAuthenticators, type LocalUserLookup, PERSONAL_TOKEN_PREFIX } from './local-users.ts';
import { createRequestHeaderAuthenticator, type RequestHeaderOptions } from './request-header.ts';
import { issuerDocuments, type ServiceAccountKeys } from './service-account-keys.ts';
import { createServiceAccountTokens, type ServiceAccountTokens } from './service-account-tokens.ts';
import { audienceAgnostic, type TokenAuthenticator, TokenFault, unionTokens } from './token-authenticator.ts';
import { createX509Authenticator } from './x509.ts';

/** Whom to let in without a credential: everybody, nobody, or everybody on some paths. */
export type AnonymousAccess = () => boolean | readonly string[];

export interface AuthenticationOptions {
  readonly state: StateReader;
  readonly serviceAccounts: {
    readonly keys: ServiceAccountKeys;
    /** URL, in the original `https://kubernetes.default.svc.cluster.local`. */
    readonly issuer: string;
    /** Issuers of older tokens that still hold. */
    readonly otherIssuers?: readonly string[];
    /** Default: the issuers. */
    readonly audiences?: readonly string[];
    /** Absolute URL under which clients reach `/openid/v1/jwks`. */
    readonly jwksUri: string;
    /** Told of each use of a token that lies in a Secret. */
    onLegacyUse?(secret: Secret): void;
  };
  /** Without it, only certificates and tokens sign in. */
  readonly users?: LocalUserLookup;
  readonly requestHeader?: RequestHeaderOptions;
  /** Fingerprints of the authorities of users' certificates; needed when the TLS layer trusts others too. */
  readonly clientAuthorities?: ReadonlySet<string>;
  readonly bootstrapTokens?: boolean;
  /** Users of a file. */
  readonly tokenUsers?: (token: string) => UserInfo | undefined;
  /** Asked after the tokens that are known here: OIDC, a webhook. */
  readonly tokens?: readonly TokenAuthenticator[];
  /** Default: everybody. */
  readonly anonymous?: AnonymousAccess;
  readonly now?: () => number;
}

export interface Authentication {
  /** Always answers with a user; throws 401 `Unauthorized` when a credential is wrong, or none was given and anonymous is off. */
  authenticate(input: AuthenticationInput): Promise<UserInfo>;
  readonly tokens: ServiceAccountTokens;
  /** Every kind of bearer token. */
  readonly bearer: TokenAuthenticator;
  /** Public documents by path, to be served after authorization. */
  readonly documents: Readonly<Record<string, ApiResponse>>;
}

function tokenAuthenticators(
  options: AuthenticationOptions,
  tokens: ServiceAccountTokens,
  now: () => number,
): readonly TokenAuthenticator[] {
  const { tokenUsers, state } = options;
  const { audiences } = tokens;
  return [
    ...(tokenUsers === undefined ? [] : [audienceAgnostic(audiences, tokenUsers)]),
    tokens.authenticator,
    ...(options.bootstrapTokens === true
      ? [audienceAgnostic(audiences, (token) => bootstrapUser(token, state, now()))]
      : []),
    ...(options.tokens ?? []),
  ];
}

function mayBeAnonymous(access: boolean | readonly string[], path: string): boolean {
  return typeof access === 'boolean' ? access : access.includes(path);
}

const SPACED =
  'the provided Authorization header contains extra space before the bearer token, and is ignored';

/** A proxy's word, x509, bearer tokens, Basic, session, anonymous: the first that knows the caller decides. */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const now = options.now ?? Date.now;
  const { keys, issuer, otherIssuers = [], jwksUri } = options.serviceAccounts;
  const issuers = [issuer, ...otherIssuers];
  const { audiences = issuers, onLegacyUse } = options.serviceAccounts;
  const tokens = createServiceAccountTokens({
    ...{ keys, issuers, audiences, state: options.state, now },
    ...(onLegacyUse === undefined ? {} : { onLegacyUse }),
  });
  const local = options.users === undefined ? undefined : createLocalUserAuthenticators(options.users, now);
  const known = tokenAuthenticators(options, tokens, now);
  const personal =
    local === undefined ? undefined : audienceAgnostic(audiences, (token) => local.personalToken(token));
  const others = unionTokens(known);
  // A personal token is nobody else's business, least of all when it is wrong.
  const bearer: TokenAuthenticator = {
    authenticate: (token, wanted, notes) =>
      personal !== undefined && token.startsWith(PERSONAL_TOKEN_PREFIX)
        ? personal.authenticate(token, wanted, notes)
        : others.authenticate(token, wanted, notes),
  };
  const byToken: Authenticator = {
    async authenticate(input) {
      const token = bearerToken(input);
      return token === undefined ? undefined : (await bearer.authenticate(token, audiences, input))?.user;
    },
  };
  const order: readonly Authenticator[] = [
    ...(options.requestHeader === undefined ? [] : [createRequestHeaderAuthenticator(options.requestHeader)]),
    createX509Authenticator(now, options.clientAuthorities),
    byToken,
    ...(local === undefined ? [] : [local.basic, local.session]),
  ];
  const identify = async (input: AuthenticationInput): Promise<UserInfo> => {
    let wrong = false;
    for (const authenticator of order) {
      try {
        const answer = authenticator.authenticate(input);
        const user = answer instanceof Promise ? await answer : answer;
        if (user !== undefined) return user;
      } catch (error) {
        // A wrong credential is forgiven when another one is right.
        if (!(error instanceof TokenFault) && !isStatusError(error, 'Unauthorized')) throw error;
        wrong = true;
      }
    }
    // A credential that nobody knows is wrong, not absent.
    if (wrong || bearerToken(input) !== undefined || basicCredentials(input) !== undefined)
      throw unauthorized();
    if (/^bearer {2,}\S/i.test(headerOf(input, 'authorization') ?? '')) {
      input.warnings ??= [];
      input.warnings.push(SPACED);
    }
    if (!mayBeAnonymous(options.anonymous?.() ?? true, input.path)) throw unauthorized();
    return anonymousUser;
  };
  return {
    tokens,
    bearer,
    documents: issuerDocuments(keys, issuer, jwksUri),
    async authenticate(input) {
      const began = performance.now();
      try {
        const user = await identify(input);
        countAuthentication(user.name, began);
        return user;
      } catch (error) {
        countAuthentication(undefined, began);
        throw error;
      }
    },
  };
}
