import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepEqual } from './json.ts';
import { itemLike, leafChanges } from './leaf-changes.ts';

const item = fc.dictionary(fc.constantFrom('name', 'port', 'value', 'list'), fc.jsonValue({ maxDepth: 2 }));
const state = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.array(item, { maxLength: 5 }), item)),
);

test('there is a change exactly where two states differ', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(leafChanges(before, after, 1000).length === 0).toBe(deepEqual(before, after));
      expect(leafChanges(before, before, 1000)).toEqual([]);
    }),
  );
});

test('what a change says stands in the two states', () => {
  const at = (value: unknown, path: readonly (string | number)[]): unknown =>
    path.reduce<unknown>(
      (part, step) => (part as Record<string | number, unknown> | undefined)?.[step],
      value,
    );
  fc.assert(
    fc.property(state, state, (before, after) => {
      for (const change of leafChanges(before, after, 1000)) {
        expect(deepEqual(change.before, change.after)).toBe(false);
        if (change.after !== undefined) expect(at(after, change.path)).toEqual(change.after);
      }
    }),
  );
});

test('an item is found again wherever it stands, by its name', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }), fc.nat(), (names, seed) => {
      const list = names.map((name) => ({ name }));
      const wanted = names[seed % names.length] ?? '';
      expect(itemLike(list, { name: wanted, more: 1 }, 99)).toBe(names.indexOf(wanted));
    }),
  );
});
