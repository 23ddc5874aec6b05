import { describe, expect, test } from 'vitest';

import type { CelType } from '../port.ts';
import { compiled, costOf, objectType } from '../testing.ts';

/** From the original's own tests of the costs of its libraries: estimate, and what running costs. */
const LIBRARIES: readonly (readonly [expression: string, min: number, max: number, run: number])[] = [
  ["'ABCDEFGHIJ abcdefghij'.lowerAscii()", 3, 3, 3],
  ["'ABCDEFGHIJ abcdefghij'.lowerAscii() == 'abcdefghij ABCDEFGHIJ'.lowerAscii()", 7, 9, 9],
  ["strings.quote('ABCDEFGHIJ abcdefghij') == strings.quote('ABCDEFGHIJ abcdefghij')", 7, 11, 9],
  ["'abc 123 def 123'.replace('', 'x')", 3, 3, 3],
  ["'abc 123 def 123'.split(' ', 1)", 3, 3, 3],
  ["'abc 123 def 123'.substring(5, 8)", 2, 2, 2],
  ["'  abc 123 def 123  '.trim()", 2, 2, 2],
  ["'abc 123 def 123'.findAll('123', 1)", 2, 2, 2],
  ["jsonpatch.escapeKey('abc/def~ abc/def~')", 2, 2, 2],
  ['quantity("200M") == quantity("0.2G") && quantity("0.2G") == quantity("200M")', 3, 6, 6],
  ['quantity("50k").add(20).sub(quantity("100k")).sub(-50000).asInteger() > 0', 7, 7, 7],
  ['format.named("dns1123Label").value().validate("my-name")', 34, 34, 10],
  ['format.named("dns1123Label").value() == format.named("dns1123Label").value()', 5, 11, 5],
  ['semver("1234.56789012345.67890123456789")', 4, 4, 4],
  ['semver("1.0.0").compareTo(semver("1.2.3"))', 3, 3, 3],
  ["ip('192.168.0.1').family()", 3, 3, 3],
  ["ip('192.168.0.1') == ip('192.168.0.1')", 5, 5, 5],
  ["url('https:://kubernetes.io/').getScheme()", 4, 4, 4],
];

test.each(LIBRARIES)('%s', (expression, min, max, run) => {
  const compilation = compiled(expression);
  expect(compilation.ok && compilation.program.estimate).toEqual({ min, max });
  expect(costOf(expression)).toBe(run);
});

describe('running', () => {
  const o = { list: [1, 2, 3], map: { a: 1 }, text: 'a'.repeat(25), flag: true, inner: { x: { y: 1 } } };

  test.each([
    ['o', 1],
    ['o.inner.x.y', 4],
    ['o.list[0]', 3],
    ["o.map['a']", 3],
    ['o.list[o.inner.x.y]', 6],
    ['has(o.inner.x.y)', 3],
    ['o.flag ? o.inner.x : o.list', 4],
    ['o.flag || o.missing', 2],
    ['o.flag && o.flag', 4],
    ['!o.flag', 3],
    ['[1, 2, 3]', 0],
    ['[1, 2, 3][0]', 2],
    ['[o.flag]', 12],
    ["{'a': o.flag}", 32],
    ["'a' + o.text", 2 + 3],
    ["o.text == 'b'", 2 + 1],
    ['o.text == o.text', 4 + 3],
    ["o.text.startsWith('a')", 2 + 3],
    ["o.text.contains('abc')", 2 + 3],
    ["o.text.matches('a+')", 2 + 3],
    ['1 in [1, 2]', 0],
    ['1 in o.list', 2 + 1],
    ['size(o.list)', 3],
    ['o.list.all(i, i > 0)', 2 + 3 * (2 + 1 + 1 + 1) + 1],
    ['o.list.exists(i, i > 2)', 2 + 3 * (3 + 1 + 1 + 1) + 1],
    ['o.list.exists(i, i > 0)', 2 + (3 + 1 + 1 + 1) + 3 + 1],
    ['o.list.exists_one(i, i > 2)', 2 + 3 * 2 + 2 + 2],
    ['o.list.map(i, i)', 2 + 3 * (1 + 10 + 1 + 1) + 1],
    ['o.list.filter(i, i > 1)', 2 + 3 * 2 + 2 * (1 + 10 + 1 + 1) + 1],
    ['o.?missing.orValue(1)', 1],
    ['o.?flag.orValue(false)', 2],
    ['o.list.sum()', 2 + 3],
    ['optional.of(o.flag).optMap(f, !f).value()', 4 + 4 + 2 + 2],
  ])('%s costs %i', (expression, cost) => {
    expect(costOf(expression, { o })).toBe(cost);
  });
});

describe('estimates from declared sizes', () => {
  const text = (maxSize: number): CelType => ({ kind: 'string', maxSize });
  const self = objectType('Self', {
    count: { kind: 'int' },
    name: text(100),
    list: { kind: 'list', element: text(10), maxItems: 5 },
    map: { kind: 'map', key: text(20), value: text(30), maxProperties: 7 },
    items: { kind: 'list', element: objectType('Item', { name: text(50) }), maxItems: 3 },
    unlimited: { kind: 'list', element: { kind: 'int' } },
  });

  test.each([
    ['self.count > 1', 3, 3],
    ["self.name == 'abc'", 3, 3],
    ['self.name == self.name', 5, 14],
    ["self.list.all(x, x.startsWith('ab'))", 3, 3 + 5 * (2 + 2 + 1)],
    ['self.list.all(x, x == self.name)', 3, 3 + 5 * (2 + 1 + 3 + 1)],
    ['self.items.exists(i, i.name == self.name)', 3, 3 + 3 * (3 + 1 + 4 + 5)],
    ["self.map.all(k, self.map[k] == 'x')", 3, 3 + 7 * (2 + 1 + 3 + 1 + 1)],
    ['self.unlimited.all(x, x > 0)', 3, 2 ** 64],
  ])('%s costs %i to %i', (expression, min, max) => {
    const compilation = compiled(expression, [{ name: 'self', type: self }]);
    expect(compilation.ok && compilation.program.estimate).toEqual({ min, max });
  });

  /** Of the original's tests. */
  test.each([
    ["['aa', 'bb'].all(x, x == 'aa')", 10 + 1 + 2 * 3, 10 + 1 + 2 * 5],
    ["{'a': 1, 'b': 2}.exists(k, v, v > 0)", 39, 43],
    ["{'a': 1, 'b': 2}.transformMap(k, v, v < 5, v + 1)", 67, 75],
    ['[1, 2].transformList(i, v, v < 5, v + 1)', 27, 53],
    ['[1, 2].existsOne(i, v, v > 0)', 18, 20],
    ['sets.contains([1, 2, 3, 4], [2, 3])', 29, 29],
    ['sets.equivalent([1, 1], [1])', 25, 25],
  ])('%s costs %i to %i', (expression, min, max) => {
    const compilation = compiled(expression);
    expect(compilation.ok && compilation.program.estimate).toEqual({ min, max });
  });
});
