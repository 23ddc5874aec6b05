import { expect, test } from 'vitest';
import type { Tree } from '../git/tree.ts';
import { memoryKinds, memoryTree } from '../testing/memory-tree.ts';
import { Renders } from './render-cache.ts';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

/** A commit in which the folder has this id; counts how often it is read. */
function commitOf(commit: string, id: string): { tree: Tree; reads: () => number } {
  const tree = memoryTree({ 'web/a.yaml': configMap('a') }, commit);
  let reads = 0;
  return {
    tree: {
      ...tree,
      folderId: async (folder) => `${folder}:${id}`,
      read: (files) => {
        reads += 1;
        return tree.read(files);
      },
    },
    reads: () => reads,
  };
}

test('a commit that does not change the folder is not rendered again', async () => {
  const renders = new Renders(memoryKinds());
  const [first, second, third] = [commitOf('c1', 'x'), commitOf('c2', 'x'), commitOf('c3', 'y')];
  const render = ({ tree }: { tree: Tree }) => renders.render('shop/shop', tree, 'web', 'shop');
  const rendered = await render(first);
  const again = await render(second);
  expect([first.reads(), second.reads()]).toEqual([1, 0]);
  expect(again).toEqual({ ...rendered, commit: 'c2' });
  expect((await render(third)).commit).toBe('c3');
  expect(third.reads()).toBe(1);
  // Both states stay at hand: a branch goes to and fro.
  await render(second);
  expect(second.reads()).toBe(0);
  // One that failed is forgotten, whatever commit it was handed out for.
  renders.forget(again);
  await render(second);
  expect(second.reads()).toBe(1);
});
