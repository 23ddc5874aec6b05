import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git } from './command.ts';
import { lfsTree } from './lfs-pointer.ts';
import { LfsStore } from './lfs-store.ts';
import { GitError, type Tree } from './tree.ts';
import { Turns } from './turns.ts';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
export const HOOKS_FOLDER = fileURLToPath(new URL('./hooks', import.meta.url));

/** The repositories that Gantry hosts: `ROOT/NAME.git`, bare. The name is also the namespace and the Application. */
export class HostedRepositories {
  readonly #root: string;
  /** Their files of Git LFS. */
  readonly lfs: LfsStore;
  readonly #turns = new Turns();

  constructor(root: string, lfs = new LfsStore()) {
    this.#root = root;
    this.lfs = lfs;
  }

  get root(): string {
    return this.#root;
  }

  /** Throws GitError when the name is no DNS-1123 label: it becomes a namespace. */
  path(name: string): string {
    if (!NAME.test(name)) {
      throw new GitError(
        `${JSON.stringify(name)} can't name a repository: use lower-case letters, digits and '-', at most 63, since it also names a namespace`,
      );
    }
    return join(this.#root, `${name}.git`);
  }

  /** A tree of a repository whose Git LFS pointers are read as what was uploaded. */
  withLfs(name: string, tree: Tree): Tree {
    return lfsTree(tree, (pointers) => this.lfs.contents(this.path(name), pointers));
  }

  exists(name: string): boolean {
    return existsSync(join(this.path(name), 'HEAD'));
  }

  /**
   * Runs `work` when everything asked for before, on the same repository, is done: who reads the branches and writes
   * them down must not be overtaken.
   */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(name, work);
  }

  /** Makes an empty one; nothing half-made is ever seen under its name. */
  async create(name: string): Promise<void> {
    const path = this.path(name);
    if (this.exists(name)) return;
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}.${Date.now()}`;
    await git(['init', '--quiet', '--bare', '--initial-branch=main', temporary], { cwd: this.#root });
    try {
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      if (!this.exists(name)) throw error;
    }
  }
}
