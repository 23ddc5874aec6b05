import { git } from './command.ts';
import { GitError, NothingThereError } from './tree.ts';

/** Path of the submodule in which a folder of a commit lies; undefined when it lies in none. */
async function submoduleAbove(
  repository: string,
  commit: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const parts = folder.split('/');
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const output = await git(['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', ...paths], {
    cwd: repository,
    env,
  }).catch(() => Buffer.alloc(0));
  const links = output
    .toString('utf8')
    .split('\0')
    .filter((line) => line.startsWith('160000 '))
    .map((line) => line.slice(line.indexOf('\t') + 1));
  // It lists what else is on the way.
  return links.find((path) => paths.includes(path));
}

/** Why a folder isn't there: a NothingThereError, unless it lies where nobody looks. */
export async function whyNoFolder(
  repository: string,
  commit: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<GitError> {
  const above = await submoduleAbove(repository, commit, folder, env);
  return above === undefined
    ? new NothingThereError(`there is no folder ${JSON.stringify(folder)} in commit ${commit.slice(0, 7)}`)
    : new GitError(
        `folder ${JSON.stringify(folder)} lies in the submodule ${JSON.stringify(above)}, which is not fetched: set spec.submodules of a Repository elsewhere, or put the files themselves here`,
      );
}
