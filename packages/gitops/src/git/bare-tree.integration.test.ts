import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, type WorkTree } from '../testing/git-client.ts';
import { bareTree } from './bare-tree.ts';

let tree: WorkTree;

beforeAll(async () => {
  tree = await makeWorkTree('/nonexistent');
});
afterAll(() => tree.remove());

describe('the id of a folder', () => {
  test('changes with what lies in it, and with nothing else', async () => {
    const first = await tree.commit({ 'apps/web/a.yaml': 'a: 1\n', 'apps/api/b.yaml': 'b: 1\n' });
    const second = await tree.commit({ 'apps/api/b.yaml': 'b: 2\n' });
    const ids = (commit: string): Promise<string[]> =>
      Promise.all(
        ['.', 'apps', './apps/web/', 'apps/api'].map((at) => bareTree(tree.path, commit).folderId(at)),
      );
    const [root1, apps1, web1, api1] = await ids(first);
    const [root2, apps2, web2, api2] = await ids(second);
    expect([root1 === root2, apps1 === apps2, web1 === web2, api1 === api2]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(new Set([root1, apps1, web1, api1]).size).toBe(4);
  });

  test('is none where there is no folder', async () => {
    const commit = await tree.commit({ 'x/a.yaml': 'a: 1\n' });
    for (const at of ['no', 'x/a.yaml', 'x/a'])
      await expect(bareTree(tree.path, commit).folderId(at)).rejects.toThrow('there is no folder');
    await expect(bareTree(tree.path, commit).folderId('../x')).rejects.toThrow('leaves the repository');
    await expect(bareTree(tree.path, '1'.repeat(40)).folderId('.')).rejects.toThrow(
      'commit 1111111 is not there',
    );
    await expect(bareTree(tree.path, '1'.repeat(40)).list('.')).rejects.toThrow(
      'commit 1111111 is not in the repository',
    );
  });
});
