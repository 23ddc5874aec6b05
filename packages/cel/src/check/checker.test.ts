import { expect, test } from 'vitest';

import type { CelVariable } from '../port.ts';
import { compiled, issuesOf, objectType } from '../testing.ts';

const self: CelVariable = {
  name: 'self',
  type: objectType('Self', {
    count: { kind: 'int' },
    name: { kind: 'string' },
    items: { kind: 'list', element: objectType('Item', { port: { kind: 'int' } }) },
    labels: { kind: 'map', key: { kind: 'string' }, value: { kind: 'string' } },
    any: { kind: 'dyn' },
  }),
};

test.each([
  ['self.missing', "ERROR: <input>:1:5: undefined field 'missing'\n | self.missing\n | ....^"],
  [
    "self.count > '1'",
    "ERROR: <input>:1:12: found no matching overload for '_>_' applied to '(int, string)'\n | self.count > '1'\n | ...........^",
  ],
  ['self.count.size()', "found no matching overload for 'size' applied to 'int.()'"],
  ['size(self.count)', "found no matching overload for 'size' applied to '(int)'"],
  ['self.name.nope()', "ERROR: <input>:1:15: undeclared reference to 'nope' (in container '')"],
  ['self.count && true', "expected type 'bool' but found 'int'"],
  ['self.count.x', "type 'int' does not support field selection"],
  [
    'self.count.all(x, x)',
    "expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
  ],
  ["[1, 'a']", "expected type 'int' but found 'string'"],
  ["true ? 1 : 'a'", "found no matching overload for '_?_:_' applied to '(bool, int, string)'"],
  [
    'self.items.exists(i, i.port == self.name)',
    "found no matching overload for '_==_' applied to '(int, string)'",
  ],
  ['self.labels[1]', "found no matching overload for '_[_]' applied to '(map(string, string), int)'"],
  ['Foo{a: 1}', "undeclared reference to 'Foo' (in container '')"],
  ['cel.bind(x, 1, x)', "undeclared reference to 'cel' (in container '')"],
  ["duration('1x')", 'ERROR: <input>:1:10: invalid duration argument'],
  ["timestamp('yesterday')", 'ERROR: <input>:1:11: invalid timestamp argument'],
  ["matches(self.name, 'a') && self.name.matches('(')", 'ERROR: <input>:1:46: invalid matches argument'],
  [
    "'%d'.format([self.name])",
    'error during formatting: decimal clause can only be used on integers, was given string',
  ],
  ["'%d'.format([1, 2])", 'too many arguments supplied to string.format (expected 1, got 2)'],
])('%s', (expression, issues) => {
  expect(issuesOf(expression, [self])).toContain(issues);
});

test.each([
  ['self.items.map(i, i.port).filter(p, p > 1)', { kind: 'list', element: { kind: 'int' } }],
  ['self.any.x', { kind: 'dyn' }],
  ['self.?name', { kind: 'optional', of: { kind: 'string' } }],
  ["quantity('1')", { kind: 'opaque', name: 'kubernetes.Quantity' }],
  [
    'self.labels.transformMap(k, v, size(v))',
    { kind: 'map', key: { kind: 'string' }, value: { kind: 'int' } },
  ],
  ['type(1)', { kind: 'type' }],
  ['[]', { kind: 'list', element: { kind: 'dyn' } }],
])('the type of %s', (expression, type) => {
  const compilation = compiled(expression, [self]);
  expect(compilation.ok && compilation.program.resultType).toEqual(type);
});
