import { isDNS1123Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { UserInfo } from '../request.ts';

export const ANONYMOUS = 'system:anonymous';
export const AUTHENTICATED = 'system:authenticated';
export const UNAUTHENTICATED = 'system:unauthenticated';
export const SUPERUSERS = 'system:masters';
export const NODES = 'system:nodes';
const NODE_PREFIX = 'system:node:';
const SERVICE_ACCOUNT_PREFIX = 'system:serviceaccount:';

export const anonymousUser: UserInfo = Object.freeze({
  name: ANONYMOUS,
  groups: Object.freeze([UNAUTHENTICATED]),
});

/**
 * Groups of a user whom a credential names: those given and `system:authenticated`. Whoever is called anonymous, or is of
 * `system:unauthenticated` by a proxy's word, stays so.
 */
export function withAuthenticated(groups: readonly string[], name = ''): readonly string[] {
  return name === ANONYMOUS || groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED)
    ? groups
    : [...groups, AUTHENTICATED];
}

export const serviceAccountUser = (namespace: string, name: string): string =>
  `${SERVICE_ACCOUNT_PREFIX}${namespace}:${name}`;

export const serviceAccountGroups = (namespace: string): readonly string[] => [
  'system:serviceaccounts',
  `system:serviceaccounts:${namespace}`,
];

/** Namespace and name of a service account's user name; undefined for any other user. */
export function parseServiceAccountUser(user: string): { namespace: string; name: string } | undefined {
  if (!user.startsWith(SERVICE_ACCOUNT_PREFIX)) return undefined;
  const parts = user.slice(SERVICE_ACCOUNT_PREFIX.length).split(':');
  const [namespace, name] = parts;
  if (parts.length !== 2 || !namespace || !name) return undefined;
  if (isDNS1123Label(namespace).length > 0 || isDNS1123Subdomain(name).length > 0) return undefined;
  return { namespace, name };
}

/** The node that a user speaks for: '' when it is in `system:nodes` under a wrong name, undefined when it is no node. */
export function nodeOf(user: UserInfo): string | undefined {
  if (!user.name.startsWith(NODE_PREFIX) || !user.groups.includes(NODES)) return undefined;
  return user.name.slice(NODE_PREFIX.length);
}
