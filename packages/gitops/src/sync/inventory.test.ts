import type { Application } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryIdentity, InventoryIndex, pruneList } from './inventory.ts';
import { parseInterval } from './repository-controller.ts';

const entry = (kind: string, name: string, namespace?: string) => ({
  apiVersion: 'v1',
  kind,
  name,
  ...(namespace === undefined ? {} : { namespace }),
});
const application = (objects: ReturnType<typeof entry>[], prune = true): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { source: { repository: 'shop' }, syncPolicy: { prune } },
  status: { objects },
});

test('what a commit no longer holds is pruned, but never the namespace of the Application itself', () => {
  const held = [
    entry('ConfigMap', 'a', 'shop'),
    entry('ConfigMap', 'b', 'shop'),
    entry('Namespace', 'shop'),
    entry('Namespace', 'extra'),
  ];
  const kept = new Set(['/ConfigMap/shop/a']);
  expect(pruneList(application(held), kept).map(entryIdentity)).toEqual([
    '/ConfigMap/shop/b',
    '/Namespace//extra',
  ]);
  expect(pruneList(application(held, false), kept)).toEqual([]);
});

test('the index answers as a search over all inventories would', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const operations = fc.array(
    fc.tuple(fc.constantFrom('x/1', 'y/2'), fc.option(fc.uniqueArray(names), { nil: undefined })),
  );
  fc.assert(
    fc.property(operations, (steps) => {
      const index = new InventoryIndex();
      const model = new Map<string, string[]>();
      for (const [key, held] of steps) {
        if (held === undefined) {
          index.remove(key);
          model.delete(key);
        } else {
          index.set(
            key,
            held.map((name) => entry('ConfigMap', name, 'n')),
          );
          model.set(key, held);
        }
      }
      for (const name of ['a', 'b', 'c']) {
        const expected = [...model].filter(([, held]) => held.includes(name)).map(([key]) => key);
        expect(index.holdersOf(`/ConfigMap/n/${name}`).toSorted()).toEqual(expected.toSorted());
      }
    }),
  );
});

test('intervals', () => {
  expect(parseInterval('30s')).toBe(30_000);
  expect(parseInterval('1h30m')).toBe(5_400_000);
  expect(parseInterval('1s')).toBe(5_000);
  expect(parseInterval('soon')).toBeUndefined();
});
