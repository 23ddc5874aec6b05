import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { evaluate, issuesOf } from '../testing.ts';
import { parse } from './parser.ts';

describe('syntax errors', () => {
  test.each([
    [
      '1 +',
      "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', " +
        "'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 1 +\n | ...^",
    ],
    ['1 2', "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^"],
    ['true\n  && while', 'ERROR: <input>:2:6: reserved identifier: while\n |   && while\n | .....^'],
    ['99999999999999999999', 'ERROR: <input>:1:1: invalid int literal\n | 99999999999999999999\n | ^'],
    ["'é' + +", "ERROR: <input>:1:7: Syntax error: mismatched input '+' expecting"],
    ['[1].map(1, 2)', 'ERROR: <input>:1:9: argument is not an identifier\n | [1].map(1, 2)\n | ........^'],
    ['[1].all(a.b, true)', 'argument must be a simple name'],
    ['(1', "Syntax error: missing ')' at '<EOF>'"],
    ['f(1 2)', "Syntax error: extraneous input '2' expecting ')'"],
    ['[1 2]', "Syntax error: extraneous input '2' expecting {']', ','}"],
    ['[1', "Syntax error: mismatched input '<EOF>' expecting {']', ','}"],
    ["{'a' 1}", "Syntax error: missing ':' at '1'"],
    ['true ? 1', "Syntax error: mismatched input '<EOF>' expecting ':'"],
    ['has(a)', 'ERROR: <input>:1:5: invalid argument to has() macro\n | has(a)\n | ....^'],
    ['1 $ 2', "Syntax error: token recognition error at: '$'"],
    [
      "a = 'b'",
      "ERROR: <input>:1:3: Syntax error: token recognition error at: '= '\n | a = 'b'\n | ..^\n" +
        "ERROR: <input>:1:5: Syntax error: extraneous input ''b'' expecting <EOF>\n | a = 'b'\n | ....^",
    ],
    ['[1, 2,', "ERROR: <input>:1:7: Syntax error: missing ']' at '<EOF>'"],
    ['{1: 2,', "ERROR: <input>:1:7: Syntax error: missing '}' at '<EOF>'"],
    [
      '*a',
      "ERROR: <input>:1:1: Syntax error: extraneous input '*' expecting {'[', '{', '(', '.', '-', '!', 'true'",
    ],
    [
      '{',
      "ERROR: <input>:1:2: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '}', '(', '.', ',', '-', '!', '?', ",
    ],
    [
      'f{1:2}',
      "ERROR: <input>:1:3: Syntax error: mismatched input '1' expecting {'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}",
    ],
    ['f{{a}}', "ERROR: <input>:1:6: Syntax error: extraneous input '}' expecting <EOF>"],
    ['self.true', "ERROR: <input>:1:6: Syntax error: mismatched input 'true' expecting IDENTIFIER"],
    ['{}."a"', `ERROR: <input>:1:4: Syntax error: no viable alternative at input '."a"'`],
    ['"\\xFh', `ERROR: <input>:1:1: Syntax error: token recognition error at: '"\\xFh'`],
    ['-!a', "ERROR: <input>:1:2: Syntax error: extraneous input '!' expecting "],
    ['!-1', "found no matching overload for '!_' applied to '(int)'"],
    ['a.`b`', "ERROR: <input>:1:3: unsupported syntax: '`'"],
  ])('%s', (expression, issues) => {
    expect(issuesOf(expression)).toContain(issues);
  });

  test('wide characters have wide marks', () => {
    expect(issuesOf("'é' + x")).toBe(
      "ERROR: <input>:1:7: undeclared reference to 'x' (in container '')\n | 'é' + x\n | .\uff0e....^",
    );
  });
});

test('after a syntax error it goes on with what can follow', () => {
  const linesOf = (expression: string) =>
    issuesOf(expression)
      .split('\n')
      .filter((line) => line.startsWith('ERROR'))
      .map((line) => line.replace(/ERROR: <input>:|Syntax error: | expecting .*/g, ''));
  expect(linesOf('(1 +) + [2 3] + * 4')).toEqual([
    "1:5: mismatched input ')'",
    "1:12: extraneous input '3'",
    "1:17: extraneous input '*'",
  ]);
  expect(linesOf('1 + +')).toEqual(["1:5: mismatched input '+'", "1:6: mismatched input '<EOF>'"]);
  expect(linesOf('{a} + f(')).toEqual(["1:3: mismatched input '}'", "1:9: mismatched input '<EOF>'"]);
});

test.each(['[,]', '{,}', 'dyn([1,])'])('a comma may stand alone or last: %s', (expression) => {
  expect(issuesOf(expression)).toBe('');
});

describe('limits', () => {
  test('nesting', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(issuesOf(nested(200))).toBe('');
    expect(issuesOf(nested(300))).toBe('ERROR: <input>:-1:0: expression recursion limit exceeded: 250');
    expect(issuesOf(`1${' + 1'.repeat(300)}`)).toContain('recursion limit exceeded');
    expect(issuesOf(`true${' && true'.repeat(3000)}`)).toBe('');
  });

  test('chains that double their target', () => {
    const chain = (links: number) => `optional.of(1)${'.optMap(x, x)'.repeat(links)}.value()`;
    expect(evaluate(chain(6))).toBe(1);
    expect(issuesOf(chain(60))).toContain('the target of optMap() is too large');
  });

  test('length', () => {
    expect(issuesOf(`'${'a'.repeat(100_000)}'`)).toContain(
      'expression code point size exceeds limit: size: 100002, limit 100000',
    );
  });
});

test.each([
  ['1 + 2 * 3 - 4 / 2', 5],
  ['-1 - -1', 0],
  ['!!true', true],
  ['--1', 1],
  ['1 < 2 == true', true],
  ['true ? (false ? 1 : 2) : 3', 2],
  ['false ? 1 : true ? 2 : 3', 2],
  ["r'\\n' + '\\n\\x41\\u0042\\U00000043\\104'", '\\n\nABCD'],
  ['\'\'\'a\'b\'\'\' + """c"d"""', 'a\'bc"d'],
  ['{"a": [1, 2,],}.a[1]', 2],
  ['0x1F', 31],
  ['1e3', 1000],
  ['.5', 0.5],
  ['// a comment\n1', 1],
  ['[1, 2][?5].orValue(3)', 3],
  ['{?"a": optional.none(), ?"b": optional.of(1)}', { b: 1 }],
  ['[?optional.none(), ?optional.of(1)]', [1]],
])('%s', (expression, value) => {
  expect(evaluate(expression)).toEqual(value);
});

test('any text is parsed or refused', () => {
  const words = fc.constantFrom(
    ...'a b 1 1u 1.5 "s" r"x" b"y" true null ( ) [ ] { } . , ? : + - * / % ! && || == != < <= in has all map .? [? '.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((all) => all.join(' ')),
      ),
      (text) => {
        const result = parse(text);
        expect(result.expr !== undefined || result.findings.length > 0).toBe(true);
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
});
