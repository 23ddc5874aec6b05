import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createEnvironment } from '../environment.ts';
import { CelError } from '../port.ts';
import { evaluate } from '../testing.ts';

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -20n, max: 20n }),
  fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, -(2n ** 53n)),
);

const OPERATORS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function outcome(expression: string, bindings: Readonly<Record<string, unknown>>): unknown {
  try {
    const value = evaluate(expression, bindings);
    return typeof value === 'number' ? BigInt(value) : value;
  } catch (error) {
    expect(error).toBeInstanceOf(CelError);
    return (error as CelError).message;
  }
}

test('ints are 64 bits wide, and what goes beyond is an error', () => {
  fc.assert(
    fc.property(int64, int64, fc.constantFrom(...Object.keys(OPERATORS)), (a, b, operator) => {
      const found = outcome(`a ${operator} b`, { a, b });
      if (b === 0n && (operator === '/' || operator === '%')) {
        expect(found).toBe(operator === '/' ? 'division by zero' : 'modulus by zero');
        return;
      }
      const wanted = OPERATORS[operator]?.(a, b) as bigint;
      expect(found).toBe(BigInt.asIntN(64, wanted) === wanted ? wanted : 'integer overflow');
    }),
  );
});

test('numbers of all types are ordered by what they say', () => {
  fc.assert(
    fc.property(int64, int64, (a, b) => {
      expect(evaluate('a < b', { a, b })).toBe(a < b);
      expect(evaluate('a == b', { a, b })).toBe(a === b);
      if (a >= 0n && b >= 0n) {
        expect(evaluate('uint(a) >= uint(b) && (a == b) == (dyn(uint(a)) == dyn(b))', { a, b })).toBe(a >= b);
      }
    }),
  );
});

test('macros do what the methods of arrays do', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: -5, max: 5 }), (l, n) => {
      const run = (expression: string) => evaluate(expression, { l, n });
      expect(run('l.all(x, x > n)')).toBe(l.every((x) => x > n));
      expect(run('l.exists(x, x > n)')).toBe(l.some((x) => x > n));
      expect(run('l.exists_one(x, x > n)')).toBe(l.filter((x) => x > n).length === 1);
      expect(run('l.map(x, x * n)')).toEqual(l.map((x) => (x * n === 0 ? 0 : x * n)));
      expect(run('l.filter(x, x > n).map(x, [x])')).toEqual(l.filter((x) => x > n).map((x) => [x]));
      expect(run('l.map(x, l.filter(y, y == x).size()) == l.map(x, l.map(y, y == x, y).size())')).toBe(true);
      expect(run('l.transformList(i, x, i + x)')).toEqual(l.map((x, i) => i + x));
    }),
  );
});

test('JSON comes out as it went in', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
      const normal: unknown = JSON.parse(JSON.stringify(json));
      const numbers = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
      expect(JSON.parse(JSON.stringify(evaluate('j', { j: normal }), numbers))).toEqual(normal);
      expect(evaluate('j == j && [j] == [j]', { j: normal })).toBe(true);
    }),
  );
});

test('texts are sequences of code points', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 8 });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(evaluate('size(a + b) == size(a) + size(b)', { a, b })).toBe(true);
      expect(evaluate('(a + b).startsWith(a) && (a + b).endsWith(b) && (a + b).contains(b)', { a, b })).toBe(
        true,
      );
      expect(evaluate('(a + b).substring(size(a)) == b', { a, b })).toBe(true);
      expect(evaluate("a.split('').join('') == a", { a })).toBe(true);
      expect(evaluate('a < b', { a, b })).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0);
    }),
  );
});

const leaves = fc.constantFrom(
  'j',
  'j.a',
  'j[0]',
  'x',
  '1',
  '-2',
  '1.5',
  "'s'",
  'true',
  'null',
  '[]',
  '{}',
  'j.?a',
);
const expressions = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    leaves,
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '<', '==', '&&', '||', 'in'),
        tie('expression'),
      )
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('all', 'exists', 'map', 'filter', 'exists_one'),
        tie('expression'),
      )
      .map(([a, macro, b]) => `${a}.${macro}(x, ${b})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(fc.constantFrom('size', 'string', 'int', 'type', 'dyn'), tie('expression'))
      .map(([f, a]) => `${f}(${a})`),
    fc
      .array(tie('expression'), { maxLength: 3 })
      .map((items) => `[${items.map((item) => `dyn(${item})`).join(', ')}]`),
  ),
})).expression;

test('any expression on any JSON has a value or fails, at the same cost each time and within its limit', () => {
  const environment = createEnvironment([
    { name: 'j', type: { kind: 'dyn' } },
    { name: 'x', type: { kind: 'dyn' } },
  ]);
  fc.assert(
    fc.property(
      expressions,
      fc.jsonValue({ maxDepth: 3 }),
      fc.jsonValue({ maxDepth: 1 }),
      (expression, j, x) => {
        const compilation = environment.compile(expression);
        if (!compilation.ok) {
          expect(compilation.issues.length).toBeGreaterThan(0);
          return;
        }
        const attempt = (cost: number) => {
          try {
            return compilation.program.evaluate({ j, x }, { cost });
          } catch (error) {
            expect(error).toBeInstanceOf(CelError);
            return error as CelError;
          }
        };
        const first = attempt(10_000);
        expect(attempt(10_000)).toEqual(first);
        if (!(first instanceof CelError) && first.cost > 0) {
          expect(attempt(first.cost)).toEqual(first);
          expect(attempt(first.cost - 1)).toMatchObject({ reason: 'cost' });
        }
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
});
