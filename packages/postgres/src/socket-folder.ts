import { chmod, chown, lstat, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';

/** Names the socket's file; nothing listens on a port. */
export const socketPort = 5432;

/** Where the socket lies when the data folder's path is too long for one. */
export const shortFolderPrefix = join(tmpdir(), 'gantry-pg-');

/** The kernel takes 107 bytes; Postgres appends its file name. */
const maxSocketPath = 100;

/**
 * The folder for the socket, closed to everybody but Postgres's user (and root): `run` in `dataDir`, or a short one
 * among the temporary files, which `dataDir`/socket-folder remembers, so that it stays the same after a crash.
 */
export async function makeSocketFolder(dataDir: string, account: Account | undefined): Promise<string> {
  const folder = join(dataDir, 'run');
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) < maxSocketPath) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    if (account) await chown(folder, account.uid, account.gid);
    return folder;
  }
  const memory = join(dataDir, 'socket-folder');
  const remembered = await readFile(memory, 'utf8').catch(() => '');
  if (remembered.startsWith(shortFolderPrefix) && (await isOurs(remembered, account))) return remembered;
  const made = await mkdtemp(shortFolderPrefix);
  if (account) await chown(made, account.uid, account.gid);
  await writeFile(memory, made, { mode: 0o600 });
  return made;
}

/** Anybody may make a folder of that name among the temporary files. */
async function isOurs(folder: string, account: Account | undefined): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  const uid = account?.uid ?? process.getuid?.();
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0;
}
