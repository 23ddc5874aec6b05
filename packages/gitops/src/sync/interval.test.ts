import { expect, test } from 'vitest';
import { parseInterval, withJitter } from './interval.ts';

test('a duration is between 5 seconds and a day', () => {
  expect(parseInterval('30s')).toBe(30_000);
  expect(parseInterval('1h30m')).toBe(5_400_000);
  expect(parseInterval('1ms')).toBe(5_000);
  expect(parseInterval('99h')).toBe(86_400_000);
  for (const bad of ['', '5', 's', '1d', '-1s', '1 s']) expect(parseInterval(bad)).toBeUndefined();
});

test('polls are spread by a tenth', () => {
  expect([withJitter(1_000, 0), withJitter(1_000, 0.5), withJitter(1_000, 1)]).toEqual([900, 1_000, 1_100]);
});
