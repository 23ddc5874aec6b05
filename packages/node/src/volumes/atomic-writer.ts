import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';

/** A file of a volume: path relative to the volume, permission bits, contents. */
export interface VolumeFile {
  readonly path: string;
  readonly mode: number;
  /** Owner, when it isn't root. */
  readonly uid?: number;
  readonly data: Buffer;
}

export interface Ownership {
  readonly fsGroup?: number;
}

/**
 * Makes a folder hold exactly `files`, all changed at once: they are written to a new timestamped folder, `..data` is
 * pointed there by one rename, and the visible names are links through `..data`. Returns whether anything changed.
 * Throws on a path that leaves the folder.
 */
export async function writeAtomically(
  dir: string,
  files: readonly VolumeFile[],
  owner: Ownership = {},
): Promise<boolean> {
  for (const { path } of files) checkPath(path);
  await mkdir(dir, { recursive: true, mode: 0o755 });
  const dataLink = join(dir, '..data');
  const current = await readlink(dataLink).catch(() => undefined);
  if (current !== undefined && (await isSame(join(dir, current), files))) return false;
  const next = `..${new Date().toISOString().replaceAll(/[-:.TZ]/g, '_')}${Math.random().toString(10).slice(2, 10)}`;
  const target = join(dir, next);
  await mkdir(target, { mode: 0o755 });
  await chmod(target, 0o755);
  for (const file of files) await writeVolumeFile(target, file, owner);
  const temporary = join(dir, '..data_tmp');
  await rm(temporary, { force: true });
  await symlink(next, temporary);
  await rename(temporary, dataLink);
  await linkNames(dir, files);
  if (current !== undefined) await rm(join(dir, current), { recursive: true, force: true });
  return true;
}

function checkPath(path: string): void {
  const parts = path.split('/');
  if (path === '' || posix.isAbsolute(path) || parts.includes('..') || path.startsWith('..')) {
    throw new Error(`invalid path: ${JSON.stringify(path)} must be relative and must not contain ".."`);
  }
}

async function writeVolumeFile(root: string, file: VolumeFile, owner: Ownership): Promise<void> {
  const path = join(root, file.path);
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  await writeFile(path, file.data, { mode: file.mode });
  // With a group of its own, the group may read, as the owner; nobody writes here but the node.
  const mode = owner.fsGroup === undefined ? file.mode : file.mode | 0o440;
  await chmod(path, mode);
  if (owner.fsGroup !== undefined || file.uid !== undefined)
    await chown(path, file.uid ?? 0, owner.fsGroup ?? 0);
}

async function isSame(root: string, files: readonly VolumeFile[]): Promise<boolean> {
  const present = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  if (present.filter((entry) => entry.isFile()).length !== files.length) return false;
  for (const file of files) {
    const data = await readFile(join(root, file.path)).catch(() => undefined);
    if (data === undefined || !data.equals(file.data)) return false;
  }
  return true;
}

async function linkNames(dir: string, files: readonly VolumeFile[]): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path.split('/')[0] ?? path));
  for (const name of wanted) {
    const link = join(dir, name);
    const found = await lstat(link).catch(() => undefined);
    if (found === undefined) await symlink(join('..data', name), link);
  }
  for (const name of await readdir(dir)) {
    if (!name.startsWith('..') && !wanted.has(name))
      await rm(join(dir, name), { recursive: true, force: true });
  }
}
