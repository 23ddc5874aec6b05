import { GitCommandError, git } from './command.ts';
import { whyNoFolder } from './in-submodule.ts';

/** Folders of one commit by path. */
type FolderIds = ReadonlyMap<string, string>;

const KEPT_MAX = 32;
const LIST_LIMIT_BYTES = 8 << 20;

/** A commit never changes: many Applications of one repository ask about it at once. Oldest first. */
const known = new Map<string, Promise<FolderIds | undefined>>();

type Env = Readonly<Record<string, string>>;

/** Object id of a folder ('' = all) in a commit. Throws GitError when it isn't there. */
export async function folderIdOf(
  repository: string,
  commit: string,
  folder: string,
  env: Env,
): Promise<string> {
  const ids = await foldersOf(repository, commit, folder === '' ? 'root' : 'all', env);
  const id = ids === undefined ? await lookUp(repository, commit, folder, env) : ids.get(folder);
  if (id !== undefined) return id;
  throw await whyNoFolder(repository, commit, folder, env);
}

/** The root alone, or the folders below it. */
function foldersOf(
  repository: string,
  commit: string,
  which: 'root' | 'all',
  env: Env,
): Promise<FolderIds | undefined> {
  const key = `${which} ${repository} ${commit}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const listed = which === 'root' ? rootOf(repository, commit, env) : listFolders(repository, commit, env);
  known.set(key, listed);
  listed.catch(() => known.delete(key));
  for (const oldest of known.keys()) {
    if (known.size <= KEPT_MAX) break;
    known.delete(oldest);
  }
  return listed;
}

async function rootOf(repository: string, commit: string, env: Env): Promise<FolderIds> {
  const root = await lookUp(repository, commit, '', env);
  if (root === undefined) throw new GitCommandError(`commit ${commit.slice(0, 7)} is not there`, '');
  return new Map([['', root]]);
}

/** Undefined when there are too many to keep. */
async function listFolders(repository: string, commit: string, env: Env): Promise<FolderIds | undefined> {
  const output = await git(['ls-tree', '-r', '-d', '-z', '--full-tree', commit], {
    cwd: repository,
    env,
    outputLimitBytes: LIST_LIMIT_BYTES,
  }).catch(() => undefined);
  if (output === undefined) return undefined;
  const ids = new Map<string, string>();
  for (const line of output.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    const [, type, oid = ''] = line.slice(0, Math.max(0, tab)).split(' ');
    if (type === 'tree') ids.set(line.slice(tab + 1), oid);
  }
  return ids;
}

const lookUp = (repository: string, commit: string, folder: string, env: Env): Promise<string | undefined> =>
  git(['rev-parse', '--verify', '--quiet', `${commit}:${folder}`], { cwd: repository, env }).then(
    (output) => output.toString('latin1').trim(),
    () => undefined,
  );
