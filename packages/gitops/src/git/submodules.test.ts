import { expect, test } from 'vitest';
import { submoduleTree } from './submodules.ts';
import type { Tree, TreeFile } from './tree.ts';

const file = (path: string, type: TreeFile['type']): TreeFile => ({ path, oid: path, size: 1, type });

test('submodules in submodules count, too: a few that hold a few each are many', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `m${index}`);
  const modules = names.map((name) => `[submodule "${name}"]\npath = ${name}\nurl = ./${name}\n`).join('');
  const outer: Tree = {
    commit: 'c',
    list: async () => [file('.gitmodules', 'file'), ...names.map((name) => file(name, 'submodule'))],
    folderId: async () => 'id',
    read: async (files) => files.map(() => Buffer.from(modules)),
  };
  let opened = 0;
  const all = { count: 0 };
  const open = async (_url: string, _commit: string, depth: number): Promise<Tree> => {
    opened += 1;
    return depth === 3 ? { ...outer, list: async () => [] } : submoduleTree(outer, open, depth, all);
  };
  await expect(submoduleTree(outer, open, 0, all).list('')).rejects.toThrow(
    'more than 50 submodules are needed',
  );
  expect(opened).toBe(50);
});
