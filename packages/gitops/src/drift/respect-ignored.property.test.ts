import type { AnyObject, FieldsV1 } from '@gantry/machinery/object';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutIgnored } from './respect-ignored.ts';

const KEYS = ['a', 'b', 'c', 'd'] as const;
const MANAGERS = ['gantry-sync', 'tuner', 'editor'] as const;
const keys = fc.subarray([...KEYS]);

/** For each manager the fields of `spec` that it owns. */
const owners = fc.tuple(keys, keys, keys);

const object = (spec: Record<string, number>, owned: readonly (readonly string[])[] = []): AnyObject =>
  ({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: {
      name: 'w',
      namespace: 'n',
      managedFields: owned.map((fields, index) => ({
        manager: MANAGERS[index],
        operation: index === 0 ? 'Apply' : 'Update',
        fieldsV1: {
          'f:metadata': { 'f:name': {} },
          'f:spec': { '.': {}, ...Object.fromEntries(fields.map((name) => [`f:${name}`, {}])) },
        } as FieldsV1,
      })),
    },
    spec,
  }) as unknown as AnyObject;

test('just what is both ignored and owned by somebody else is left out, and doing so twice changes nothing more', () => {
  const cases = fc.record({
    config: fc.dictionary(fc.constantFrom(...KEYS), fc.nat(3)),
    owned: owners,
    pointed: keys,
    managers: fc.subarray(['tuner', 'editor']),
    star: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ config, owned, pointed, managers, star }) => {
      const pointers = star ? [['spec', '*']] : pointed.map((name) => ['spec', name]);
      const ignored = { pointers, managers: new Set(managers) };
      const live = object({ a: 9, b: 9, c: 9, d: 9 }, owned);
      const before = object(config);
      const result = withoutIgnored(before, live, ignored);
      const isLeft = (name: string): boolean =>
        [1, 2].some(
          (index) =>
            owned[index]?.includes(name as (typeof KEYS)[number]) === true &&
            (star ||
              pointed.includes(name as (typeof KEYS)[number]) ||
              managers.includes(MANAGERS[index] ?? '')),
        );
      const expected = Object.fromEntries(Object.entries(config).filter(([name]) => !isLeft(name)));
      expect(result.spec).toEqual(expected);
      expect(result.metadata.name).toBe('w');
      expect(withoutIgnored(result, live, ignored)).toEqual(result);
      expect(before).toEqual(object(config));
    }),
  );
});
