import { cleanFolder, type Tree } from '../git/tree.ts';
import type { KindFinder, ServedKind } from '../render/kinds.ts';

/** A commit's tree made of texts, for tests. */
export function memoryTree(files: Readonly<Record<string, string>>, commit = 'c0ffee'): Tree {
  return {
    commit,
    list: async (folder) => {
      const prefix = cleanFolder(folder);
      return Object.keys(files)
        .filter((path) => prefix === '' || path.startsWith(`${prefix}/`))
        .sort()
        .map((path) => ({
          path,
          oid: path,
          size: Buffer.byteLength(files[path] ?? ''),
          type: path.endsWith('.link.yaml') ? 'symlink' : 'file',
        }));
    },
    folderId: async (folder) => `${commit}:${cleanFolder(folder)}`,
    read: async (wanted) => wanted.map((file) => Buffer.from(files[file.path] ?? '')),
  };
}

const SERVED: Readonly<Record<string, Omit<ServedKind, 'kind' | 'verbs' | 'version' | 'group'>>> = {
  'v1/ConfigMap': { plural: 'configmaps', namespaced: true },
  'v1/Secret': { plural: 'secrets', namespaced: true },
  'v1/Namespace': { plural: 'namespaces', namespaced: false },
  'apps/v1/Deployment': { plural: 'deployments', namespaced: true },
};

/** Discovery of a few kinds, for tests. */
export function memoryKinds(): KindFinder {
  return {
    find: async (apiVersion, kind) => {
      const served = SERVED[`${apiVersion}/${kind}`];
      return served === undefined
        ? undefined
        : { ...served, kind, group: '', version: apiVersion, verbs: ['get', 'list', 'watch', 'patch'] };
    },
  };
}
