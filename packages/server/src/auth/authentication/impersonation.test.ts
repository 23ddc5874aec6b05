import { describe, expect, it } from 'vitest';
import type { Authorizer } from '../../request.ts';
import { alice, statusOf } from '../testing/fakes.ts';
import { resolveImpersonation } from './impersonation.ts';

const only = (...allowed: string[]): Authorizer => ({
  authorize(_user, { verb, resource, subresource, namespace, name }) {
    const text = `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${namespace}/${name}`;
    return { allowed: allowed.includes(text), reason: '' };
  },
});
const resolve = (headers: Record<string, string>, authorizer: Authorizer) =>
  resolveImpersonation({ headers, path: '/' }, alice, authorizer);
const groupsOf = (headers: Record<string, string>, authorizer: Authorizer) => {
  const user = resolve(headers, authorizer);
  return user instanceof Promise ? undefined : user?.groups;
};

describe('resolveImpersonation', () => {
  it('does nothing without headers', () => {
    expect(resolve({ accept: '*/*' }, only())).toBeUndefined();
  });

  it('asks for each part and adds system:authenticated', () => {
    const authorizer = only(
      'impersonate users /bob',
      'impersonate groups /dev',
      'impersonate groups /ops',
      'impersonate userextras/scopes /view',
    );
    const headers = {
      'impersonate-user': 'bob',
      'impersonate-group': 'dev, ops',
      'impersonate-extra-scopes': 'view',
    };
    expect(resolve(headers, authorizer)).toEqual({
      name: 'bob',
      groups: ['dev', 'ops', 'system:authenticated'],
      extra: { scopes: ['view'] },
    });
  });

  it('knows the groups of service accounts and of nobody', () => {
    const authorizer = only('impersonate serviceaccounts ns/web', 'impersonate users /system:anonymous');
    expect(groupsOf({ 'impersonate-user': 'system:serviceaccount:ns:web' }, authorizer)).toEqual([
      'system:serviceaccounts',
      'system:serviceaccounts:ns',
      'system:authenticated',
    ]);
    expect(groupsOf({ 'impersonate-user': 'system:anonymous' }, authorizer)).toEqual([
      'system:unauthenticated',
    ]);
  });

  it('refuses a part that is not allowed, and groups without a user', async () => {
    const authorizer = only('impersonate users /bob');
    expect(
      (
        await statusOf(() =>
          resolve({ 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' }, authorizer),
        )
      ).message,
    ).toBe(
      'groups "system:masters" is forbidden: User "alice" cannot impersonate resource "groups" in API group "" at the cluster scope',
    );
    expect(await statusOf(() => resolve({ 'impersonate-group': 'dev' }, authorizer))).toMatchObject({
      code: 400,
      message: 'requested [{Group  dev    }] without impersonating a user',
    });
  });
});
