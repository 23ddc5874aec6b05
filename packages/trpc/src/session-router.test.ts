import { describe, expect, it } from 'vitest';
import { PASSWORD_CHANGE_GROUP, type User } from './port.ts';
import { admin, anonymous, FakeAccounts, FakeServer } from './testing/fake-server.ts';

describe('session', () => {
  it('signs in with a cookie that scripts and other sites never see', async () => {
    const server = new FakeServer();
    const answer = await server.as(anonymous).session.signIn({ name: 'admin', password: 'right' });
    expect(answer).toEqual({ name: 'admin', passwordIsInitial: true });
    expect(server.cookies).toEqual([
      'gantry-session=token-1; Path=/; HttpOnly; SameSite=Strict; Expires=Tue, 01 Jan 2030 00:00:00 GMT',
    ]);
  });

  it('says that an account rests after wrong passwords, even to the right one', async () => {
    const caller = new FakeServer().as(anonymous);
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(caller.session.signIn({ name: 'admin', password: 'no' })).rejects.toMatchObject({
        code: 'UNAUTHORIZED',
        message: 'The user name or the password is wrong.',
      });
    await expect(caller.session.signIn({ name: 'admin', password: 'right' })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringContaining('Try again in 5 seconds'),
    });
  });

  it('revokes the session on signing out', async () => {
    const accounts = new FakeAccounts();
    const { token } = await accounts.createSession();
    const server = new FakeServer();
    await server.as(admin, { accounts, sessionToken: token }).session.signOut();
    expect(accounts.sessions.size).toBe(0);
    expect(server.cookies[0]).toContain('Max-Age=0');
  });

  it('changes the password and keeps this browser signed in', async () => {
    const accounts = new FakeAccounts();
    const server = new FakeServer();
    const caller = server.as(admin, { accounts });
    await expect(
      caller.session.changePassword({ oldPassword: 'no', newPassword: 'better' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'the old password is wrong' });
    await caller.session.changePassword({ oldPassword: 'right', newPassword: 'better' });
    expect(accounts.sessions.size).toBe(1);
    expect(server.cookies).toHaveLength(1);
  });

  it('shows nothing to nobody', async () => {
    const caller = new FakeServer().as(anonymous);
    expect(await caller.session.me()).toBeNull();
    await expect(caller.discovery.kinds()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('with a first password lets it be changed, and nothing else', async () => {
    const fresh: User = { name: 'admin', groups: [PASSWORD_CHANGE_GROUP, 'system:authenticated'] };
    const accounts = new FakeAccounts();
    const { token } = await accounts.createSession();
    const caller = new FakeServer().as(fresh, { accounts, sessionToken: token });
    expect(await caller.session.me()).toMatchObject({ mustChangePassword: true, hasPassword: true });
    await expect(caller.discovery.kinds()).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'choose a password of your own first',
    });
    await expect(caller.session.sessions()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await caller.session.changePassword({ oldPassword: 'right', newPassword: 'better' });
  });

  it('shows where one is signed in, and ends that', async () => {
    const accounts = new FakeAccounts();
    const { token } = await accounts.createSession();
    await accounts.createSession();
    const caller = new FakeServer().as(admin, { accounts, sessionToken: token });
    expect(await caller.session.sessions()).toMatchObject([
      { id: 'token-1', isCurrent: true, lastSeenAt: '2029-01-01T00:00:00.000Z' },
      { id: 'token-2', isCurrent: false },
    ]);
    await caller.session.revoke({});
    expect([...accounts.sessions]).toEqual([token]);
    expect(await new FakeServer().as(admin, { accounts }).session.sessions()).toEqual([]);
  });

  it('says how one may sign in', async () => {
    expect(await new FakeServer().as(anonymous).session.ways()).toEqual({ oidc: null });
    expect(await new FakeServer().as(anonymous, { oidcLabel: 'Acme' }).session.ways()).toEqual({
      oidc: 'Acme',
    });
  });
});
