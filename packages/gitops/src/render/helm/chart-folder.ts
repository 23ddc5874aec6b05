import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitError, type Tree, type TreeFile } from '../../git/tree.ts';
import { FILE_MAX_BYTES, FILES_MAX, TOTAL_MAX_BYTES } from '../files.ts';

/** A chart that helm can read, and how its files are called to people. */
export interface Chart {
  readonly path: string;
  /** What stands before a file's path in the chart: a folder of the repository, or `redis-1.2.3`. */
  readonly title: string;
}

/**
 * Writes the files of a commit's folder for helm. Symbolic links and submodules are left out, so that a chart reads
 * nothing but its commit. Throws GitError over a limit.
 */
export async function writeChart(
  tree: Tree,
  folder: string,
  listed: readonly TreeFile[],
  target: string,
): Promise<Chart> {
  const files = listed.filter((file) => file.type === 'file' && isPlain(file.path));
  if (files.length > FILES_MAX)
    throw new GitError(`${files.length} files in the chart: at most ${FILES_MAX} are read`);
  checkSizes(files.map((file) => ({ path: file.path, bytes: file.size ?? 0 })));
  const contents = await tree.read(files);
  checkSizes(files.map((file, index) => ({ path: file.path, bytes: contents[index]?.length ?? 0 })));
  const prefix = folder === '' ? 0 : folder.length + 1;
  for (const [index, file] of files.entries()) {
    const path = join(target, file.path.slice(prefix));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents[index] ?? '');
  }
  return { path: target, title: folder };
}

const isPlain = (path: string): boolean =>
  !path.split('/').some((part) => part === '..' || part === '.' || part === '' || part.includes('\0'));

function checkSizes(files: readonly { path: string; bytes: number }[]): void {
  let total = 0;
  for (const { path, bytes } of files) {
    if (bytes > FILE_MAX_BYTES)
      throw new GitError(`${path} has ${bytes} bytes: a file may have ${FILE_MAX_BYTES}`);
    total += bytes;
  }
  if (total > TOTAL_MAX_BYTES)
    throw new GitError(`the chart holds ${total} bytes: at most ${TOTAL_MAX_BYTES} are read`);
}

/** A file of a chart as people know it, out of the path that helm prints: `demo/templates/x.yaml`. */
export const titleOf = (chart: Chart, printed: string): string => {
  const within = printed.split('/').slice(1).join('/');
  return chart.title === '' ? within : `${chart.title}/${within}`;
};

/** Text of a chart's file by the path that helm prints; '' when it lies in an archive. */
export async function chartText(chart: Chart, printed: string): Promise<string> {
  const parts = printed.split('/').slice(1);
  if (parts.length === 0 || parts.includes('..')) return '';
  try {
    return await readFile(join(chart.path, ...parts), 'utf8');
  } catch {
    return '';
  }
}
