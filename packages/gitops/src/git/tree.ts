/** A file of a commit, as Git lists it. */
export interface TreeFile {
  /** Relative to the repository's root, with slashes. */
  readonly path: string;
  /** Object id of the blob. */
  readonly oid: string;
  /** Bytes; undefined where the source tells it only on reading. */
  readonly size: number | undefined;
  readonly type: 'file' | 'symlink' | 'submodule';
}

/** The tree of one commit: from a bare repository on disk or from a clone in memory. */
export interface Tree {
  readonly commit: string;
  /** All files below `folder` ('' or '.' = everything), in path order. Throws GitError when it isn't there. */
  list(folder: string): Promise<readonly TreeFile[]>;
  /**
   * What stands for everything below `folder`: two commits that answer alike hold the same files there. Throws GitError
   * when it isn't there.
   */
  folderId(folder: string): Promise<string>;
  /** Contents in the order of `files`. */
  read(files: readonly TreeFile[]): Promise<readonly Buffer[]>;
}

export interface CommitInfo {
  readonly commit: string;
  readonly author: string;
  /** First line. */
  readonly message: string;
}

/** Something about a repository is wrong, in words for the person who pushed. */
export class GitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GitError';
  }
}

/** A commit that can be read, and that holds nothing where one looks: whatever was there is meant to be gone. */
export class NothingThereError extends GitError {}

/** What takes long and goes on: it may be there soon, so nothing follows from its absence. */
export class NotYetError extends GitError {}

/** `.`, `./deploy/`, `/deploy` → '' or `deploy`. Throws GitError for a path that leaves the repository. */
export function cleanFolder(folder: string): string {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new GitError(`path ${JSON.stringify(folder)} leaves the repository`);
  return parts.join('/');
}
