import { badRequest } from '@gantry/machinery/status';
import type { AuthenticationInput, Authorizer, RequestAttributes, UserInfo } from '../../request.ts';
import { forbiddenRequest } from '../authorization/denial.ts';
import {
  ANONYMOUS,
  AUTHENTICATED,
  parseServiceAccountUser,
  serviceAccountGroups,
  UNAUTHENTICATED,
} from '../users.ts';
import { headerOf } from './credentials.ts';

const EXTRA_PREFIX = 'impersonate-extra-';
/** Header values; each costs an authorization. */
const MAX_VALUES = 256;

/** Node joins repeated headers with ', '; no user, group or extra value of ours holds that. */
function valuesOf(input: AuthenticationInput, name: string): string[] {
  const value = input.headers[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : value.split(', ')).filter((text) => text !== '');
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What the headers ask for, or undefined when they ask for nothing. Throws when they name no user. */
function requested(input: AuthenticationInput) {
  const user = headerOf(input, 'impersonate-user') ?? '';
  const groups = valuesOf(input, 'impersonate-group');
  const uid = headerOf(input, 'impersonate-uid') ?? '';
  const extra = new Map<string, string[]>();
  for (const name of Object.keys(input.headers)) {
    if (name.startsWith(EXTRA_PREFIX)) {
      extra.set(decodeKey(name.slice(EXTRA_PREFIX.length)), valuesOf(input, name));
    }
  }
  if (user === '') {
    if (groups.length === 0 && uid === '' && extra.size === 0) return undefined;
    throw badRequest('requested groups, uid or extra without impersonating a user');
  }
  const count = groups.length + [...extra.values()].reduce((sum, list) => sum + list.length, 0);
  if (count > MAX_VALUES) {
    throw badRequest(`at most ${MAX_VALUES} groups and extra values can be impersonated`);
  }
  return { user, groups, uid, extra };
}

const attributes = (
  group: string,
  resource: string,
  name: string,
  namespace = '',
  subresource = '',
): RequestAttributes => ({
  isResourceRequest: true,
  verb: 'impersonate',
  group,
  version: 'v1',
  resource,
  subresource,
  namespace,
  name,
  path: '',
});

/**
 * The user that the `Impersonate-*` headers ask for, once `requestor` may act as each part of it; undefined without such headers.
 * Throws Forbidden, worded as for any request.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function resolveImpersonation(
  input: AuthenticationInput,
  requestor: UserInfo,
  authorizer: Authorizer,
): UserInfo | undefined {
  const wish = requested(input);
  if (wish === undefined) return undefined;
  const demand = (wanted: RequestAttributes): void => {
    const decision = authorizer.authorize(requestor, wanted);
    if (!decision.allowed) throw forbiddenRequest(requestor, wanted, decision.reason);
  };
  const account = parseServiceAccountUser(wish.user);
  if (account === undefined) demand(attributes('', 'users', wish.user));
  else demand(attributes('', 'serviceaccounts', account.name, account.namespace));
  for (const group of wish.groups) demand(attributes('', 'groups', group));
  for (const [key, values] of wish.extra) {
    for (const value of values) demand(attributes('authentication.k8s.io', 'userextras', value, '', key));
  }
  if (wish.uid !== '') demand(attributes('authentication.k8s.io', 'uids', wish.uid));

  const groups = [...wish.groups];
  if (groups.length === 0 && account !== undefined) groups.push(...serviceAccountGroups(account.namespace));
  if (wish.user === ANONYMOUS) {
    if (!groups.includes(UNAUTHENTICATED)) groups.push(UNAUTHENTICATED);
  } else if (!groups.includes(AUTHENTICATED) && !groups.includes(UNAUTHENTICATED)) {
    groups.push(AUTHENTICATED);
  }
  return {
    name: wish.user,
    ...(wish.uid === '' ? {} : { uid: wish.uid }),
    groups,
    ...(wish.extra.size === 0 ? {} : { extra: Object.fromEntries(wish.extra) }),
  };
}
