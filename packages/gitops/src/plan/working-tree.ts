import { createHash } from 'node:crypto';
import { lstat, opendir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { git } from '../git/command.ts';
import { cleanFolder, GitError, NothingThereError, type Tree, type TreeFile } from '../git/tree.ts';

/** What stands where a commit's id would. */
export const UNCOMMITTED = 'working-folder';
const FILES_MAX = 200_000;
const AT_ONCE = 64;
/** That are looked for at once. */
const COMMITS_MAX = 100_000;

export interface WorkingFolder {
  /** Of the repository's working tree; the folder itself where there is no repository. */
  readonly root: string;
  /** Path of the folder in it: '' is the root. */
  readonly path: string;
  /** Whether Git knows what belongs to it. */
  readonly isRepository: boolean;
}

const runGit = async (cwd: string, args: readonly string[]): Promise<string> =>
  (await git(args, { cwd, env: { HOME: process.env.HOME ?? '/nonexistent' } })).toString('utf8');

/** Finds the working tree that a folder is in. Throws GitError when there is no such folder. */
export async function findWorkingFolder(folder: string): Promise<WorkingFolder> {
  const real = await realpath(folder).catch(() => {
    throw new GitError(`there is no folder ${folder}`);
  });
  if (!(await lstat(real)).isDirectory()) throw new GitError(`${folder} is no folder`);
  try {
    const root = (await runGit(real, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
    const path = relative(root, real).split(sep).join('/');
    if (root !== '' && !path.startsWith('..')) return { root, path, isRepository: true };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
  return { root: real, path: '', isRepository: false };
}

/** Addresses of the remotes, those of origin first. */
export async function remotesOf({ root, isRepository }: WorkingFolder): Promise<readonly string[]> {
  if (!isRepository) return [];
  const output = await runGit(root, ['config', '--get-regexp', '^remote\\..*\\.url$']).catch(() => '');
  const remotes = output.split('\n').flatMap((line) => {
    const [, name = '', url] = /^remote\.(.*)\.url (.+)$/.exec(line) ?? [];
    return url === undefined ? [] : [{ name, url }];
  });
  return remotes
    .sort((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'))
    .map(({ url }) => url);
}

/** Which of these commits the repository has. */
export async function commitsIn(
  { root, isRepository }: WorkingFolder,
  commits: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(commits)]
    .filter((commit) => /^[0-9a-f]{40,64}$/.test(commit))
    .slice(0, COMMITS_MAX);
  if (!isRepository || ids.length === 0) return new Set();
  const found = await git(['cat-file', '--batch-check'], { cwd: root, input: `${ids.join('\n')}\n` });
  const lines = found.toString('utf8').split('\n');
  return new Set(lines.flatMap((line) => /^([0-9a-f]+) commit /.exec(line)?.[1] ?? []));
}

/**
 * A working tree as it lies on disk, changes that are not committed included; what Git ignores is left out, and so are
 * the hidden folders of one that Git doesn't know.
 */
export function workingTree(folder: WorkingFolder): Tree {
  let listed: Promise<readonly TreeFile[]> | undefined;
  const all = (): Promise<readonly TreeFile[]> => {
    listed ??= listFiles(folder);
    return listed;
  };
  const below = async (path: string): Promise<readonly TreeFile[]> => {
    const clean = cleanFolder(path);
    const files = (await all()).filter((file) => clean === '' || file.path.startsWith(`${clean}/`));
    if (files.length > 0 || clean === '') return files;
    throw new NothingThereError(`there is no folder ${JSON.stringify(clean)} in ${folder.root}`);
  };
  return {
    commit: UNCOMMITTED,
    list: below,
    async folderId(path) {
      const hash = createHash('sha256');
      for (const { path: name, oid } of await below(path)) hash.update(`${name}\0${oid}\0`);
      return hash.digest('hex');
    },
    read: (files) => inBatches(files, (file) => readFile(join(folder.root, file.path))),
  };
}

async function listFiles(folder: WorkingFolder): Promise<readonly TreeFile[]> {
  const paths = folder.isRepository ? await trackedPaths(folder.root) : await walk(folder.root, '', []);
  if (paths.length > FILES_MAX)
    throw new GitError(`${folder.root} holds ${paths.length} files: at most ${FILES_MAX} are read`);
  const files = await inBatches([...new Set(paths)].sort(), async (path) => fileAt(folder.root, path));
  return files.flatMap((file) => file ?? []);
}

/** What is tracked and what may be added. */
async function trackedPaths(root: string): Promise<string[]> {
  const output = await runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return output.split('\0').filter(Boolean);
}

async function walk(root: string, folder: string, found: string[]): Promise<string[]> {
  for await (const entry of await opendir(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') await walk(root, path, found);
    } else found.push(path);
    if (found.length > FILES_MAX) break;
  }
  return found;
}

/** Undefined for what was removed from the folder, and for what is neither file nor link. */
async function fileAt(root: string, path: string): Promise<TreeFile | undefined> {
  const found = await lstat(join(root, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  const oid = `${found.ino}:${found.mtimeMs}:${found.size}`;
  if (found.isSymbolicLink()) return { path, oid, size: found.size, type: 'symlink' };
  if (found.isDirectory()) return { path, oid, size: undefined, type: 'submodule' };
  return found.isFile() ? { path, oid, size: found.size, type: 'file' } : undefined;
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}
