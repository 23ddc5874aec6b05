import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonSyntaxError } from './json-syntax.ts';

it.each([
  ['', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"apiVersion":"v1",', 'unexpected end of JSON input'],
  ['x', "invalid character 'x' looking for beginning of value"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['{} x', "invalid character 'x' after top-level value"],
  ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ["{'a':1}", `invalid character '\\'' looking for beginning of object key string`],
])('%j: %s', (text, message) => {
  expect(jsonSyntaxError(text)).toBe(message);
});

it('names a fault for whatever JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, extra) => {
      const broken = text.slice(0, at % (text.length + 1)) + extra;
      try {
        JSON.parse(broken);
      } catch {
        expect(jsonSyntaxError(broken)).toMatch(/^(unexpected end of JSON input|invalid character '.+' )/s);
      }
    }),
  );
});
