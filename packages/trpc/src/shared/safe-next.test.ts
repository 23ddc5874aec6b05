import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it('goes on within this site', () => {
  for (const next of ['/', '/apps/shop?tab=log#top', '/pods/%E4%BD%A0', '/你好'])
    expect(safeNext(next)).toBe(next);
});

it('goes nowhere else, however it is written', () => {
  const elsewhere = [
    '//evil.com',
    '/\\evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '/\r\n/evil.com',
    '\t//evil.com',
  ];
  const odd = ['/a\\b', '/a\u0000b', '/ /evil.com', 'https://evil.com', 'javascript:alert(1)', '', null];
  for (const next of [...elsewhere, ...odd, '/signin?next=/', `/${'x'.repeat(2_000)}`])
    expect(safeNext(next)).toBe('/');
});
