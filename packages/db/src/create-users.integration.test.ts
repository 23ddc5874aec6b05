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
});
