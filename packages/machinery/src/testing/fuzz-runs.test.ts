import { afterEach, expect, test, vi } from 'vitest';
import { fuzzRuns } from './fuzz-runs.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [undefined, 60, 60],
  ['50', 60, 3_000],
  ['0.1', 60, 6],
  ['0', 60, 1],
  ['1e9', 60, 1_000_000],
])('a factor of %s makes of %i runs %i', (factor, usual, expected) => {
  vi.stubEnv('GANTRY_FUZZ_FACTOR', factor);
  expect(fuzzRuns(usual)).toBe(expected);
});

test.each(['x', '-1'])('%s is no factor', (factor) => {
  vi.stubEnv('GANTRY_FUZZ_FACTOR', factor);
  expect(() => fuzzRuns(60)).toThrow('GANTRY_FUZZ_FACTOR must be a number from 0 on');
});
