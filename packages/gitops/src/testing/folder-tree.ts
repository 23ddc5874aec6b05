import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cleanFolder, type Tree } from '../git/tree.ts';

/** A folder on disk as a commit's tree, for tests. */
export function folderTree(root: string): Tree {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
  return {
    commit: 'c0ffee',
    folderId: async () => root,
    list: async (folder) => {
      const prefix = cleanFolder(folder);
      return files
        .filter((path) => prefix === '' || path.startsWith(`${prefix}/`))
        .map((path) => {
          const stats = lstatSync(join(root, path));
          return { path, oid: path, size: stats.size, type: stats.isSymbolicLink() ? 'symlink' : 'file' };
        });
    },
    read: async (wanted) => wanted.map((file) => readFileSync(join(root, file.path))),
  };
}
