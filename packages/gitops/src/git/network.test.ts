import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { testNetwork } from '../testing/test-network.ts';
import { AddressRules } from './address-rules.ts';
import { Network } from './network.ts';

const strict = new Network({ env: {} });

describe('a host', () => {
  test.each([
    '169.254.169.254',
    'fe80::1',
    '::ffff:169.254.169.254',
    '64:ff9b::169.254.169.254',
    'fd00:ec2::254',
    '0xa9fea9fe',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
  ])('%s is link-local and not connected to', async (host) => {
    await expect(strict.resolve(host, 80)).rejects.toThrow('link-local addresses');
    await expect(testNetwork().resolve(host, 80)).rejects.toThrow('link-local addresses');
  });

  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '2130706433',
    '0.0.0.0',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '64:ff9b:1:7f00:0:100::',
    'localhost',
  ])('%s is this machine and not connected to', async (host) => {
    await expect(strict.resolve(host, 80)).rejects.toThrow('addresses of the machine itself');
  });

  test('of any interface is this machine', () => {
    // In one go: interfaces come and go.
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const reasons = own.map(({ address }) => new AddressRules().refusalOf(address, 80));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toContain('are not connected to');
  });

  test('is what its operator allows', async () => {
    const network = new Network({
      allowed: ['127.0.0.1:3000', '[::1]:3000', '169.254.7.0/24', '::2/127'],
      env: {},
    });
    expect(await network.resolve('127.0.0.1', 3000)).toEqual(['127.0.0.1']);
    expect(await network.resolve('::1', 3000)).toEqual(['::1']);
    expect(await network.resolve('169.254.7.9', 22)).toEqual(['169.254.7.9']);
    for (const [host, port] of [
      ['127.0.0.1', 3001],
      ['127.0.0.2', 3000],
      ['169.254.8.1', 22],
    ] as const)
      await expect(network.resolve(host, port)).rejects.toThrow('not connected to');
    expect(await strict.resolve('192.0.2.1', 443)).toEqual(['192.0.2.1']);
    await expect(strict.resolve('nowhere.invalid', 443)).rejects.toThrow('host nowhere.invalid is not found');
  });

  test('is not the API server, by whatever name', async () => {
    const allowed = ['127.0.0.0/8', '::1'];
    const network = new Network({ allowed, apiServer: 'https://127.0.0.1:6443', env: {} });
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::ffff:127.0.0.1'])
      await expect(network.resolve(host, 6443)).rejects.toThrow('the API server itself');
    expect(await network.resolve('127.0.0.1', 3000)).toEqual(['127.0.0.1']);
    const far = new Network({ apiServer: 'https://192.0.2.9', env: {} });
    await expect(far.resolve('192.0.2.9', 443)).rejects.toThrow('the API server itself');
    expect(await far.resolve('192.0.2.9', 80)).toEqual(['192.0.2.9']);
  });

  test.each(['x', '1.2.3.4/33', '1.2.3.4:0', '1.2.3.4:70000', '::1/129', ''])(
    '%j is no address to allow',
    (entry) => {
      expect(() => new Network({ allowed: [entry] })).toThrow('is no address or range');
    },
  );
});

describe('a proxy', () => {
  const env = { HTTPS_PROXY: 'http://proxy.example:3128', http_proxy: 'plain.example:80' };
  const routeOf = (url: string, more: Record<string, string> = {}) =>
    new Network({ env: { ...env, ...more } }).route(new URL(url));

  test('is what the environment says for the protocol', async () => {
    expect(await routeOf('https://192.0.2.1/x')).toEqual({ proxy: 'http://proxy.example:3128' });
    expect(await routeOf('http://192.0.2.1/x')).toEqual({ proxy: 'http://plain.example:80' });
    // Nobody here knows the name: the proxy may.
    expect(await routeOf('https://nowhere.invalid/x')).toEqual({ proxy: 'http://proxy.example:3128' });
    await expect(routeOf('https://192.0.2.1', { HTTPS_PROXY: 'socks5://x:1' })).rejects.toThrow(
      'no http:// or https://',
    );
  });

  test.each([
    ['*', true],
    ['192.0.2.1', true],
    ['192.0.2.0/24', true],
    ['198.51.100.0/24', false],
    ['192.0.2.1:443', true],
    ['192.0.2.1:8443', false],
    ['example.com, 192.0.2.1', true],
  ])('is not used for NO_PROXY=%s: %s', async (NO_PROXY, isDirect) => {
    expect('ips' in (await routeOf('https://192.0.2.1/', { NO_PROXY }))).toBe(isDirect);
  });

  test.each(['a.example', '.example', '*.example', 'example', 'A.EXAMPLE'])(
    '%s stands for a.example',
    async (no_proxy) => {
      await expect(routeOf('https://a.example/', { no_proxy })).rejects.toThrow('a.example is not found');
      expect(await routeOf('https://b.invalid/', { no_proxy })).toHaveProperty('proxy');
    },
  );

  test('leads nowhere either', async () => {
    await expect(routeOf('https://169.254.169.254/')).rejects.toThrow('link-local');
    await expect(routeOf('https://127.0.0.1/')).rejects.toThrow('the machine itself');
    await expect(routeOf('https://localhost/')).rejects.toThrow('the machine itself');
  });
});

test('the Service of the API server leads nowhere, on any port', async () => {
  const network = new Network({ apiServices: async () => ['198.51.100.1', '2001:db8::1'], env: {} });
  for (const host of ['198.51.100.1', '2001:db8::1'])
    for (const port of [443, 80])
      await expect(network.resolve(host, port)).rejects.toThrow('the API server itself is not connected to');
  expect(await network.resolve('198.51.100.7', 443)).toEqual(['198.51.100.7']);
});
