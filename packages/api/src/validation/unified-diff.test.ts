import { expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

test('equal texts differ in nothing', () => {
  expect(unifiedDiff('a\nb', 'a\nb')).toBe('');
});

test('a change stands between three lines on either side', () => {
  const before = numbered(20);
  const after = before.with(10, 'changed');
  expect(unifiedDiff(before.join('\n'), after.join('\n'))).toBe(
    [
      '@@ -8,7 +8,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+changed',
      ' line 11',
      ' line 12',
      ' line 13',
      '',
    ].join('\n'),
  );
});

test('changes that are near share a hunk, others have one each', () => {
  const before = numbered(60);
  const near = before.with(10, 'x').with(16, 'y');
  const far = before.with(10, 'x').with(18, 'y');
  const hunksOf = (after: readonly string[]): number =>
    unifiedDiff(before.join('\n'), after.join('\n')).split('@@ -').length - 1;
  expect(hunksOf(near)).toBe(1);
  expect(hunksOf(far)).toBe(2);
});

test('lines that come or go are counted at either end', () => {
  expect(unifiedDiff('a', 'a\nb')).toBe('@@ -1 +1,2 @@\n a\n+b\n');
  expect(unifiedDiff('a\nb\nc', 'c')).toBe('@@ -1,3 +1 @@\n-a\n-b\n c\n');
});

test('long texts are compared in bounded time', () => {
  const before = Array.from({ length: 50_000 }, (_, index) => `${index % 7}`);
  const after = before.with(25_000, 'changed');
  const text = unifiedDiff(before.join('\n'), after.join('\n'));
  expect(text.split('\n')).toHaveLength(10);
  expect(text).toContain('+changed\n');
});
