import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Entry } from './entry.ts';
import { EntryList, SortedEntries } from './sorted-entries.ts';

const entryOf = (sortKey: string, revision = 1): Entry => {
  const [namespace = '', name = ''] = sortKey.split('/');
  const body = `{"metadata":{"name":"${name}","resourceVersion":""}}`;
  return Entry.fromBody({ resource: 'things', namespace, name }, 'u', revision, body);
};
const keyOf = (number: number): string => `n${number % 3}/o${String(number).padStart(5, '0')}`;
const keys = (list: Iterable<Entry>): string[] => Array.from(list, ({ sortKey }) => sortKey);

type Step = { readonly at: number; readonly run: number; readonly op: 'put' | 'delete' | 'look' };
const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat({ max: 3000 }),
  // Runs of neighbours fill chunks, and empty them.
  run: fc.constantFrom(1, 1, 1, 600, 1500),
  op: fc.constantFrom('put', 'put', 'delete', 'look'),
});

it('keeps the order of keys, and what a snapshot showed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat({ max: 2000 }), (steps, loaded) => {
      const model = new Map<string, Entry>();
      const sorted = new SortedEntries();
      for (let number = 0; number < loaded; number++) model.set(keyOf(number), entryOf(keyOf(number)));
      sorted.load([...model.values()]);
      const looks: { readonly list: EntryList; readonly expected: string[] }[] = [];
      for (const { at, run, op } of steps) {
        if (op === 'look') looks.push({ list: sorted.snapshot(), expected: [...model.keys()].sort() });
        for (let number = at; op !== 'look' && number < at + run; number++) {
          const key = keyOf(number);
          if (op === 'delete') {
            model.delete(key);
            sorted.delete(key);
          } else {
            const entry = entryOf(key, number);
            model.set(key, entry);
            sorted.put(entry);
          }
        }
      }
      looks.push({ list: sorted.snapshot(), expected: [...model.keys()].sort() });
      expect(sorted.size).toBe(model.size);
      for (const { list, expected } of looks) {
        expect(keys(list)).toEqual(expected);
        expect(list.length).toBe(expected.length);
        const inside = expected.filter((key) => key >= 'n1/' && key < 'n10');
        expect(keys(list.range('n1/', 'n10'))).toEqual(inside);
        const rest = list.range('n1/', 'n10').range(keyOf(1000));
        expect(keys(rest)).toEqual(inside.filter((key) => key >= keyOf(1000)));
        expect(rest.length).toBe(inside.filter((key) => key >= keyOf(1000)).length);
      }
    }),
    { numRuns: fuzzRuns(60) },
  );
});

it('is a list like others', () => {
  const list = EntryList.of(['n0/b', 'n0/a'].map((key) => entryOf(key)));
  expect(list.map(({ key }) => key.name)).toEqual(['a', 'b']);
  expect(list.filter(({ key }) => key.name === 'b')).toHaveLength(1);
  expect([list.some(({ key }) => key.name === 'a'), EntryList.empty.length]).toEqual([true, 0]);
});
