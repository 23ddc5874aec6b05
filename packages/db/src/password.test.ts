import { describe, expect, test } from 'vitest';
import { ExpiringCache } from './expiring-cache.ts';
import {
  generatePassword,
  hashPassword,
  matchesHash,
  passwordProblem,
  TooManyPasswordsError,
} from './password.ts';

describe('passwords', () => {
  test('a hash matches its password alone, and differs each time', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).not.toBe(second);
    expect(await matchesHash('correct horse', first)).toBe(true);
    expect(await matchesHash('correct horsf', first)).toBe(false);
    expect(await matchesHash('correct horse', 'nonsense')).toBe(false);
  });

  test('a flood of checks is refused, not queued without end', async () => {
    const hash = await hashPassword('x');
    const cheap = hash.replace('m=19456', 'm=8');
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => matchesHash('x', cheap)));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: expect.any(TooManyPasswordsError) });
    expect(await matchesHash('x', hash)).toBe(true);
  });

  test.each([
    ['short', 'at least 10'],
    ['aaaaaaaaaaaaaaa', 'more different'],
    ['xx-Jane-xx-42', 'user name'],
    ['x1y2'.repeat(300), 'at most 1024'],
  ])('%s is refused', (password, reason) => {
    expect(passwordProblem(password, 'jane')).toContain(reason);
  });

  test('generated passwords are acceptable', () => {
    expect(passwordProblem(generatePassword(), 'admin')).toBeUndefined();
    expect(generatePassword()).toMatch(/^[a-z2-9]{6}(-[a-z2-9]{6}){3}$/);
  });
});

test('a cache forgets by time and by number', () => {
  let now = 0;
  const cache = new ExpiringCache<number>(2, 10, () => now);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('c', 3);
  expect(cache.get('a')).toBeUndefined();
  expect(cache.get('c')).toBe(3);
  now = 10;
  expect(cache.get('c')).toBeUndefined();
});
