import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('waits double with each failure up to the limit, and begin anew for something else or after a quiet while', () => {
  const backoff = new Backoff(1_000, 5_000);
  expect(backoff.remaining('app', 'x', 0)).toBe(0);
  expect([1, 2, 3, 4, 5].map(() => backoff.again('app', 'x', 0, 'why'))).toEqual([
    1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect(backoff.remaining('app', 'x', 1_500)).toBe(3_500);
  expect(backoff.reasonOf('app')).toBe('why');
  expect(backoff.remaining('app', 'y', 1_500)).toBe(0);
  expect(backoff.remaining('other', 'x', 1_500)).toBe(0);
  expect(backoff.again('app', 'x', 60_000)).toBe(1_000);
  expect(backoff.again('app', 'y', 60_000)).toBe(1_000);
  backoff.forget('app');
  expect(backoff.remaining('app', 'y', 60_000)).toBe(0);
});
