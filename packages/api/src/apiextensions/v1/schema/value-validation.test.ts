import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../definition.ts';
import { formatCheck } from './formats.ts';
import { validateListTypes } from './list-types.ts';
import { toFieldErrors } from './value-errors.ts';
import { validateValue } from './value-validation.ts';

const found = (value: unknown, schema: JsonSchema): string[] =>
  toFieldErrors(validateValue(value, schema).errors, '').map(({ field, message }) => `${field}: ${message}`);
const inSpec = (schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { spec: { type: 'object', properties: { x: schema } } },
});

describe('a value is refused in the original’s words', () => {
  const cases: readonly (readonly [string, JsonSchema, unknown, readonly string[]])[] = [
    [
      'type',
      { type: 'integer' },
      'a',
      ['spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"'],
    ],
    [
      'null',
      { type: 'string' },
      null,
      ['spec.x: Invalid value: "null": spec.x in body must be of type string: "null"'],
    ],
    ['nullable', { type: 'string', nullable: true }, null, []],
    [
      'enum',
      { type: 'string', enum: ['a', 'b'] },
      'c',
      ['spec.x: Unsupported value: "c": supported values: "a", "b"'],
    ],
    [
      'minimum',
      { type: 'integer', minimum: 3 },
      2,
      ['spec.x: Invalid value: 2: spec.x in body should be greater than or equal to 3'],
    ],
    [
      'exclusive maximum',
      { type: 'number', maximum: 3, exclusiveMaximum: true },
      3,
      ['spec.x: Invalid value: 3: spec.x in body should be less than 3'],
    ],
    [
      'multiple',
      { type: 'integer', multipleOf: 4 },
      6,
      ['spec.x: Invalid value: 6: spec.x in body should be a multiple of 4'],
    ],
    [
      'pattern',
      { type: 'string', pattern: '^a+$' },
      'b',
      ['spec.x: Invalid value: "b": spec.x in body should match \'^a+$\''],
    ],
    ['length in code points', { type: 'string', maxLength: 2 }, '🙂🙂', []],
    ['length', { type: 'string', maxLength: 2 }, 'abc', ['spec.x: Too long: may not be more than 2 bytes']],
    [
      'shortness',
      { type: 'string', minLength: 2 },
      'a',
      ['spec.x: Invalid value: "a": spec.x in body should be at least 2 chars long'],
    ],
    [
      'items',
      { type: 'array', maxItems: 1, items: { type: 'string' } },
      ['a', 'b'],
      ['spec.x: Too many: 2: must have at most 1 items'],
    ],
    [
      'required',
      { type: 'object', required: ['y'], properties: { y: {} } },
      {},
      ['spec.x.y: Required value'],
    ],
    ['int or string', { 'x-kubernetes-int-or-string': true }, 'a', []],
    [
      'format',
      { type: 'string', format: 'ipv4' },
      'x',
      ['spec.x: Invalid value: "x": spec.x in body must be of type ipv4: "x"'],
    ],
    ['an unknown format', { type: 'string', format: 'nonsense' }, 'x', []],
  ];
  test.each(cases)('%s', (_name, schema, value, expected) => {
    expect(found({ spec: { x: value } }, inSpec(schema))).toEqual(expected);
  });

  test('anyOf shows the nearest branch', () => {
    const schema = inSpec({
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      'x-kubernetes-int-or-string': true,
    });
    expect(found({ spec: { x: 1 } }, schema)).toEqual([]);
    expect(found({ spec: { x: true } }, schema).length).toBeGreaterThan(0);
  });

  test('a value that is very wrong brings a bounded number of errors', () => {
    const schema = inSpec({ type: 'array', items: { type: 'string' } });
    expect(found({ spec: { x: Array(100_000).fill(1) } }, schema).length).toBeLessThan(1000);
  });

  test('a pattern that is slow with backtracking is not here', () => {
    const schema = inSpec({ type: 'string', pattern: '^(a+)+$' });
    expect(found({ spec: { x: `${'a'.repeat(10_000)}b` } }, schema)).toHaveLength(1);
  });
});

describe('formats', () => {
  const cases: Readonly<Record<string, { good: readonly string[]; bad: readonly string[] }>> = {
    'date-time': {
      good: ['2020-01-02T03:04:05Z', '2020-01-02T03:04:05.123+01:00'],
      bad: ['2020-01-02', 'x'],
    },
    date: { good: ['2020-02-29'], bad: ['2021-02-29', '2020-1-1'] },
    duration: { good: ['1h30m', '3 days'], bad: ['x', '1'] },
    ipv6: { good: ['::1'], bad: ['1.2.3.4', 'g::'] },
    cidr: { good: ['10.0.0.0/8', 'fd00::/8'], bad: ['10.0.0.0', '10.0.0.0/33'] },
    uuid: { good: ['6f9619ff-8b86-d011-b42d-00cf4fc964ff'], bad: ['6f9619ff'] },
    byte: { good: ['aGVsbG8='], bad: ['a', '***'] },
    hostname: { good: ['a.example.com'], bad: ['-a', 'a..b'] },
    uri: { good: ['https://example.com/x'], bad: ['not a uri'] },
  };
  test.each(Object.entries(cases))('%s', (format, { good, bad }) => {
    const check = formatCheck(format);
    expect(good.map((text) => [text, check?.(text)])).toEqual(good.map((text) => [text, true]));
    expect(bad.map((text) => [text, check?.(text)])).toEqual(bad.map((text) => [text, false]));
  });
});

describe('lists', () => {
  const errors = (list: unknown[], schema: JsonSchema) =>
    validateListTypes({ x: list }, { type: 'object', properties: { x: { type: 'array', ...schema } } }).map(
      ({ field, message }) => `${field}: ${message}`,
    );
  test('of type set hold each item once', () => {
    const set: JsonSchema = { 'x-kubernetes-list-type': 'set', items: { type: 'string' } };
    expect(errors(['a', 'b'], set)).toEqual([]);
    expect(errors(['a', 'b', 'a', 'a'], set)).toEqual(['x[2]: Duplicate value: "a"']);
  });
  test('of type map hold each key once', () => {
    const map: JsonSchema = {
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        properties: { port: { type: 'integer' }, protocol: { type: 'string' }, name: { type: 'string' } },
      },
    };
    expect(
      errors(
        [
          { port: 1, protocol: 'TCP' },
          { port: 1, protocol: 'UDP' },
        ],
        map,
      ),
    ).toEqual([]);
    expect(
      errors(
        [
          { port: 1, protocol: 'TCP', name: 'a' },
          { port: 1, protocol: 'TCP', name: 'b' },
        ],
        map,
      ),
    ).toEqual(['x[1]: Duplicate value: {"port":1,"protocol":"TCP"}']);
  });
});
