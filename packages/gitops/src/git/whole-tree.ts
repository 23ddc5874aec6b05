import { createHash } from 'node:crypto';
import { type Address, parseAddress } from './address.ts';
import { bareTree } from './bare-tree.ts';
import { GitCommandError } from './command.ts';
import { submoduleUrl } from './gitmodules.ts';
import { lfsTree } from './lfs-pointer.ts';
import { isSameServer } from './redirect.ts';
import type { CloneName, Remote, RemoteClones } from './remote.ts';
import { type Opened, submoduleTree } from './submodules.ts';
import type { Tree } from './tree.ts';

export interface WholeTreeOptions {
  readonly clones: RemoteClones;
  /** The repository's own clone. */
  readonly at: CloneName;
  readonly remote: () => Promise<Remote>;
  /** Whether submodules are folders. */
  readonly submodules: boolean;
}

/** The tree of a commit elsewhere with what Git itself doesn't hold: files of Git LFS, and submodules when asked for. */
export function wholeTree(
  tree: Tree,
  options: WholeTreeOptions,
  depth = 0,
  all: Opened = { count: 0 },
): Tree {
  const { clones, at, remote } = options;
  const files = lfsTree(tree, async (pointers) => clones.lfs(at, pointers, await remote()));
  if (!options.submodules) return files;
  return submoduleTree(
    files,
    async (url, commit, deeper) => {
      const sub = submoduleOf(await remote(), url);
      const key = createHash('sha256').update(sub.url).digest('hex').slice(0, 40);
      // Beside what is in the clone itself, and gone with it.
      const name = { namespace: at.namespace, name: `${at.name}.git/modules/${key}` };
      const ensured = await healingTree(clones, name, commit, sub);
      return wholeTree(ensured, { ...options, at: name, remote: async () => sub }, deeper, all);
    },
    depth,
    all,
  );
}

/** With the repository's credentials on the repository's own host. */
function submoduleOf({ url: base, credentials }: Remote, url: string): Remote {
  const address = submoduleUrl(base, url);
  const [own, other] = [parseAddress(base), parseAddress(address)];
  return {
    url: address,
    credentials: isSameServer(own, other) || isTwin(own, other) ? credentials : undefined,
  };
}

/** The same host by HTTPS and by SSH, each of which takes its part of the credentials. */
const isTwin = (a: Address, b: Address): boolean =>
  a.host === b.host &&
  [a, b].every(({ port, protocol }) => protocol !== 'http' && port === (protocol === 'ssh' ? 22 : 443));

/** A clone is only a copy: when git can't read it, it is fetched anew, once. */
async function healingTree(
  clones: RemoteClones,
  name: CloneName,
  commit: string,
  remote: Remote,
): Promise<Tree> {
  const open = async (): Promise<Tree> =>
    bareTree(await clones.ensure(name, commit, [], async () => remote), commit);
  const read = async <T>(work: (tree: Tree) => Promise<T>): Promise<T> => {
    const generation = clones.generation(name);
    try {
      return await work(await open());
    } catch (error) {
      if (!(error instanceof GitCommandError)) throw error;
      await clones.remove(name, generation);
      return work(await open());
    }
  };
  await open();
  return {
    commit,
    list: (folder) => read((tree) => tree.list(folder)),
    folderId: (folder) => read((tree) => tree.folderId(folder)),
    read: (files) => read((tree) => tree.read(files)),
  };
}
