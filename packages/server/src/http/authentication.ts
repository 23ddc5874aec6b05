import { badRequest } from '@gantry/machinery/status';
import type { AuthenticationInput, Authenticator, Authorizer, RequestAttributes, UserInfo } from '../request.ts';
import { authorize } from './chain.ts';

export const ANONYMOUS: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
const AUTHENTICATED = 'system:authenticated';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** The first authenticator that knows the credential decides; without any credential the user is anonymous. */
export async function authenticate(
  authenticators: readonly Authenticator[],
  input: AuthenticationInput,
): Promise<UserInfo> {
  for (const authenticator of authenticators) {
    const answer = authenticator.authenticate(input);
    const user = answer instanceof Promise ? await answer : answer;
    if (user !== undefined) return user;
  }
  return ANONYMOUS;
}

const impersonation = (
  user: Pick<RequestAttributes, 'group' | 'version' | 'resource' | 'subresource' | 'namespace' | 'name'>,
): RequestAttributes => ({ isResourceRequest: true, verb: 'impersonate', path: '', ...user });

function values(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return Array.isArray(header) ? header : [header];
}

/** HTTP/1.1 joins repeated headers; names with commas in them can't be told apart, so they are not split. */
function groupsOf(headers: AuthenticationInput['headers'], raw: readonly string[]): string[] {
  const fromRaw: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (raw[index]?.toLowerCase() === 'impersonate-group') fromRaw.push(raw[index + 1] ?? '');
  return fromRaw.length > 0 ? fromRaw : values(headers['impersonate-group']);
}

const EXTRA = 'impersonate-extra-';

function extraOf(headers: AuthenticationInput['headers']): Record<string, string[]> {
  const extra: Record<string, string[]> = {};
  for (const name of Object.keys(headers))
    if (name.startsWith(EXTRA)) extra[decodeURIComponent(name.slice(EXTRA.length))] = values(headers[name]);
  return extra;
}

/**
 * The user that the request is to be done as. Each part that is claimed must be allowed by the verb `impersonate`.
 * Throws Forbidden, BadRequest. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonate(
  user: UserInfo,
  headers: AuthenticationInput['headers'],
  rawHeaders: readonly string[],
  authorizer: Authorizer,
): UserInfo {
  const name = values(headers['impersonate-user'])[0];
  const groups = groupsOf(headers, rawHeaders);
  const uid = values(headers['impersonate-uid'])[0];
  const extra = extraOf(headers);
  if (name === undefined || name === '') {
    if (groups.length > 0 || uid !== undefined || Object.keys(extra).length > 0)
      throw badRequest('requested impersonation without impersonating a user');
    return user;
  }
  const may = (group: string, resource: string, subresource: string, namespace: string, what: string): void =>
    authorize(authorizer, user, impersonation({ group, version: 'v1', resource, subresource, namespace, name: what }));
  const account = SERVICE_ACCOUNT.exec(name);
  if (account !== null) may('', 'serviceaccounts', '', account[1] ?? '', account[2] ?? '');
  else may('', 'users', '', '', name);
  for (const group of groups) may('', 'groups', '', '', group);
  if (uid !== undefined) may('authentication.k8s.io', 'uids', '', '', uid);
  for (const [key, list] of Object.entries(extra))
    for (const value of list) may('authentication.k8s.io', 'userextras', key, '', value);
  return { name, groups: impersonatedGroups(name, groups, account), ...(uid === undefined ? {} : { uid }), extra };
}

function impersonatedGroups(name: string, groups: readonly string[], account: RegExpExecArray | null): string[] {
  if (name === ANONYMOUS.name) return [...new Set([...groups, 'system:unauthenticated'])];
  const implied =
    account !== null && groups.length === 0
      ? ['system:serviceaccounts', `system:serviceaccounts:${account[1] ?? ''}`]
      : [];
  return [...new Set([...groups, ...implied, AUTHENTICATED])];
}
