import { unauthorized } from '@gantry/machinery/status';
import type { AuthenticationInput, Authenticator, StateReader, UserInfo } from '../../request.ts';
import { anonymousUser } from '../users.ts';
import { basicCredentials, bearerToken } from './credentials.ts';
import { createLocalUserAuthenticators, type LocalUserLookup } from './local-users.ts';
import { jsonWebKeySet, openIdConfiguration, type ServiceAccountKeys } from './service-account-keys.ts';
import { createServiceAccountTokens, type ServiceAccountTokens } from './service-account-tokens.ts';
import { createX509Authenticator } from './x509.ts';

export interface AuthenticationOptions {
  readonly state: StateReader;
  readonly serviceAccounts: {
    readonly keys: ServiceAccountKeys;
    /** URL, in the original `https://kubernetes.default.svc.cluster.local`. */
    readonly issuer: string;
    /** Default: the issuer. */
    readonly audiences?: readonly string[];
    /** Absolute URL under which clients reach `/openid/v1/jwks`. */
    readonly jwksUri: string;
  };
  /** Without it, only certificates and service-account tokens sign in. */
  readonly users?: LocalUserLookup;
  /** Default: true. */
  readonly anonymous?: boolean;
  readonly now?: () => number;
}

export interface Authentication {
  /** Always answers with a user; throws 401 `Unauthorized` when a credential is wrong, or none was given and anonymous is off. */
  authenticate(input: AuthenticationInput): Promise<UserInfo>;
  readonly tokens: ServiceAccountTokens;
  /** Public documents by path, to be served as JSON after authorization. */
  readonly documents: Readonly<Record<string, unknown>>;
}

/** x509, service-account token, personal token, Basic, session, anonymous: the first that knows the caller decides. */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const now = options.now ?? Date.now;
  const { keys, issuer, jwksUri, audiences = [issuer] } = options.serviceAccounts;
  const tokens = createServiceAccountTokens({ keys, issuer, audiences, state: options.state, now });
  const local = options.users === undefined ? undefined : createLocalUserAuthenticators(options.users, now);
  const order: readonly Authenticator[] = [
    createX509Authenticator(now),
    tokens.authenticator,
    ...(local === undefined ? [] : [local.token, local.basic, local.session]),
  ];
  return {
    tokens,
    documents: {
      '/.well-known/openid-configuration': openIdConfiguration(keys, issuer, jwksUri),
      '/openid/v1/jwks': jsonWebKeySet(keys),
    },
    async authenticate(input) {
      for (const authenticator of order) {
        const answer = authenticator.authenticate(input);
        const user = answer instanceof Promise ? await answer : answer;
        if (user !== undefined) return user;
      }
      // A credential that nobody knows is wrong, not absent.
      if (bearerToken(input) !== undefined || basicCredentials(input) !== undefined) throw unauthorized();
      if (options.anonymous === false) throw unauthorized();
      return anonymousUser;
    },
  };
}
