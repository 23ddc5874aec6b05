import { expect, it } from 'vitest';
import type { TableRow } from '../../lib/columns.ts';
import { forEachRow, labelsOf } from './bulk.ts';

const row = (name: string): TableRow => ({
  ...{
    uid: name,
    name,
    namespace: 'web',
    createdAt: '',
    deleting: false,
    labels: {},
    cells: [],
    owner: null,
  },
});

it('reads labels to set and to take away', () => {
  expect(labelsOf('app=web, example.com/tier=front old-')).toEqual({
    app: 'web',
    'example.com/tier': 'front',
    old: null,
  });
  expect(labelsOf('empty=')).toEqual({ empty: '' });
  for (const text of ['', 'app', '=web', 'a/b/c=d', 'app=-', 'app=a b', '-'])
    expect(labelsOf(text), text).toBeUndefined();
});

it('does it to each and tells which failed', async () => {
  const seen: string[] = [];
  const counts: number[] = [];
  const rows = Array.from({ length: 20 }, (_, index) => row(`n${index}`));
  const failures = await forEachRow(
    rows,
    async ({ name }) => {
      seen.push(name);
      if (name === 'n3' || name === 'n17') throw new Error('no');
    },
    { failureText: String, onDone: (done) => counts.push(done), signal: new AbortController().signal },
  );
  expect(new Set(seen).size).toBe(20);
  expect(counts.at(-1)).toBe(20);
  expect(failures.map((one) => one.row.name)).toEqual(['n3', 'n17']);
});

it('stops when asked', async () => {
  const controller = new AbortController();
  let done = 0;
  await forEachRow(
    Array.from({ length: 100 }, (_, index) => row(`n${index}`)),
    async () => {
      controller.abort();
    },
    {
      failureText: String,
      onDone: (count) => {
        done = count;
      },
      signal: controller.signal,
    },
  );
  expect(done).toBeLessThan(10);
});
