import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatLabelSelector,
  formatSelectorObject,
  matchesLabels,
  matchesSelectorObject,
  parseLabelSelector,
  selectorFromObject,
  validateLabelSelector,
} from './label-selector.ts';

test.each([
  ['a=b', { a: 'b' }, true],
  ['a==b', { a: 'c' }, false],
  ['a!=b', {}, true],
  ['e in (x,y)', { e: 'y' }, true],
  ['e in ()', { e: '' }, true],
  ['e in (,x)', { e: '' }, true],
  ['f notin (z)', { f: 'z' }, false],
  ['f notin (z)', {}, true],
  ['g', { g: '' }, true],
  ['!h', { h: '1' }, false],
  ['a=', { a: '' }, true],
  ['a=,b=c', { a: '', b: 'c' }, true],
  ['n>5', { n: '6' }, true],
  ['n<5', { n: '6' }, false],
  ['n>5', { n: 'x' }, false],
  ['in in (in)', { in: 'in' }, true],
  [' a = b , x.io/y ', { a: 'b', 'x.io/y': '' }, true],
  ['', { a: 'b' }, true],
  ['toString', {}, false],
])('%s on %j is %s', (text, labels, expected) => {
  expect(matchesLabels(parseLabelSelector(text), labels)).toBe(expected);
});

test.each([
  ['a=b,', "found '', expected: identifier after ','"],
  [',a', "found ',', expected: !, identifier, or 'end of string'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a=(', "unable to parse requirement: found '(', expected: identifier"],
  [
    'n>x',
    "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
  ],
])('%s fails', (text, message) => {
  expect(() => parseLabelSelector(text)).toThrow(new Error(message));
});

test('bad keys and values say the rule', () => {
  expect(() => parseLabelSelector('-a=b')).toThrow(
    /^unable to parse requirement: <nil>: Invalid value: "-a": name part must/,
  );
  expect(() => parseLabelSelector('a=-b')).toThrow(
    /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "-b": a valid label must be an empty string/,
  );
});

test('selector objects', () => {
  const object = {
    matchLabels: { b: '1', a: '2' },
    matchExpressions: [
      { key: 'c', operator: 'In', values: ['y', 'x'] },
      { key: 'd', operator: 'DoesNotExist' },
    ],
  };
  expect(formatSelectorObject(object)).toBe('a=2,b=1,c in (x,y),!d');
  expect(matchesSelectorObject(object, { a: '2', b: '1', c: 'x' })).toBe(true);
  expect(matchesSelectorObject(undefined, {})).toBe(false);
  expect(matchesSelectorObject({}, undefined)).toBe(true);
  expect(formatSelectorObject({})).toBe('<none>');
  const bad = { matchExpressions: [{ key: 'a', operator: 'Is' }] };
  expect(formatSelectorObject(bad)).toBe('<error>');
  expect(() => selectorFromObject(bad)).toThrow('"Is" is not a valid label selector operator');
  expect(
    validateLabelSelector({ matchExpressions: [{ key: 'a', operator: 'In' }] }, 'spec.selector'),
  ).toEqual([
    {
      type: 'FieldValueRequired',
      field: 'spec.selector.matchExpressions[0].values',
      message: "Required value: must be specified when `operator` is 'In' or 'NotIn'",
    },
  ]);
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const requirement = fc.oneof(
  fc.tuple(word, fc.constantFrom('=', '==', '!='), word).map((parts) => parts.join('')),
  fc
    .tuple(word, fc.constantFrom('in', 'notin'), fc.array(word, { minLength: 1, maxLength: 4 }))
    .map(([key, operator, values]) => `${key} ${operator} (${values.join(',')})`),
  word,
  word.map((key) => `!${key}`),
);

test('the text of a parsed selector parses to the same selector', () => {
  fc.assert(
    fc.property(fc.array(requirement, { maxLength: 5 }), (parts) => {
      const selector = parseLabelSelector(parts.join(','));
      expect(parseLabelSelector(formatLabelSelector(selector))).toEqual(selector);
    }),
  );
});

test('no text makes the parser hang or crash otherwise', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'in', ' ', ',', '(', ')', '!', '=', '>') }),
      (text) => {
        try {
          parseLabelSelector(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/found|Invalid value/);
        }
      },
    ),
  );
});
