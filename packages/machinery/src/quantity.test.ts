import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityError,
  subtractQuantities,
  toBytes,
  toMilli,
} from './quantity.ts';

describe('canonical form', () => {
  test.each([
    ['0', '0'],
    ['00', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['1000Ki', '1000Ki'],
    ['0.5Ki', '512'],
    ['512Ki', '512Ki'],
    ['1000k', '1M'],
    ['12e6', '12e6'],
    ['12000e3', '12e6'],
    ['1E3', '1e3'],
    ['2E', '2E'],
    ['-1.5', '-1500m'],
    ['+1', '1'],
    ['.5', '500m'],
    ['1.', '1'],
    ['0.1n', '1n'],
    ['100u', '100u'],
    ['9999999999Ei', '9223372036854775807'],
  ])('%s is %s', (given, canonical) => {
    expect(canonicalQuantity(given)).toBe(canonical);
  });
});

test('errors are worded as the original words them', () => {
  const format =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  for (const text of ['', 'a', '1x', '1.2.3', '1 Gi', '1Gi ', '9'.repeat(1000)]) {
    expect(quantityError(text)).toBe(format);
  }
  for (const text of ['--1', '1mm', '1iM', '1K', '1GiGi']) {
    expect(quantityError(text)).toBe("unable to parse quantity's suffix");
  }
  expect(quantityError('1')).toBeUndefined();
  expect(quantityError('1e999999999')).toBeUndefined();
});

test('numbers for schedulers round up', () => {
  expect(toMilli(parseQuantity('1.0001'))).toBe(1001);
  expect(toBytes(parseQuantity('1500m'))).toBe(2);
  expect(toBytes(parseQuantity('-1500m'))).toBe(-2);
  expect(toBytes(parseQuantity('1Gi'))).toBe(1_073_741_824);
});

const quantities = fc
  .tuple(
    fc.integer({ min: -999_999, max: 999_999 }),
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-3'),
  )
  .map(([whole, fraction, suffix]) => `${whole}.${fraction}${suffix}`);

test('the canonical form is stable and means the same', () => {
  fc.assert(
    fc.property(quantities, (text) => {
      const quantity = parseQuantity(text);
      const canonical = formatQuantity(quantity);
      expect(compareQuantities(parseQuantity(canonical), quantity)).toBe(0);
      expect(canonicalQuantity(canonical)).toBe(canonical);
    }),
  );
});

test('adding and subtracting are exact', () => {
  fc.assert(
    fc.property(quantities, quantities, (x, y) => {
      const a = parseQuantity(x);
      const b = parseQuantity(y);
      expect(compareQuantities(subtractQuantities(addQuantities(a, b), b), a)).toBe(0);
    }),
  );
  expect(formatQuantity(addQuantities(parseQuantity('1Gi'), parseQuantity('1M')))).toBe('1074741824');
});
