import { GitError, type Tree, type TreeFile } from '../../git/tree.ts';
import { FILE_MAX_BYTES, FILES_MAX, TOTAL_MAX_BYTES } from '../files.ts';

/** The files of a commit, looked for and read as they are asked for, and kept for the length of one render. */
export class TreeFiles {
  readonly #tree: Tree;
  readonly #files = new Map<string, TreeFile>();
  readonly #folders = new Set<string>();
  /** Folders that are listed with all that is below them. */
  readonly #listed: string[] = [];
  readonly #contents = new Map<string, Buffer>();
  #bytes = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** Makes what is at a path, and below it, known; what isn't there is no harm. Of a large repository only that is read. */
  async reach(path: string): Promise<void> {
    if (this.#listed.some((folder) => isBelow(path, folder))) return;
    this.#listed.push(path);
    try {
      this.#add(path, await this.#tree.list(path));
    } catch (error) {
      // There is no such folder.
      if (!(error instanceof GitError) || path === '') throw error;
    }
  }

  #add(folder: string, files: readonly TreeFile[]): void {
    this.#folders.add(folder);
    for (const file of files) {
      this.#files.set(file.path, file);
      for (let end = file.path.lastIndexOf('/'); end > 0; end = file.path.lastIndexOf('/', end - 1)) {
        const above = file.path.slice(0, end);
        if (this.#folders.has(above)) break;
        this.#folders.add(above);
      }
    }
  }

  find(path: string): TreeFile | undefined {
    return this.#files.get(path);
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** Reads what is there of these in one go, so that each is at hand afterwards. Throws GitError over a limit. */
  async preload(paths: readonly string[]): Promise<void> {
    const wanted = [...new Set(paths)].flatMap((path) => {
      const file = this.#files.get(path);
      return file?.type === 'file' && !this.#contents.has(path) ? [file] : [];
    });
    if (wanted.length === 0) return;
    if (this.#contents.size + wanted.length > FILES_MAX)
      throw new GitError(`more than ${FILES_MAX} files are needed: at most so many are read`);
    for (const file of wanted) this.#count(file.path, file.size ?? 0);
    const contents = await this.#tree.read(wanted);
    wanted.forEach((file, index) => {
      const content = contents[index] ?? Buffer.alloc(0);
      if (file.size === undefined) this.#count(file.path, content.length);
      this.#contents.set(file.path, content);
    });
  }

  /** A file that was preloaded. A symbolic link is not followed, so nothing outside the commit is ever read. */
  content(path: string): Buffer | undefined {
    return this.#contents.get(path);
  }

  #count(path: string, bytes: number): void {
    if (bytes > FILE_MAX_BYTES)
      throw new GitError(`${path} has ${bytes} bytes: a file may have ${FILE_MAX_BYTES}`);
    this.#bytes += bytes;
    if (this.#bytes > TOTAL_MAX_BYTES)
      throw new GitError(`the files hold more than ${TOTAL_MAX_BYTES} bytes together: so many are read`);
  }
}

/** `base/../x/./y` → `x/y`; undefined when it leads out of the repository. */
export function joinPath(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\0')) return undefined;
  const out = folder.split('/').filter((part) => part !== '');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join('/');
}

export const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);
