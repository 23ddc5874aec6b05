import type { Application } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InventoryIndex } from './inventory.ts';
import { withContests } from './ownership.ts';

const entry = (kind: string, name: string, namespace?: string) => ({
  apiVersion: 'v1',
  kind,
  name,
  ...(namespace === undefined ? {} : { namespace }),
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

test('who would apply what another one holds is told to both, until it is over', () => {
  const index = new InventoryIndex();
  const told: string[] = [];
  index.onContest((key) => told.push(key));
  const status = (key: string) => {
    const [namespace, name] = key.split('/') as [string, string];
    const application = { metadata: { namespace, name } } as Application;
    return withContests(application, {}, index, '2026-01-01T00:00:00Z').conditions?.[0]?.message;
  };
  index.set('x/owner', [entry('ConfigMap', 'a', 'n'), entry('ConfigMap', 'b', 'n')]);
  index.contest('x/thief', new Set(['/ConfigMap/n/a', '/ConfigMap/n/b', '/ConfigMap/n/c']));
  expect(told).toEqual(['x/owner']);
  expect(status('x/owner')).toBe(
    'Application x/thief would apply ConfigMap/a, ConfigMap/b too, which this one holds: remove it from one of them',
  );
  expect(status('x/thief')).toBe(
    'Application x/owner holds ConfigMap/a, ConfigMap/b already, which this one would apply too: remove it from one of them',
  );
  expect(status('x/other')).toBeUndefined();
  index.contest('x/thief', new Set(['/ConfigMap/n/c']));
  expect(status('x/owner')).toBeUndefined();
  index.contest('x/thief', new Set(['/ConfigMap/n/a']));
  index.remove('x/thief');
  expect(status('x/owner')).toBeUndefined();
  expect(told).toHaveLength(4);
});

test('what is claimed is kept once a status says so, and let go when one does not', () => {
  const index = new InventoryIndex();
  const a = '/ConfigMap/n/a';
  index.set('x/1', [entry('ConfigMap', 'a', 'n')]);
  index.claim('x/1', new Set([a]));
  index.claim('x/2', new Set([a]));
  index.claim('x/2', new Set([a, '/ConfigMap/n/b']));
  expect([index.holdersOf(a), index.keepersOf(a)]).toEqual([['x/1', 'x/2'], ['x/1']]);
  index.set('x/2', [entry('ConfigMap', 'a', 'n')]);
  expect(index.keepersOf(a)).toEqual(['x/1', 'x/2']);
  index.set('x/2', []);
  expect(index.holdersOf(a)).toEqual(['x/1']);
});
