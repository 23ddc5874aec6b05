import { describe, expect, it } from 'vitest';
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
});
