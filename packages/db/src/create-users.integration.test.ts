import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@gantry/postgres/launcher';
import { migrate } from '@gantry/postgres/migrate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUsers, type Users } from './create-users.ts';
import { UserInputError } from './users.ts';

let folder: string;
let postgres: PostgresServer;
let users: Users;
let now = Date.now();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-db-'));
  postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
  });
  await migrate(postgres.connection);
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  users = createUsers(postgres.connection, () => now);
});
afterEach(() => users.close());

const groups = ['dev'];

describe('local users', () => {
  test('the admin is made once; a given first password holds until it is changed', async () => {
    const first = await users.ensureAdmin();
    expect(first).toMatchObject({ name: 'admin', passwordIsInitial: true });
    expect(await users.verifyPassword('admin', first.password ?? '')).toMatchObject({
      ok: true,
      user: { groups: ['gantry:admins'], passwordIsInitial: true },
    });
    expect(await users.ensureAdmin()).toEqual({ name: 'admin', passwordIsInitial: true });
    await users.ensureAdmin('from-the-file');
    expect(await users.verifyPassword('admin', first.password ?? '')).toMatchObject({ ok: false });
    await users.changePassword('admin', 'from-the-file', 'my own secret');
    expect(await users.ensureAdmin('from-the-file')).toEqual({ name: 'admin', passwordIsInitial: false });
    expect(await users.verifyPassword('admin', 'my own secret')).toMatchObject({ ok: true });
  });

  test('an account rests after ten wrong passwords, and no longer than it must', async () => {
    await users.createUser('eve', 'a good password', groups);
    for (let n = 0; n < 10; n++) {
      expect(await users.verifyPassword('eve', `wrong ${n}`)).toEqual({ ok: false, reason: 'wrong' });
    }
    const locked = await users.verifyPassword('eve', 'a good password');
    expect(locked).toMatchObject({ ok: false, reason: 'locked', retryAfterSeconds: 5 });
    now += 6_000;
    expect(await users.verifyPassword('eve', 'a good password')).toMatchObject({ ok: true });
    expect(await users.verifyPassword('nobody', 'whatever')).toEqual({ ok: false, reason: 'wrong' });
  });

  test.each([
    ['system:masters', 'a good password', groups],
    ['bob', 'short', groups],
    ['bob', 'a good password', ['system:masters']],
  ])('user %s with %s in %s is refused', async (name, password, wanted) => {
    await expect(users.createUser(name, password, wanted)).rejects.toThrow(UserInputError);
  });

  test('sessions end by revocation, by time and by a password change', async () => {
    const { id } = await users.createUser('carol', 'a good password', groups);
    const [one, two, three] = [
      await users.createSession(id),
      await users.createSession(id, 'browser'),
      await users.createSession(id),
    ];
    expect(await users.lookupSession(one.token)).toMatchObject({ name: 'carol', groups });
    expect(await users.lookupSession(`${one.token.slice(0, -1)}_`)).toBeUndefined();
    await users.revokeSession(one.token);
    expect(await users.lookupSession(one.token)).toBeUndefined();
    expect(await users.lookupSession(two.token)).toBeDefined();
    await users.changePassword('carol', 'a good password', 'another secret');
    expect(await users.lookupSession(two.token)).toBeUndefined();
    expect(await users.lookupSession(three.token)).toBeUndefined();
    const last = await users.createSession(id);
    now += 8 * 86_400_000;
    expect(await users.lookupSession(last.token)).toBeUndefined();
  });

  test('tokens are the user, until they are revoked or over', async () => {
    const { id } = await users.createUser('dave', 'a good password', groups);
    const token = await users.createToken(id, 'ci');
    await expect(users.createToken(id, 'ci')).rejects.toThrow('exists already');
    expect(await users.lookupToken(token.token)).toMatchObject({ name: 'dave' });
    expect(await users.listTokens(id)).toMatchObject([{ id: token.id, name: 'ci' }]);
    const brief = await users.createToken(id, 'brief', 1_000);
    now += 1_001;
    expect(await users.lookupToken(brief.token)).toBeUndefined();
    await users.revokeToken(id, token.id);
    expect(await users.lookupToken(token.token)).toBeUndefined();
    expect(await users.lookupToken('gantry_pat_x')).toBeUndefined();
  });

  test('an owner sees their sessions and ends them, local or not', async () => {
    const { id } = await users.createUser('erin', 'a good password', groups);
    const [mine, other] = [await users.createSession(id, 'here'), await users.createSession(id, 'there')];
    const guest = await users.createExternalSession('https://issuer#erin', ['staff']);
    expect(await users.lookupSession(guest.token)).toMatchObject({
      name: 'https://issuer#erin',
      groups: ['staff'],
    });
    const seen = await users.listSessions(mine.token);
    expect(seen.map(({ userAgent, isCurrent }) => [userAgent, isCurrent]).sort()).toEqual([
      ['here', true],
      ['there', false],
    ]);
    const foreign = (await users.listSessions(guest.token))[0];
    await users.revokeSessions(mine.token, foreign?.id);
    expect(await users.lookupSession(guest.token)).toBeDefined();
    await users.revokeSessions(mine.token);
    expect(await users.lookupSession(other.token)).toBeUndefined();
    expect(await users.lookupSession(mine.token)).toBeDefined();
    await users.revokeSessions(guest.token, foreign?.id);
    expect(await users.lookupSession(guest.token)).toBeUndefined();
    expect(await users.listSessions(guest.token)).toEqual([]);
  });

  test('an administrator makes, disables, resets and deletes users', async () => {
    const first = await users.createAccount('frank', ['dev']);
    const check = await users.verifyPassword('frank', first);
    expect(check).toMatchObject({ ok: true, user: { passwordIsInitial: true, groups: ['dev'] } });
    const { token } = await users.createSession(check.ok ? check.user.id : '');
    await expect(users.changePassword('frank', first, first)).rejects.toThrow('is the old one');
    await users.updateAccount('frank', { disabled: true });
    expect(await users.lookupSession(token)).toBeUndefined();
    expect(await users.verifyPassword('frank', first)).toMatchObject({ ok: false });
    await users.updateAccount('frank', { disabled: false, groups: ['ops'] });
    const second = await users.resetPassword('frank');
    expect(await users.verifyPassword('frank', first)).toMatchObject({ ok: false });
    expect(await users.verifyPassword('frank', second)).toMatchObject({
      ok: true,
      user: { groups: ['ops'] },
    });
    expect((await users.listAccounts()).find(({ name }) => name === 'frank')).toMatchObject({
      groups: ['ops'],
      disabled: false,
      passwordIsInitial: true,
    });
    await expect(users.updateAccount('frank', { groups: ['system:masters'] })).rejects.toThrow(
      UserInputError,
    );
    await users.deleteAccount('frank');
    await expect(users.resetPassword('frank')).rejects.toThrow('there is no user "frank"');
  });
});
