import { expect, test } from 'vitest';
import { formatFieldPath, leafChanges } from './leaf-changes.ts';

const changed = (before: unknown, after: unknown) =>
  leafChanges(before, after, 100).map(({ path, before: a, after: b }) => [formatFieldPath(path), a, b]);

test('leaves are told one by one, whole subtrees too', () => {
  expect(changed({ a: 1, b: { c: 1 } }, { a: 1, b: { c: 2 }, d: { e: [1], f: {} } })).toEqual([
    ['b.c', 1, 2],
    ['d.e[0]', undefined, 1],
    ['d.f', undefined, {}],
  ]);
  expect(changed(undefined, { spec: { ports: [{ port: 80 }] } })).toEqual([
    ['spec.ports[0].port', undefined, 80],
  ]);
  expect(changed({ a: { b: 1 } }, {})).toEqual([['a.b', 1, undefined]]);
});

test('one more item in front is one change', () => {
  const web = { name: 'web', image: 'nginx' };
  expect(
    changed(
      { containers: [web] },
      {
        containers: [
          { name: 'sidecar', image: 's' },
          { ...web, image: 'nginx:2' },
        ],
      },
    ),
  ).toEqual([
    ['containers[0].name', undefined, 'sidecar'],
    ['containers[0].image', undefined, 's'],
    ['containers[1].image', 'nginx', 'nginx:2'],
  ]);
});

test('another order of items is a change', () => {
  expect(changed([{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }])).toEqual([
    ['[0].name', 'a', 'b'],
    ['[1].name', 'b', 'a'],
  ]);
});

test('a value of another type is one change, and keys with dots stand in brackets', () => {
  expect(changed({ labels: { 'a.b/c': '1' }, x: 'text' }, { labels: { 'a.b/c': '2' }, x: { y: 1 } })).toEqual(
    [
      ['labels[a.b/c]', '1', '2'],
      ['x', 'text', { y: 1 }],
    ],
  );
});

test('what is skipped and what is beyond the limit is left out', () => {
  expect(leafChanges({ a: 1, b: 1 }, { a: 2, b: 2 }, 10, (path) => path[0] === 'a')).toHaveLength(1);
  expect(leafChanges({ a: 1, b: 1 }, { a: 2, b: 2 }, 1)).toHaveLength(1);
});
