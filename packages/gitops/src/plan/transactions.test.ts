import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import { transactionsOf } from './transactions.ts';

const items = (count: number, kind = 'ConfigMap', size = 1) =>
  Array.from({ length: count }, (_, index) => ({
    object: {
      apiVersion: 'v1',
      kind,
      metadata: { name: `o${index}` },
      data: { text: 'x'.repeat(size) },
    } as unknown as AnyObject,
  }));
const references = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: `p${index}` }));

const sizes = (transactions: ReturnType<typeof transactionsOf>) =>
  transactions.map(({ apply, prune }) => [apply.length, prune.length]);

test('what fits is one transaction', () => {
  expect(sizes(transactionsOf(items(1_900), references(100)))).toEqual([[1_900, 100]]);
  expect(sizes(transactionsOf([], []))).toEqual([[0, 0]]);
});

test('what does not is stored in parts, definitions and namespaces first, deletions last', () => {
  const all = [...items(1_400), ...items(2, 'Namespace'), ...items(1, 'CustomResourceDefinition')];
  const split = transactionsOf(all, references(700));
  expect(sizes(split)).toEqual([
    ...Array.from({ length: 11 }, () => [125, 0]),
    [28, 97],
    ...Array.from({ length: 4 }, () => [0, 125]),
    [0, 103],
  ]);
  expect(split[0]?.apply.slice(0, 4).map(({ object }) => object.kind)).toEqual([
    'CustomResourceDefinition',
    'Namespace',
    'Namespace',
    'ConfigMap',
  ]);
});

test('bytes count too', () => {
  const split = transactionsOf(items(20, 'ConfigMap', 1 << 20), []);
  expect(sizes(split)).toEqual([
    [13, 0],
    [7, 0],
  ]);
});
