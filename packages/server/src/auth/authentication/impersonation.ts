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
import { headerOf, headerValues } from './credentials.ts';
import { decodeKey } from './request-header.ts';

const EXTRA_PREFIX = 'impersonate-extra-';
/** Header values; each costs an authorization. */
const MAX_VALUES = 256;

/** The parts of a wish as the original lists them. */
function describeWish(groups: readonly string[], extra: ReadonlyMap<string, string[]>, uid: string): string {
  const parts = groups.map((group) => `{Group  ${group}    }`);
  for (const [key, values] of extra)
    for (const value of values) parts.push(`{UserExtra  ${value}  authentication.k8s.io/v1  ${key}}`);
  if (uid !== '') parts.push(`{UID  ${uid}  authentication.k8s.io/v1  }`);
  return `[${parts.join(' ')}]`;
}

/** What the headers ask for, or undefined when they ask for nothing. Throws when they name no user. */
function requested(input: AuthenticationInput) {
  const user = headerOf(input, 'impersonate-user') ?? '';
  const groups = headerValues(input, 'impersonate-group');
  const uid = headerOf(input, 'impersonate-uid') ?? '';
  const extra = new Map<string, string[]>();
  for (const name of Object.keys(input.headers)) {
    if (name.startsWith(EXTRA_PREFIX)) {
      extra.set(decodeKey(name.slice(EXTRA_PREFIX.length)), headerValues(input, name));
    }
  }
  if (user === '') {
    if (groups.length === 0 && uid === '' && extra.size === 0) return undefined;
    throw badRequest(`requested ${describeWish(groups, extra, uid)} without impersonating a user`);
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

type Wish = NonNullable<ReturnType<typeof requested>>;

/** Every right that a wish needs. */
function* demands(wish: Wish): Generator<RequestAttributes> {
  const account = parseServiceAccountUser(wish.user);
  if (account === undefined) yield attributes('', 'users', wish.user);
  else yield attributes('', 'serviceaccounts', account.name, account.namespace);
  for (const group of wish.groups) yield attributes('', 'groups', group);
  for (const [key, values] of wish.extra)
    for (const value of values) yield attributes('authentication.k8s.io', 'userextras', value, '', key);
  if (wish.uid !== '') yield attributes('authentication.k8s.io', 'uids', wish.uid);
}

function granted(wish: Wish): UserInfo {
  const account = parseServiceAccountUser(wish.user);
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

/**
 * The user that the `Impersonate-*` headers ask for, once `requestor` may act as each part of it; undefined without such headers.
 * A promise only where authorization asks others. Throws (or rejects with) Forbidden, worded as for any request.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function resolveImpersonation(
  input: AuthenticationInput,
  requestor: UserInfo,
  authorizer: Authorizer,
): UserInfo | undefined | Promise<UserInfo> {
  const wish = requested(input);
  if (wish === undefined) return undefined;
  const check = (wanted: RequestAttributes): void => {
    const decision = authorizer.authorize(requestor, wanted);
    if (!decision.allowed) throw forbiddenRequest(requestor, wanted, decision.reason);
  };
  if (authorizer.prepare !== undefined) return askedImpersonation(wish, requestor, authorizer, check);
  for (const wanted of demands(wish)) check(wanted);
  return granted(wish);
}

async function askedImpersonation(
  wish: Wish,
  requestor: UserInfo,
  authorizer: Authorizer,
  check: (wanted: RequestAttributes) => void,
): Promise<UserInfo> {
  for (const wanted of demands(wish)) {
    await authorizer.prepare?.(requestor, wanted);
    check(wanted);
  }
  return granted(wish);
}
