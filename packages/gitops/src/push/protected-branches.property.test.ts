import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './protected-branches.ts';

const part = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '+', '(', '[', '$'), maxLength: 4 });

test('a pattern without a star matches itself only; a star matches what has no slash', () => {
  fc.assert(
    fc.property(part, part, part, (before, within, after) => {
      expect(matchesPattern(before, before)).toBe(true);
      expect(matchesPattern(before, `${before}x`)).toBe(false);
      expect(matchesPattern(`${before}*${after}`, `${before}${within}${after}`)).toBe(true);
      expect(matchesPattern(`${before}*${after}`, `${before}/${after}`)).toBe(false);
    }),
  );
});
