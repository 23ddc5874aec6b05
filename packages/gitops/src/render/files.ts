import { GitError, type Tree, type TreeFile } from '../git/tree.ts';
import type { SourceProblem } from './source-object.ts';

/** What one render may read. */
export const FILES_MAX = 10_000;
export const FILE_MAX_BYTES = 3 << 20;
export const TOTAL_MAX_BYTES = 64 << 20;

export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

const isManifest = (path: string): boolean =>
  /\.(ya?ml|json)$/i.test(path) && !path.split('/').some((part) => part.startsWith('.'));

/**
 * The manifests among the files of a folder: .yaml, .yml and .json, without hidden files and folders. Symbolic links and
 * submodules are not followed, so nothing outside the commit is ever read (see `linkProblems`). Throws GitError over a
 * limit.
 */
export async function readManifestFiles(
  tree: Tree,
  listed: readonly TreeFile[],
): Promise<readonly ManifestFile[]> {
  const files = listed.filter((file) => file.type === 'file' && isManifest(file.path));
  if (files.length > FILES_MAX)
    throw new GitError(`${files.length} manifest files: at most ${FILES_MAX} are read`);
  checkSizes(files);
  const contents = await tree.read(files);
  return files.map((file, index) => {
    const content = contents[index] ?? Buffer.alloc(0);
    if (content.length > FILE_MAX_BYTES) throw tooLarge(file.path, content.length);
    return { path: file.path, text: content.toString('utf8') };
  });
}

/** Manifests that are links or submodules: to pass over them would delete what they stood for. */
export const linkProblems = (listed: readonly TreeFile[]): SourceProblem[] =>
  listed
    .filter((file) => file.type !== 'file' && isManifest(file.path))
    .map(({ path, type }) => ({
      file: path,
      reason: `a ${type === 'symlink' ? 'symbolic link' : 'submodule'} is not followed: put the manifest itself here`,
    }));

function checkSizes(files: readonly TreeFile[]): void {
  let total = 0;
  for (const file of files) {
    if ((file.size ?? 0) > FILE_MAX_BYTES) throw tooLarge(file.path, file.size ?? 0);
    total += file.size ?? 0;
  }
  if (total > TOTAL_MAX_BYTES)
    throw new GitError(`the manifests hold ${total} bytes together: at most ${TOTAL_MAX_BYTES} are read`);
}

const tooLarge = (path: string, bytes: number): GitError =>
  new GitError(`${path} has ${bytes} bytes: a manifest may have ${FILE_MAX_BYTES}`);
