import { expect, it } from 'vitest';
import { webAddresses } from './web-address.ts';

const at = (url: string) => webAddresses(url, 'abc1234', 'apps/my web.yaml:12');

it('knows where the usual servers show a line and a commit', () => {
  expect(at('https://github.com/acme/shop.git')).toEqual({
    commit: 'https://github.com/acme/shop/commit/abc1234',
    file: 'https://github.com/acme/shop/blob/abc1234/apps/my%20web.yaml#L12',
  });
  expect(at('git@gitlab.example.com:acme/team/shop.git').file).toBe(
    'https://gitlab.example.com/acme/team/shop/-/blob/abc1234/apps/my%20web.yaml#L12',
  );
  expect(at('ssh://git@codeberg.org:22/acme/shop').file).toBe(
    'https://codeberg.org/acme/shop/src/commit/abc1234/apps/my%20web.yaml#L12',
  );
  expect(at('https://bitbucket.org/acme/shop/').commit).toBe(
    'https://bitbucket.org/acme/shop/commits/abc1234',
  );
  expect(webAddresses('https://github.com/a/b', 'abc', '').file).toBe('');
});

it('tells no credentials, and nothing of what it does not know', () => {
  expect(at('https://user:secret@github.com/acme/shop').file).not.toContain('secret');
  for (const url of [
    '',
    'https://git.example.com/shop',
    'file:///srv/github.com/x',
    'javascript:alert(1)//github.',
  ])
    expect(at(url)).toEqual({ commit: '', file: '' });
});
