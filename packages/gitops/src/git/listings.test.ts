import { expect, test } from 'vitest';
import { linesBelow } from './listings.ts';

const LINES = ['a.yaml', 'app-1/x.yaml', 'app/b/y.yaml', 'app/z.yaml', 'app0/w.yaml'].map(
  (path) => `100644 blob 0123 5\t${path}`,
);

test('a commit of which many folders are asked for is listed once, as a whole', async () => {
  let listed = 0;
  const list = async () => {
    listed += 1;
    return LINES;
  };
  const ask = (folder: string) => linesBelow('/repository', 'one', folder, list);
  for (const folder of ['a', 'b', 'c']) expect(await ask(folder)).toBeUndefined();
  expect((await ask('app'))?.map((line) => line.split('\t')[1])).toEqual(['app/b/y.yaml', 'app/z.yaml']);
  expect(await ask('app-1')).toHaveLength(1);
  expect(await ask('none')).toEqual([]);
  expect(listed).toBe(1);
});

test('one that is too large is not', async () => {
  const ask = () =>
    linesBelow('/repository', 'two', 'app', async () => {
      throw new Error('too large');
    });
  for (let times = 0; times < 5; times += 1) expect(await ask()).toBeUndefined();
});
