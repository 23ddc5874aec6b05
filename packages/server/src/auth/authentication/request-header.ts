import type { AuthenticationInput, Authenticator, UserInfo } from '../../request.ts';
import { withAuthenticated } from '../users.ts';
import { headerValues } from './credentials.ts';
import { TokenFault } from './token-authenticator.ts';

/** How a proxy in front says who asks. Header names in lower case. */
export interface RequestHeaderOptions {
  readonly usernameHeaders: readonly string[];
  readonly uidHeaders: readonly string[];
  readonly groupHeaders: readonly string[];
  readonly extraPrefixes: readonly string[];
  /** Common names of proxies' certificates; empty: any that the authority signed. */
  readonly allowedNames: readonly string[];
  /** Fingerprints of the authorities that sign proxies' certificates. */
  readonly authorities: ReadonlySet<string>;
}

const firstOf = (input: AuthenticationInput, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const [value] = headerValues(input, name);
    if (value !== undefined) return value;
  }
  return undefined;
};

export function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function extraOf(
  input: AuthenticationInput,
  prefixes: readonly string[],
): Record<string, readonly string[]> | undefined {
  const extra = new Map<string, string[]>();
  for (const prefix of prefixes)
    for (const name of Object.keys(input.headers))
      if (name.startsWith(prefix)) {
        const key = decodeKey(name.slice(prefix.length));
        extra.set(key, [...(extra.get(key) ?? []), ...headerValues(input, name)]);
      }
  return extra.size === 0 ? undefined : Object.fromEntries(extra);
}

/**
 * Users whom a proxy vouches for: its certificate is of the proxies' authority, and its headers name them.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy
 */
export function createRequestHeaderAuthenticator(options: RequestHeaderOptions): Authenticator {
  return {
    authenticate(input): UserInfo | undefined {
      const { clientCertificate, clientAuthority, clientName = '' } = input;
      if (clientCertificate === undefined || clientAuthority === undefined) return undefined;
      if (!options.authorities.has(clientAuthority)) return undefined;
      if (options.allowedNames.length > 0 && !options.allowedNames.includes(clientName))
        throw new TokenFault(`x509: subject with cn=${clientName} is not in the allowed list`);
      const name = firstOf(input, options.usernameHeaders);
      if (name === undefined) return undefined;
      const uid = firstOf(input, options.uidHeaders);
      const extra = extraOf(input, options.extraPrefixes);
      const groups = options.groupHeaders.flatMap((header) => headerValues(input, header));
      return {
        name,
        ...(uid === undefined ? {} : { uid }),
        groups: withAuthenticated(groups, name),
        ...(extra === undefined ? {} : { extra }),
      };
    },
  };
}
