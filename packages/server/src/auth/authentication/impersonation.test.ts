import { describe, expect, it } from 'vitest';
import type { Authorizer, UserInfo } from '../../request.ts';
import { alice, attributes, statusOf } from '../testing/fakes.ts';
import { createImpersonation } from './impersonation.ts';

const only = (...allowed: string[]): Authorizer => ({
  authorize(_user, { verb, resource, subresource, namespace, name }) {
    const text = `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${namespace}/${name}`;
    return { allowed: allowed.includes(text), reason: '' };
  },
});
const resolve = (headers: Record<string, string>, authorizer: Authorizer, user: UserInfo = alice) => {
  const request = attributes({ verb: 'list', namespace: 'ns' });
  const answer = createImpersonation(authorizer)({ headers, path: '/' }, user, request);
  if (answer instanceof Promise) throw new Error('not expected');
  return answer;
};

describe('impersonation', () => {
  it('does nothing without headers', () => {
    expect(resolve({ accept: '*/*' }, only())).toBeUndefined();
  });

  it('takes empty groups and extra values as they are, and odd names of service accounts for users', () => {
    const anything: Authorizer = { authorize: () => ({ allowed: true, reason: '' }) };
    const superuser = only('impersonate users /bob', 'impersonate groups /', 'impersonate userextras/a /');
    const headers = { 'impersonate-user': 'bob', 'impersonate-group': '', 'impersonate-extra-a': '' };
    expect(resolve(headers, superuser)?.user).toEqual({
      ...{ name: 'bob', groups: ['', 'system:authenticated'], extra: { a: [''] } },
    });
    const odd = { 'impersonate-user': 'system:serviceaccount:De_f:x' };
    expect(resolve(odd, anything)?.user.groups).toEqual(['system:authenticated']);
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
      constraint: '',
      user: { name: 'bob', groups: ['dev', 'ops', 'system:authenticated'], extra: { scopes: ['view'] } },
    });
  });

  it('knows the groups of service accounts and of nobody', () => {
    const authorizer = only('impersonate serviceaccounts ns/web', 'impersonate users /system:anonymous');
    const account = resolve({ 'impersonate-user': 'system:serviceaccount:ns:web' }, authorizer);
    expect(account?.user.groups).toEqual([
      'system:serviceaccounts',
      'system:serviceaccounts:ns',
      'system:authenticated',
    ]);
    const nobody = resolve({ 'impersonate-user': 'system:anonymous' }, authorizer);
    expect(nobody?.user.groups).toEqual(['system:unauthenticated']);
  });

  it('refuses a part that is not allowed, and groups without a user', async () => {
    const authorizer = only('impersonate users /bob', 'impersonate-on:user-info:list pods ns/');
    const headers = { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' };
    expect((await statusOf(() => resolve(headers, authorizer))).message).toBe(
      'users.authentication.k8s.io "bob" is forbidden: User "alice" cannot impersonate:user-info resource "users" in API group "authentication.k8s.io" at the cluster scope',
    );
    expect((await statusOf(() => resolve(headers, only('impersonate users /bob')))).message).toBe(
      'pods is forbidden: User "alice" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "ns"',
    );
    expect(await statusOf(() => resolve({ 'impersonate-group': 'dev' }, authorizer))).toMatchObject({
      code: 400,
      message:
        'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"dev"}, Extra:map[string][]string(nil)} without impersonating a user name',
    });
  });

  it('lets who may only do so much act as others for that', async () => {
    const authorizer = only('impersonate-on:user-info:list pods ns/', 'impersonate:user-info users /bob');
    expect(resolve({ 'impersonate-user': 'bob' }, authorizer)).toEqual({
      constraint: 'impersonate:user-info',
      user: { name: 'bob', groups: ['system:authenticated'] },
    });
    const nodes = only('impersonate-on:arbitrary-node:list pods ns/', 'impersonate:arbitrary-node nodes /n1');
    expect(resolve({ 'impersonate-user': 'system:node:n1' }, nodes)?.user.groups).toEqual([
      'system:nodes',
      'system:authenticated',
    ]);
    const everything: Authorizer = { authorize: () => ({ allowed: true, reason: '' }) };
    const masters = { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' };
    // The limited ways never lead there; the old verb does.
    expect(resolve(masters, everything)?.constraint).toBe('');
  });

  it('lets the accounts of a node act as that node', () => {
    const authorizer = only(
      'impersonate-on:associated-node:list pods ns/',
      'impersonate:associated-node nodes /*',
    );
    const account: UserInfo = {
      name: 'system:serviceaccount:ns:agent',
      groups: [],
      extra: { 'authentication.kubernetes.io/node-name': ['n1'] },
    };
    const own = resolve({ 'impersonate-user': 'system:node:n1' }, authorizer, account);
    expect(own).toMatchObject({
      constraint: 'impersonate:associated-node',
      user: { name: 'system:node:n1' },
    });
    expect(() => resolve({ 'impersonate-user': 'system:node:n2' }, authorizer, account)).toThrow('forbidden');
  });

  it('tries the way that led somewhere before', () => {
    const asked: string[] = [];
    const impersonation = createImpersonation({
      authorize(_user, { verb }) {
        asked.push(verb);
        return { allowed: verb === 'impersonate', reason: '' };
      },
    });
    const headers = { 'impersonate-user': 'bob' };
    for (let round = 0; round < 2; round++)
      impersonation({ headers, path: '/' }, alice, attributes({ verb: 'list' }));
    expect(asked).toEqual(['impersonate-on:user-info:list', 'impersonate', 'impersonate']);
  });
});
