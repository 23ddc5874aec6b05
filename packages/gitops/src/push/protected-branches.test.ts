import { describe, expect, test } from 'vitest';
import { matchesPattern, whyProtected } from './protected-branches.ts';

const ANN = { name: 'ann', groups: ['devs', 'system:authenticated'] };
const rules = [
  { pattern: 'main', users: ['bob'], groups: ['leads'] },
  { pattern: 'release/*', groups: ['devs'] },
  { pattern: 'release/old*' },
  { pattern: 'team-*', groups: ['devs'], allowForce: true },
];
const why = (branch: string, change: 'push to' | 'rewrite' | 'delete' = 'push to', who = ANN) =>
  whyProtected(rules, branch, change, who);

describe('a protected branch', () => {
  test('is open to whom a rule names', () => {
    expect(why('main', 'push to', { name: 'bob', groups: [] })).toBeUndefined();
    expect(why('main', 'push to', { name: 'eve', groups: ['leads'] })).toBeUndefined();
    expect(why('release/1.0')).toBeUndefined();
    // Any matching rule opens it.
    expect(why('release/old1')).toBeUndefined();
    expect(why('feature')).toBeUndefined();
  });

  test('says who may to those who may not', () => {
    expect(why('main')).toBe(
      'branch main is protected (main): user ann may not push to it; who may: bob, group leads',
    );
    expect(whyProtected([{ pattern: 'x' }], 'x', 'delete', ANN)).toBe(
      'branch x is protected (x): user ann may not delete it; nobody may',
    );
  });

  test('is rewritten or deleted only where a rule allows force', () => {
    expect(why('release/1.0', 'rewrite')).toBe(
      'branch release/1.0 is protected (release/*): user ann may push to it, but not rewrite it, since no rule of theirs has allowForce',
    );
    expect(why('release/1.0', 'delete')).toContain('not delete it');
    expect(why('team-a', 'rewrite')).toBeUndefined();
    expect(why('team-a', 'delete')).toBeUndefined();
    expect(why('feature', 'delete')).toBeUndefined();
  });

  test('a star stops at a slash', () => {
    expect(matchesPattern('release/*', 'release/1/2')).toBe(false);
    expect(matchesPattern('*', 'main')).toBe(true);
    expect(matchesPattern('*', 'a/b')).toBe(false);
    expect(matchesPattern('*/*', 'a/b')).toBe(true);
  });
});
