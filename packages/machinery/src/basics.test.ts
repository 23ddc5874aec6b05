import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepClone, deepEqual, parseJson, stableStringify, textDepth } from './json.ts';
import { fnv1a32, generateName, safeEncode, templateHash } from './names.ts';
import { conflict, internal, invalid, notFound, success, toStatus } from './status.ts';
import { formatMicroTime, formatTime, humanDuration, parseTime, translateTimestampSince } from './time.ts';

describe('JSON', () => {
  test('equality ignores the order of keys only', () => {
    expect(deepEqual({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(deepEqual([1, 2], [2, 1])).toBe(false);
    expect(deepEqual({ a: undefined }, {})).toBe(true);
    expect(deepEqual({ toString: 1 }, {})).toBe(false);
    expect(deepEqual([], {})).toBe(false);
    expect(deepEqual(null, {})).toBe(false);
  });
  test('clones, stable text and parsing agree', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(deepEqual(deepClone(plain), plain)).toBe(true);
        expect(parseJson(stableStringify(plain))).toEqual(plain);
        expect(stableStringify(deepClone(plain))).toBe(stableStringify(plain));
      }),
    );
    const hostile = deepClone(JSON.parse('{"__proto__":{"evil":true}}') as Record<string, unknown>);
    expect(hostile.evil).toBeUndefined();
  });
  test('limits', () => {
    expect(() => parseJson('['.repeat(600))).toThrow('JSON text is nested too deeply: limit 512 levels');
    expect(() => parseJson('"abc"', { maxLength: 3 })).toThrow('too long');
    expect(() => parseJson(' ')).toThrow('unexpected end of JSON input');
    expect(textDepth('{"a":"[[[\\"[["}')).toBe(1);
  });
});

test('names', () => {
  expect(generateName('web-')).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(generateName('x'.repeat(100))).toHaveLength(63);
  expect(fnv1a32('')).toBe(2166136261);
  expect(fnv1a32('foobar')).toBe(0xbf9cf968);
  expect(safeEncode('0123456789')).toBe('456789bcdf');
  expect(templateHash({ a: 1, b: 2 })).toBe(templateHash({ b: 2, a: 1 }));
  expect(templateHash({ a: 1 }, 0)).not.toBe(templateHash({ a: 1 }));
});

test('times', () => {
  const time = new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 678));
  expect(formatTime(time)).toBe('2024-01-02T03:04:05Z');
  expect(formatMicroTime(time, 9)).toBe('2024-01-02T03:04:05.678009Z');
  expect(parseTime('2024-01-02T03:04:05.678009Z')).toEqual(time);
  expect(parseTime('2024-01-02T05:04:05.678+02:00')).toEqual(time);
  for (const text of ['2024-02-30T00:00:00Z', '2024-01-02', '2024-01-02T25:00:00Z', 'x']) {
    expect(parseTime(text)).toBeUndefined();
  }
  expect(translateTimestampSince('2024-01-02T03:04:00Z', time)).toBe('5s');
  expect(translateTimestampSince(null, time)).toBe('<unknown>');
});

test.each([
  [-2, '<invalid>'],
  [-1, '0s'],
  [119, '119s'],
  [120, '2m'],
  [125, '2m5s'],
  [659, '10m'],
  [10_800, '3h'],
  [11_000, '3h3m'],
  [30_000, '8h'],
  [172_800, '2d'],
  [180_000, '2d2h'],
  [700_000, '8d'],
  [63_072_000, '2y'],
  [64_000_000, '2y10d'],
  [300_000_000, '9y'],
])('%s seconds are %s', (seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text);
});

test('statuses', () => {
  const deployments = { group: 'apps', resource: 'deployments' };
  expect(notFound(deployments, 'web').message).toBe('deployments.apps "web" not found');
  expect(conflict({ group: '', resource: 'pods' }, 'p', 'why').message).toBe(
    'Operation cannot be fulfilled on pods "p": why',
  );
  expect(success(deployments, 'web', 'u')).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: 'web', group: 'apps', kind: 'deployments', uid: 'u' },
  });
  const error = { type: 'FieldValueRequired', field: 'a', message: 'Required value' } as const;
  const twice = invalid('apps', 'Deployment', 'web', [error, error]);
  expect(twice.message).toBe('Deployment.apps "web" is invalid: a: Required value');
  expect(twice.status.details?.causes).toHaveLength(2);
  expect(internal('x').message).toBe('Internal error occurred: x');
  expect(toStatus(new Error('boom'))).toMatchObject({ code: 500, message: 'boom' });
});
