import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepEqual } from '../json.ts';
import type { AnyObject, FieldsV1 } from '../object.ts';
import { deploymentView } from '../testing/schema.ts';
import { applyFields } from './apply.ts';
import { difference, intersection, isEmptySet, paths, union } from './field-set.ts';
import { trackUpdate } from './track-update.ts';

const labels = (prefix: string) =>
  fc.dictionary(
    fc.constantFrom('a', 'b', 'c').map((k) => prefix + k),
    fc.constantFrom('1', '2'),
    { minKeys: 1 },
  );
const container = (prefix: string) =>
  fc.record(
    {
      name: fc.constantFrom('x', 'y', 'z').map((k) => prefix + k),
      image: fc.constantFrom('i1', 'i2'),
      resources: fc.record({ limits: labels('') }),
    },
    { requiredKeys: ['name'] },
  );
const configs = (prefix: string) =>
  fc
    .record({
      labels: fc.option(labels(prefix)),
      finalizers: fc.uniqueArray(fc.constantFrom('f1', 'f2').map((k) => prefix + k)),
      containers: fc.uniqueArray(container(prefix), { selector: (c) => c.name }),
    })
    .map(
      (parts): AnyObject =>
        ({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: {
            name: 'web',
            ...(parts.labels && { labels: parts.labels }),
            ...(parts.finalizers.length > 0 && { finalizers: parts.finalizers }),
          },
          ...(parts.containers.length > 0 && {
            spec: { template: { spec: { containers: parts.containers } } },
          }),
        }) as AnyObject,
    );

function apply(live: AnyObject | undefined, config: AnyObject, manager: string): AnyObject {
  const { object } = applyFields({
    live,
    config,
    schema: deploymentView,
    manager,
    force: true,
    subresource: '',
    now: '2024-01-01T00:00:00Z',
    apiVersion: 'apps/v1',
  });
  if (object === undefined) throw new Error('forced apply must not conflict');
  return object;
}

const setOf = (object: AnyObject, manager: string): FieldsV1 =>
  object.metadata.managedFields?.find((entry) => entry.manager === manager)?.fieldsV1 ?? {};

/** Lists by key have no order of their own between managers. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}

test('applying the same again gives the same object', () => {
  fc.assert(
    fc.property(configs('a'), configs(''), (first, second) => {
      const live = apply(apply(undefined, first, 'one'), second, 'two');
      expect(apply(live, second, 'two')).toBe(live);
    }),
  );
});

test('disjoint managers give the same object in either order', () => {
  fc.assert(
    fc.property(configs('a'), configs('b'), (first, second) => {
      const left = apply(apply(undefined, first, 'one'), second, 'two');
      const right = apply(apply(undefined, second, 'two'), first, 'one');
      expect(sorted(left)).toEqual(sorted(right));
    }),
  );
});

test('a manager that applies nothing leaves exactly what the other applied', () => {
  fc.assert(
    fc.property(configs('a'), configs('b'), (first, second) => {
      const alone = apply(undefined, first, 'one');
      const both = apply(alone, second, 'two');
      const empty = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } } as AnyObject;
      const left = apply(both, empty, 'two');
      expect(setOf(left, 'one')).toEqual(setOf(alone, 'one'));
      expect(sorted(left.metadata.labels ?? {})).toEqual(sorted(alone.metadata.labels ?? {}));
      const names = (o: AnyObject) => paths(setOf(o, 'one')).length;
      expect(names(left)).toBe(names(alone));
    }),
  );
});

test('an update never loses fields of another manager that it did not touch', () => {
  fc.assert(
    fc.property(configs('a'), fc.constantFrom('1', '2'), (config, value) => {
      const before = apply(undefined, config, 'one');
      const after = structuredClone(before);
      after.metadata.annotations = { note: value };
      const entries = trackUpdate({
        before,
        after,
        schema: deploymentView,
        manager: 'two',
        operation: 'Update',
        subresource: '',
        now: '2024-01-01T00:00:00Z',
        apiVersion: 'apps/v1',
      });
      const kept = entries?.find((entry) => entry.manager === 'one')?.fieldsV1 ?? {};
      expect(kept).toEqual(setOf(before, 'one'));
    }),
  );
});

test('set algebra holds', () => {
  const sets = configs('').map((config) => setOf(apply(undefined, config, 'm'), 'm'));
  const keysOf = (set: FieldsV1) => new Set(paths(set).map((path) => path.join('\0')));
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      expect(keysOf(union(a, b))).toEqual(keysOf(a).union(keysOf(b)));
      expect(keysOf(intersection(a, b))).toEqual(keysOf(a).intersection(keysOf(b)));
      expect(keysOf(difference(a, b))).toEqual(keysOf(a).difference(keysOf(b)));
      expect(isEmptySet(difference(a, a))).toBe(true);
      expect(deepEqual(union(difference(a, b), intersection(a, b)), a)).toBe(true);
    }),
  );
});
