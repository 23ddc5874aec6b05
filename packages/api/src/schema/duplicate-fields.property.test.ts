import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicateFields } from './duplicate-fields.ts';

test('what JSON.stringify wrote has no duplicates', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(findDuplicateFields(JSON.stringify(value))).toEqual([]);
    }),
  );
});

test('a key written twice is found at its path, whatever stands around it', () => {
  const key = fc.string({ minLength: 1 }).filter((text) => text !== '__proto__');
  fc.assert(
    fc.property(key, fc.jsonValue(), fc.jsonValue(), (name, first, second) => {
      const text = JSON.stringify(name);
      const body = `{"list":[0,{${text}:${JSON.stringify(first)},${text}:${JSON.stringify(second)}}]}`;
      expect(findDuplicateFields(body)).toEqual([`list[1].${name}`]);
    }),
  );
});

test('escaped spellings of one key are one key', () => {
  expect(findDuplicateFields('{"a":1,"\\u0061":2}')).toEqual(['a']);
});
