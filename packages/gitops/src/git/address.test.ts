import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';

describe('an address', () => {
  test.each([
    ['https://example.com/a/b.git', 'https', 'example.com', 443],
    ['http://example.com:3000/a', 'http', 'example.com', 3000],
    ['https://[2001:db8::1]/a', 'https', '2001:db8::1', 443],
    ['ssh://git@example.com:2222/a.git', 'ssh', 'example.com', 2222],
    ['git@example.com:team/a.git', 'ssh', 'example.com', 22],
    ['example.com:a.git', 'ssh', 'example.com', 22],
    ['git@[::1]:a.git', 'ssh', '::1', 22],
  ] as const)('%s', (url, protocol, host, port) => {
    expect(parseAddress(url)).toEqual({ url, protocol, host, port });
  });

  test.each([
    'file:///etc',
    '/etc/passwd',
    './x',
    'git://example.com/x',
    'ext::sh -c id',
    'ext::sh',
    '-oProxyCommand=id:x',
    'ssh://-oProxyCommand=id/x',
    'ssh://-x@example.com/x',
    'https://ann:pw@example.com/x',
    'https://token@example.com/x',
    'ssh://git:pw@example.com/x',
    'https://exa mple.com/x',
    'https://example.com/x\n',
    // To curl the host is what follows the @.
    'http://example.com\\@169.254.169.254/x',
    'ssh://example.com\\@10.0.0.1/x',
    'https://faß.example/x',
    '',
  ])('%j is refused', (url) => {
    expect(() => parseAddress(url)).toThrow("can't be followed: ");
  });
});
