import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatFieldSelector,
  matchesFields,
  parseFieldSelector,
  requiredFieldValue,
} from './field-selector.ts';

test('terms match paths; absent ones are empty', () => {
  const selector = parseFieldSelector('spec.nodeName==n,status.phase!=Failed');
  expect(matchesFields(selector, { 'spec.nodeName': 'n', 'status.phase': 'Running' })).toBe(true);
  expect(matchesFields(selector, { 'spec.nodeName': 'n', 'status.phase': 'Failed' })).toBe(false);
  expect(matchesFields(parseFieldSelector('a='), {})).toBe(true);
  expect(requiredFieldValue(selector, 'spec.nodeName')).toBe('n');
  expect(requiredFieldValue(selector, 'status.phase')).toBeUndefined();
});

test('bad texts', () => {
  expect(() => parseFieldSelector('a=b,c')).toThrow(
    new Error("invalid selector: 'a=b,c'; can't understand 'c'"),
  );
  expect(() => parseFieldSelector('a=b=c')).toThrow(
    'invalid field selector: unescaped character in value: 61',
  );
  expect(() => parseFieldSelector('a=\\x')).toThrow('invalid field selector: invalid escape sequence: \\x');
  expect(() => parseFieldSelector('a=b\\')).toThrow('invalid field selector: invalid escape sequence: \\');
});

test('any value survives its text', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const selector = [{ field: 'metadata.name', operator: '=' as const, value }];
      expect(parseFieldSelector(formatFieldSelector(selector))).toEqual(selector);
    }),
  );
});
