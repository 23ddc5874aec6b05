import { describe, expect, test } from 'vitest';

import { createEnvironment } from './environment.ts';
import { CelError, type CelType, type CelVariable } from './port.ts';
import { evaluate, objectType } from './testing.ts';
import { Failure } from './values/values.ts';

const limit = { cost: 1_000_000 };

function thrownBy(action: () => unknown): CelError {
  try {
    action();
  } catch (error) {
    if (error instanceof CelError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('JSON is read by the declared types', () => {
  const fields: Readonly<Record<string, readonly [CelType, unknown, string]>> = {
    count: [{ kind: 'int' }, 3, 'self.count + 1 == 4'],
    ratio: [{ kind: 'double' }, 2, 'self.ratio / 4.0 == 0.5'],
    at: [{ kind: 'timestamp' }, '2026-01-02T03:04:05Z', 'self.at.getFullYear() == 2026'],
    day: [{ kind: 'timestamp' }, '2026-01-02', "self.day == timestamp('2026-01-02T00:00:00Z')"],
    wait: [{ kind: 'duration' }, '1m30s', "self.wait > duration('89s')"],
    raw: [{ kind: 'bytes' }, 'AQI=', "self.raw == b'\\x01\\x02'"],
    port: [{ kind: 'dyn' }, '80%', "type(self.port) == string && self.port == '80%'"],
    ports: [{ kind: 'list', element: { kind: 'double' } }, [1, 2], 'self.ports[1] / 4.0 == 0.5'],
    sizes: [
      { kind: 'map', key: { kind: 'string' }, value: { kind: 'duration' } },
      { a: '1s' },
      "self.sizes.a == duration('1s') && self.sizes['a'] == self.sizes.a",
    ],
    none: [{ kind: 'string' }, null, 'dyn(self.none) == null'],
    missing: [{ kind: 'string' }, undefined, "!has(self.missing) && self.?missing.orValue('x') == 'x'"],
  };
  const type = objectType(
    'Self',
    Object.fromEntries(Object.entries(fields).map(([name, [fieldType]]) => [name, fieldType])),
  );
  const self = Object.fromEntries(Object.entries(fields).map(([name, [, value]]) => [name, value]));

  test.each(Object.values(fields).map(([, , expression]) => expression))('%s', (expression) => {
    expect(evaluate(expression, { self }, [{ name: 'self', type }])).toBe(true);
  });

  test('names that are no identifiers have another in expressions', () => {
    const escaped: CelType = {
      kind: 'object',
      name: 'Self',
      fields: () => new Map([['a__dash__b', { type: { kind: 'int' }, json: 'a-b' }]]),
    };
    const variables = [{ name: 'self', type: escaped }];
    expect(evaluate('has(self.a__dash__b) && self.a__dash__b == 1', { self: { 'a-b': 1 } }, variables)).toBe(
      true,
    );
    expect(evaluate('self', { self: { 'a-b': 1 } }, variables)).toEqual({ 'a-b': 1 });
  });
});

test('JSON of no declared type', () => {
  const self = { int: 1, double: 1.5, list: [1, { a: null }], object: { b: true }, big: 9007199254740993n };
  expect(evaluate('type(self.int) == int && type(self.double) == double', { self })).toBe(true);
  expect(evaluate('self.list[1].a == null && self.object.b && size(self.list) == 2', { self })).toBe(true);
  expect(evaluate('self.big + 1', { self })).toBe(9007199254740994n);
  expect(evaluate('self', { self })).toEqual(self);
});

test.each([
  ['self.x', 'no such key: x'],
  ['self.list[7]', 'index out of bounds: 7'],
  ['self.list[-1]', 'index out of bounds: -1'],
  ['self.text.x', 'no such key: x'],
  ['self.list.x', "unsupported index type 'string' in list"],
  ['1 / self.zero', 'division by zero'],
  ['1 % self.zero', 'modulus by zero'],
  ['9223372036854775807 + self.zero + 1', 'integer overflow'],
  ['0u - 1u', 'unsigned integer overflow'],
  ['int(self.text)', "type conversion error from 'string' to 'int'"],
  ['timestamp(self.text)', "type conversion error from 'string' to 'google.protobuf.Timestamp'"],
  ['self.text < self.zero', 'no such overload'],
  ['self.text.startsWith(self.zero)', 'no such overload: startsWith(string, int)'],
  ['self.text.charAt(9)', 'index out of range: 9'],
  ['optional.none().value()', 'optional.none() dereference'],
  ['[1].slice(0, 9)', 'cannot slice(0, 9), list is length 1'],
  ['[].min()', 'min called on empty list'],
  ['{1.5: self.zero}', 'unsupported key type: 1.5'],
  ['other', 'no such attribute(s): other'],
])('%s fails with: %s', (expression, message) => {
  const variables: CelVariable[] = [
    { name: 'self', type: { kind: 'dyn' } },
    { name: 'other', type: { kind: 'int' } },
  ];
  const self = { zero: 0, list: [], text: 'text' };
  const error = thrownBy(() => evaluate(expression, { self }, variables));
  expect([error.message, error.reason]).toEqual([message, 'evaluation']);
});

test('&&, || and the macros made of them absorb failures that do not matter', () => {
  const self = { list: [{}, { a: 1 }] };
  expect(evaluate('self.x == 1 || true', { self })).toBe(true);
  expect(evaluate('self.x == 1 && false', { self })).toBe(false);
  expect(evaluate('self.list.exists(i, i.a == 1)', { self })).toBe(true);
  expect(evaluate('self.list.all(i, i.a == 2)', { self })).toBe(false);
  expect(() => evaluate('self.list.all(i, i.a == 1)', { self })).toThrow('no such key: a');
  expect(() => evaluate('self.list.exists_one(i, i.a == 1)', { self })).toThrow('no such key: a');
});

test('the cost has a limit, whatever is allowed', () => {
  const compilation = createEnvironment([]).compile(
    'lists.range(900).all(a, lists.range(900).all(b, a + b >= 0))',
  );
  const evaluateWith = (cost: number) =>
    thrownBy(() => compilation.ok && compilation.program.evaluate({}, { cost }));
  expect(evaluateWith(100)).toMatchObject({
    message: 'operation cancelled: actual cost limit exceeded',
    reason: 'cost',
  });
  expect(evaluateWith(Number.POSITIVE_INFINITY).cost).toBeGreaterThan(1_000_000);
});

test.each(['lists.range(1000000000)', "'a'.replace('', 'b')", 'lists.range(999999).size()'])(
  'nothing large is made that no one could pay for: %s',
  (expression) => {
    const result = (() => {
      try {
        return evaluate(expression);
      } catch (error) {
        return error;
      }
    })();
    expect(result instanceof Error ? (result as CelError).reason : 'value').toMatch(/cost|value/);
  },
);

test.each([
  'lists.range(300).all(a, lists.range(300).all(b, big == other))',
  `big.map(a, a + a)${'.map(a, a + a)'.repeat(30)}`,
  'lists.range(300).all(a, lists.range(300).all(b, 7.5 in big[0] || true))',
  "lists.range(300).all(a, lists.range(300).all(b, '%s'.format([big]) != ''))",
])('what costs little but takes long has a limit too: %s', (expression) => {
  const big = [Array.from({ length: 100_000 }, (_, index) => index)];
  expect(thrownBy(() => evaluate(expression, { big, other: structuredClone(big) })).reason).toBe('cost');
});

test('values may be read late', () => {
  const type = objectType('V', { good: { kind: 'int' }, bad: { kind: 'int' } });
  let reads = 0;
  const bindings = {
    v: {
      get good() {
        reads++;
        return 1;
      },
      get bad(): number {
        throw new Failure('variable "bad" fails');
      },
    },
  };
  const variables = [{ name: 'v', type }];
  expect(evaluate('v.good == 1 || v.bad == 1', bindings, variables)).toBe(true);
  expect(reads).toBe(1);
  expect(evaluate('v.bad == 1 || true', bindings, variables)).toBe(true);
  expect(thrownBy(() => evaluate('v.bad', bindings, variables)).message).toBe('variable "bad" fails');
});

test('an optional variable without a binding is none', () => {
  const variables: CelVariable[] = [{ name: 'old', type: { kind: 'optional', of: { kind: 'int' } } }];
  expect(evaluate('old.hasValue() ? old.value() : -1', {}, variables)).toBe(-1);
  expect(evaluate('old.hasValue() ? old.value() : -1', { old: 3 }, variables)).toBe(3);
});

test('what an expression refers to, and what it may evaluate to', () => {
  const environment = createEnvironment([{ name: 'a', type: { kind: 'dyn' } }]).extend([
    { name: 'b', type: { kind: 'bool' } },
  ]);
  const compilation = environment.compile('[1].all(x, x == 1) || b', { resultTypes: [{ kind: 'bool' }] });
  expect(compilation.ok && [...compilation.program.references]).toEqual(['b']);
  const refused = environment.compile('a', { resultTypes: [{ kind: 'bool' }, { kind: 'string' }] });
  expect(!refused.ok && refused.issues).toEqual([
    { message: 'must evaluate to one of [bool string]', line: -1, column: -1 },
  ]);
  const constant = environment.compile("int('x')");
  expect(!constant.ok && constant.issues[0]?.message).toBe(
    "program instantiation failed: type conversion error from 'string' to 'int'",
  );
});

test('objects of constructible types', () => {
  const patch = objectType('Patch', { op: { kind: 'string' }, value: { kind: 'dyn' } });
  const compilation = createEnvironment([]).compile("[Patch{op: 'add', value: {'a': 1}, }]", {
    constructible: patch.kind === 'object' ? [patch] : [],
  });
  expect(compilation.ok && compilation.program.evaluate({}, limit).value).toEqual([
    { op: 'add', value: { a: 1 } },
  ]);
});
