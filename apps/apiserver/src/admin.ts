import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Users } from '@gantry/db/create-users';
import { generatePassword } from '@gantry/db/password';
import { adminName } from '@gantry/db/users';

const passwordFile = (data: string): string => join(data, 'admin-password');
const tokenFile = (data: string): string => join(data, 'admin-token');

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/**
 * The user `admin` with a first password, which lies in DATA/admin-password until it is changed, and a token for this
 * machine's own tools in DATA/admin-token. A password is put into its file before it is valid, so that a crash loses none.
 */
export async function ensureAdminAccess(users: Users, data: string): Promise<void> {
  const { passwordIsInitial } = await users.ensureAdmin();
  if (!passwordIsInitial) await rm(passwordFile(data), { force: true });
  else if (existsSync(passwordFile(data)))
    await users.ensureAdmin((await readFile(passwordFile(data), 'utf8')).trim());
  else {
    const password = generatePassword();
    await writeSecret(passwordFile(data), password);
    await users.ensureAdmin(password);
  }
  await ensureToken(users, data);
}

async function ensureToken(users: Users, data: string): Promise<void> {
  const file = tokenFile(data);
  if (existsSync(file) && (await users.lookupToken((await readFile(file, 'utf8')).trim())) !== undefined)
    return;
  const admin = (await users.listUsers()).find((user) => user.name === adminName);
  if (admin === undefined) return;
  const { token } = await users.createToken(admin.id, 'gantry on this machine');
  await writeSecret(file, token);
}

/** The same users; a changed first password takes its file with it. */
export function forgettingFirstPassword(users: Users, data: string): Users {
  return {
    ...users,
    async changePassword(name, oldPassword, newPassword) {
      await users.changePassword(name, oldPassword, newPassword);
      if (name === adminName) await rm(passwordFile(data), { force: true });
    },
  };
}
