import { describe, expect, it } from 'vitest';
import { parseRequest } from '../http/path.ts';
import type { UserInfo } from '../request.ts';
import { type LocalAccount, type LocalAccounts, LocalUsersApi } from './local-users-api.ts';
import { statusOf } from './testing/fakes.ts';

const USERS = '/apis/users.gantry.dev/v1alpha1/localusers';
const root: UserInfo = { name: 'root', groups: ['admins'] };

class FakeAccounts implements LocalAccounts {
  readonly users = new Map<string, LocalAccount>();
  async listAccounts() {
    return [...this.users.values()];
  }
  async createAccount(name: string, groups: readonly string[]) {
    if (this.users.has(name)) throw Object.assign(new Error('taken'), { name: 'UserInputError' });
    this.users.set(name, { name, groups, disabled: false, passwordIsInitial: true, createdAt: new Date(0) });
    return `first of ${name}`;
  }
  async resetPassword(name: string) {
    return `second of ${name}`;
  }
  async updateAccount(name: string, change: object) {
    const account = this.users.get(name);
    if (account !== undefined) this.users.set(name, { ...account, ...change });
  }
  async deleteAccount(name: string) {
    this.users.delete(name);
  }
}

/** The API over one user, and callers who may impersonate what `allowed` names. */
function setUp(allowed: readonly string[] = ['users/eve', 'groups/dev']) {
  const accounts = new FakeAccounts();
  const api = new LocalUsersApi(accounts, async (_user, resource, name) =>
    allowed.includes(`${resource}/${name}`),
  );
  const ask = async (method: string, path: string, body?: unknown, user = root) => {
    const query = new URLSearchParams();
    const bytes = Buffer.from(
      body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    );
    const request = { method, path, query, headers: {}, user, body: () => Promise.resolve(bytes) };
    const answer = await api.handle({ ...request, ...parseRequest(method, path, query) });
    return { status: answer?.status, body: JSON.parse(String(answer?.body ?? 'null')) as unknown };
  };
  return { accounts, ask };
}

const eve = { metadata: { name: 'eve' }, spec: { groups: ['dev'] } };

describe('the API of local users', () => {
  it('makes a user with a first password, and shows it never again', async () => {
    const { ask } = setUp();
    expect(await ask('POST', USERS, eve)).toMatchObject({
      status: 201,
      body: { kind: 'LocalUser', spec: eve.spec, status: { initialPassword: 'first of eve' } },
    });
    const { body } = await ask('GET', USERS);
    expect(body).toMatchObject({ kind: 'LocalUserList', items: [{ metadata: { name: 'eve' } }] });
    expect(JSON.stringify(body)).not.toContain('first of');
    expect(await statusOf(ask('POST', USERS, eve))).toMatchObject({ code: 400, message: 'taken' });
  });

  it('changes, resets and deletes', async () => {
    const { ask, accounts } = setUp();
    await ask('POST', USERS, eve);
    const change = { spec: { disabled: true, groups: [] } };
    expect(await ask('PATCH', `${USERS}/eve`, change)).toMatchObject({ body: { spec: change.spec } });
    expect(await ask('POST', `${USERS}/eve/password`)).toMatchObject({
      status: 201,
      body: { status: { initialPassword: 'second of eve' } },
    });
    await ask('DELETE', `${USERS}/eve`);
    expect(accounts.users.size).toBe(0);
    expect(await statusOf(ask('GET', `${USERS}/eve`))).toMatchObject({ code: 404, reason: 'NotFound' });
  });

  it('hands out no more than the caller has', async () => {
    const { ask } = setUp(['users/eve', 'groups/dev']);
    const more = { metadata: { name: 'eve' }, spec: { groups: ['dev', 'admins'] } };
    expect(await statusOf(ask('POST', USERS, more))).toMatchObject({
      code: 403,
      message:
        'localusers.users.gantry.dev "eve" is forbidden: user "root" lacks the verb impersonate on the group "admins"',
    });
    expect(await statusOf(ask('POST', USERS, { metadata: { name: 'bob' } }))).toMatchObject({ code: 403 });
    await ask('POST', USERS, eve);
    expect(await statusOf(ask('PATCH', `${USERS}/eve`, { spec: more.spec }))).toMatchObject({ code: 403 });
  });

  it('lets nobody lock themselves out', async () => {
    const { ask } = setUp();
    await ask('POST', USERS, eve);
    const self: UserInfo = { name: 'eve', groups: [] };
    const disabled = { spec: { disabled: true } };
    expect(await statusOf(ask('PATCH', `${USERS}/eve`, disabled, self))).toMatchObject({ code: 403 });
    expect(await statusOf(ask('DELETE', `${USERS}/eve`, undefined, self))).toMatchObject({ code: 403 });
  });

  it.each([
    ['POST', USERS, '{', 400],
    ['POST', USERS, [], 400],
    ['POST', USERS, {}, 400],
    ['POST', USERS, { metadata: { name: 'eve' }, spec: { groups: 'dev' } }, 400],
    ['POST', USERS, { metadata: { name: 'eve' }, spec: { groups: Array(40).fill('dev') } }, 400],
    ['PUT', `${USERS}/eve`, {}, 405],
    ['GET', `${USERS}/eve/password`, undefined, 405],
    ['GET', '/apis/users.gantry.dev/v1alpha1/namespaces/a/localusers', undefined, 405],
  ])('refuses %s %s %j with %s', async (method, path, body, code) => {
    expect(await statusOf(setUp().ask(method, path, body))).toMatchObject({ code });
  });

  it('leaves other paths to others', async () => {
    expect(await setUp().ask('GET', '/apis/users.gantry.dev/v1/localusers')).toEqual({
      status: undefined,
      body: null,
    });
  });
});
