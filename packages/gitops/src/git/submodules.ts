import { gitmodules } from './gitmodules.ts';
import { cleanFolder, GitError, type Tree, type TreeFile } from './tree.ts';

/** The tree of a submodule's commit, at an address as `.gitmodules` has it. Throws GitError. */
export type OpenSubmodule = (url: string, commit: string, depth: number) => Promise<Tree>;

const DEPTH_MAX = 4;
const SUBMODULES_MAX = 50;

/** How many submodules are opened, those in others included: each may hold as many again. */
export interface Opened {
  count: number;
}

/** A tree in which submodules are folders with what their commits hold. */
export function submoduleTree(tree: Tree, open: OpenSubmodule, depth = 0, all: Opened = { count: 0 }): Tree {
  const opened = new Map<string, Promise<Tree>>();
  let urls: Promise<ReadonlyMap<string, string>> | undefined;
  let links: Promise<readonly TreeFile[]> | undefined;

  const allLinks = (): Promise<readonly TreeFile[]> => {
    links ??= tree.list('').then((files) => files.filter(({ type }) => type === 'submodule'));
    return links;
  };
  const holding = async (path: string): Promise<TreeFile | undefined> =>
    (await allLinks()).find((link) => path === link.path || path.startsWith(`${link.path}/`));
  const treeOf = (link: TreeFile): Promise<Tree> => {
    const known = opened.get(link.path);
    if (known !== undefined) return known;
    if (all.count >= SUBMODULES_MAX) throw new GitError(`more than ${SUBMODULES_MAX} submodules are needed`);
    all.count += 1;
    const made = openLink(link);
    opened.set(link.path, made);
    return made;
  };
  async function openLink(link: TreeFile): Promise<Tree> {
    if (depth >= DEPTH_MAX)
      throw new GitError(`${link.path}: submodules are nested more than ${DEPTH_MAX} deep`);
    urls ??= urlsIn(tree);
    const url = (await urls).get(link.path);
    if (url === undefined) throw new GitError(`.gitmodules has no address for the submodule ${link.path}`);
    try {
      return await open(url, link.oid, depth + 1);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      throw new GitError(`the submodule ${link.path} can't be read: ${error.message}`);
    }
  }
  const below = async (link: TreeFile, folder: string): Promise<readonly TreeFile[]> =>
    (await (await treeOf(link)).list(folder)).map((file) => ({ ...file, path: `${link.path}/${file.path}` }));
  const rest = (link: TreeFile, path: string): string => path.slice(link.path.length + 1);

  return {
    commit: tree.commit,
    async list(folder) {
      const clean = cleanFolder(folder);
      const outer = clean === '' ? undefined : await holding(clean);
      if (outer !== undefined) return below(outer, rest(outer, clean));
      const files: TreeFile[] = [];
      for (const file of await tree.list(clean))
        if (file.type === 'submodule') for (const inner of await below(file, '')) files.push(inner);
        else files.push(file);
      return files;
    },
    async folderId(folder) {
      const clean = cleanFolder(folder);
      const outer = clean === '' ? undefined : await holding(clean);
      // A folder's own id has the commits of the submodules in it.
      if (outer !== undefined) return (await treeOf(outer)).folderId(rest(outer, clean));
      return `${await tree.folderId(clean)}+submodules`;
    },
    async read(files) {
      const contents = new Map<TreeFile, Buffer>();
      const groups = new Map<TreeFile | undefined, TreeFile[]>();
      for (const file of files) {
        const link = await holding(file.path);
        const group = groups.get(link);
        if (group === undefined) groups.set(link, [file]);
        else group.push(file);
      }
      for (const [link, group] of groups) {
        const wanted =
          link === undefined ? group : group.map((file) => ({ ...file, path: rest(link, file.path) }));
        const read = await (link === undefined ? tree : await treeOf(link)).read(wanted);
        for (const [index, file] of group.entries()) contents.set(file, read[index] ?? Buffer.alloc(0));
      }
      return files.map((file) => contents.get(file) ?? Buffer.alloc(0));
    },
  };
}

async function urlsIn(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const file = (await tree.list('')).find(({ path, type }) => path === '.gitmodules' && type === 'file');
  if (file === undefined) return new Map();
  const [content] = await tree.read([file]);
  return gitmodules(content?.toString('utf8') ?? '');
}
