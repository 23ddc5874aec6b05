import { readBlobs } from './blob-reader.ts';
import { GitCommandError, git } from './command.ts';
import { folderIdOf } from './folder-id.ts';
import { whyNoFolder } from './in-submodule.ts';
import { linesBelow } from './listings.ts';
import { type CommitInfo, cleanFolder, GitError, type Tree, type TreeFile } from './tree.ts';

const TYPES: Readonly<Record<string, TreeFile['type']>> = { '120000': 'symlink', '160000': 'submodule' };

/** Of all kinds: what is rendered of them has limits of its own. */
const FILES_MAX = 250_000;
const READ_MAX_BYTES = 128 << 20;
const NO_COMMIT = /Not a valid object name|not a tree object/;

/**
 * A commit's tree in a bare repository, read by the git command. `env` lets a pre-receive hook see the objects in
 * quarantine (GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES).
 */
export function bareTree(
  repository: string,
  commit: string,
  env: Readonly<Record<string, string>> = {},
): Tree {
  return {
    commit,
    async list(folder) {
      const clean = cleanFolder(folder);
      const lines =
        (clean === ''
          ? undefined
          : await linesBelow(repository, commit, clean, (limit) =>
              listTree(repository, commit, '', env, limit),
            )) ?? (await listTree(repository, commit, clean, env));
      const files = lines.map(parseEntry);
      if (files.length === 0 && clean !== '') throw await whyNoFolder(repository, commit, clean, env);
      if (files.length > FILES_MAX)
        throw new GitError(
          `folder ${JSON.stringify(clean === '' ? '.' : clean)} holds ${files.length} files: at most ${FILES_MAX} are looked at; set a path further down`,
        );
      return files;
    },
    folderId: async (folder) => folderIdOf(repository, commit, cleanFolder(folder), env),
    async read(files) {
      if (files.length === 0) return [];
      const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
      if (bytes > READ_MAX_BYTES)
        throw new GitError(`the files hold ${bytes} bytes together: at most ${READ_MAX_BYTES} are read`);
      const oids = files.map(({ oid }) => oid);
      const read = Object.keys(env).length === 0 ? await readBlobs(repository, oids) : undefined;
      if (read !== undefined) return read;
      const output = await git(['cat-file', '--batch'], {
        cwd: repository,
        env,
        input: oids.map((oid) => `${oid}\n`).join(''),
      });
      return splitBatch(output, files);
    },
  };
}

/** Lines of git ls-tree for everything below a folder ('' = all). */
async function listTree(
  repository: string,
  commit: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  outputLimitBytes?: number,
): Promise<readonly string[]> {
  const output = await git(
    ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, ...(folder === '' ? [] : ['--', `${folder}/`])],
    { cwd: repository, env, ...(outputLimitBytes === undefined ? {} : { outputLimitBytes }) },
  ).catch((error: unknown) => {
    throw error instanceof GitCommandError && NO_COMMIT.test(error.output)
      ? new GitCommandError(`commit ${commit.slice(0, 7)} is not in the repository`, error.output)
      : error;
  });
  return output.toString('utf8').split('\0').filter(Boolean);
}

/** `MODE TYPE OID SIZE\tPATH` of git ls-tree -l. */
function parseEntry(line: string): TreeFile {
  const tab = line.indexOf('\t');
  const [mode = '', , oid = '', size = ''] = line.slice(0, tab).split(/ +/);
  return {
    path: line.slice(tab + 1),
    oid,
    size: size === '-' ? undefined : Number(size),
    type: TYPES[mode] ?? 'file',
  };
}

/** `OID TYPE SIZE\n` and the content and `\n`, for each, as git cat-file --batch writes. */
function splitBatch(output: Buffer, files: readonly TreeFile[]): Buffer[] {
  let at = 0;
  return files.map((file) => {
    const end = output.indexOf(10, at);
    const [, type, size] = output.toString('latin1', at, end).split(' ');
    if (type !== 'blob')
      throw new GitCommandError(`${file.path}: its content is missing from the repository`, '');
    const start = end + 1;
    at = start + Number(size) + 1;
    return output.subarray(start, start + Number(size));
  });
}

export async function commitInfo(
  repository: string,
  commit: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CommitInfo> {
  const output = await git(['log', '-1', '--no-show-signature', '--format=%an <%ae>%x00%s', commit], {
    cwd: repository,
    env,
  });
  const [author = '', message = ''] = output.toString('utf8').trimEnd().split('\0');
  return { commit, author: author.slice(0, 256), message: message.slice(0, 256) };
}
