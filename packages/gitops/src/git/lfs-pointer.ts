import { GitError, type Tree, type TreeFile } from './tree.ts';

/** What Git holds in place of a large file (git-lfs, docs/spec.md). */
export interface LfsPointer {
  /** SHA-256 of the content in hex. */
  readonly oid: string;
  readonly size: number;
}

const POINTER_MAX_BYTES = 1_024;
const VERSION = Buffer.from('version https://git-lfs.github.com/spec/v1\n');
/** What one read may bring. */
const TOTAL_MAX_BYTES = 128 << 20;

/** Undefined for what is a file itself. */
export function lfsPointer(content: Buffer): LfsPointer | undefined {
  if (content.length > POINTER_MAX_BYTES || !content.subarray(0, VERSION.length).equals(VERSION))
    return undefined;
  const text = content.toString('latin1');
  const [, oid] = /^oid sha256:([0-9a-f]{64})$/m.exec(text) ?? [];
  const [, size] = /^size (\d{1,15})$/m.exec(text) ?? [];
  return oid === undefined || size === undefined ? undefined : { oid, size: Number(size) };
}

/** Contents of pointers, in their order. Throws GitError. */
export type FetchLfs = (pointers: readonly LfsPointer[]) => Promise<readonly Buffer[]>;

/** A tree whose Git LFS pointers are read as what they stand for; without `fetch` one is an error that names the file. */
export function lfsTree(tree: Tree, fetch?: FetchLfs): Tree {
  return {
    ...tree,
    async read(files) {
      const contents = await tree.read(files);
      const found = contents.flatMap((content, index) => {
        const pointer = lfsPointer(content);
        return pointer === undefined ? [] : [{ pointer, index }];
      });
      const [first] = found;
      if (first === undefined) return contents;
      const path = files[first.index]?.path ?? '';
      if (fetch === undefined)
        throw new GitError(
          `${path} is a pointer of Git LFS, and what it stands for isn't here: put the file itself there (git lfs pull), or into Git`,
        );
      checkSizes(found, files);
      const fetched = await fetch(found.map(({ pointer }) => pointer)).catch((error: unknown) => {
        if (!(error instanceof GitError)) throw error;
        throw new GitError(`${path} is in Git LFS: ${error.message}`);
      });
      const all = [...contents];
      for (const [order, { index }] of found.entries()) all[index] = fetched[order] ?? Buffer.alloc(0);
      return all;
    },
  };
}

function checkSizes(
  found: readonly { readonly pointer: LfsPointer; readonly index: number }[],
  files: readonly TreeFile[],
): void {
  let total = 0;
  for (const { pointer, index } of found) {
    total += pointer.size;
    if (total > TOTAL_MAX_BYTES)
      throw new GitError(
        `${files[index]?.path} is in Git LFS with ${pointer.size} bytes: at most ${TOTAL_MAX_BYTES} are fetched together`,
      );
  }
}
