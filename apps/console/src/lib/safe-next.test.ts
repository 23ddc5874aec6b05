import { safeNext as servers } from '@gantry/trpc/oidc/safe-next';
import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it('goes where the server would go', () => {
  const within = ['/', '/apps/shop?tab=log#top', '/你好'];
  const elsewhere = [
    '//evil.com',
    '/\\evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '/a\\b',
    '/a\u0000b',
    'https://evil.com',
  ];
  for (const next of [...within, ...elsewhere, '/signin', '', null]) {
    expect(safeNext(next)).toBe(servers(next));
    expect(safeNext(next)).toBe(next !== null && within.includes(next) ? next : '/');
  }
});
