import { expect, test } from 'vitest';
import { canonicalMicroTime, canonicalTime } from './canonical-time.ts';

test('times are UTC with whole seconds, micro times keep six digits', () => {
  expect(canonicalTime('2025-01-01T00:00:00Z')).toBe('2025-01-01T00:00:00Z');
  expect(canonicalTime('2025-01-01T01:30:00.999+01:30')).toBe('2025-01-01T00:00:00Z');
  expect(canonicalMicroTime('2025-01-01T01:00:00.123456+01:00')).toBe('2025-01-01T00:00:00.123456Z');
  for (const other of ['00.1234567Z', '00.123Z', '00Z'])
    expect(canonicalMicroTime(`2025-01-01T00:00:${other}`)).toBeUndefined();
});

test('what is no time is refused', () => {
  for (const text of ['', 'yesterday', '2025-02-30T00:00:00Z', '2025-01-01', '2025-01-01T25:00:00Z'])
    expect(canonicalTime(text)).toBeUndefined();
});
