import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellWord, welcomeText } from './commands/welcome.ts';
import { assertUsableData } from './data-folder.ts';
import { addressIn } from './identities.ts';
import { nextDelayMs } from './supervisor/backoff.ts';
import { formatBytes, LineReader } from './text.ts';

describe('addressIn', () => {
  it.each([
    ['10.96.0.0/12', 1, '10.96.0.1'],
    ['10.96.0.0/12', 10, '10.96.0.10'],
    ['192.168.255.250/24', 10, '192.169.0.4'],
    ['223.255.0.0/16', 256, '223.255.1.0'],
  ])('%s + %i', (cidr, index, address) => {
    expect(addressIn(cidr, index)).toBe(address);
  });
});

describe('nextDelayMs', () => {
  it('doubles up to half a minute, and starts over after a long run', () => {
    const delays: number[] = [];
    for (let last = 0; delays.length < 9; delays.push(last)) last = nextDelayMs(last, 10);
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(nextDelayMs(30_000, 60_000)).toBe(500);
  });
});

describe('assertUsableData', () => {
  it('refuses what sockets and mounts can not take', () => {
    expect(() => assertUsableData('/var/lib/gantry')).not.toThrow();
    expect(() => assertUsableData('/srv/my data')).not.toThrow();
    expect(() => assertUsableData(`/${'x'.repeat(80)}`)).toThrow('bytes too long for the sockets');
    for (const name of ['a:b', 'a,b', 'a"b', 'a\nb'])
      expect(() => assertUsableData(`/${name}`)).toThrow('holds');
  });
});

it('LineReader gives whole lines, however they are written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-lines-'));
  const file = openSync(join(folder, 'x'), 'a+');
  try {
    const reader = new LineReader(file);
    expect(reader.read()).toEqual([]);
    const bytes = Buffer.from('✓ one\ntw');
    writeSync(file, bytes.subarray(0, 1));
    expect(reader.read()).toEqual([]);
    writeSync(file, bytes.subarray(1));
    expect(reader.read()).toEqual(['✓ one']);
    writeSync(file, 'o\n');
    expect(reader.read()).toEqual(['two']);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
});

it('formatBytes', () => {
  expect([0, 12 << 20, 2 ** 30, 3.5 * 2 ** 30].map(formatBytes)).toEqual([
    '0 MiB',
    '12 MiB',
    '1.0 GiB',
    '3.5 GiB',
  ]);
});

it('shellWord quotes what a shell would split', () => {
  expect(['/a/b.c', '/a b', "it's"].map(shellWord)).toEqual(['/a/b.c', "'/a b'", "'it'\\''s'"]);
});

it('the welcome names the password until it was changed, and why nodes are simulated', () => {
  const status = {
    ready: true,
    components: [],
    kubeconfig: '/d/kubeconfig',
    ca: '/d/ca.crt',
    logs: '/d/logs',
    data: '/d',
    apiUrl: 'https://127.0.0.1:6443',
    consoleUrl: 'http://127.0.0.1:8080',
    gitUrl: 'http://admin:t@127.0.0.1:8080/git/NAME.git',
    adminUser: 'admin',
  };
  const first = welcomeText({ ...status, adminPassword: 'sesame', simulatedBecause: 'this is not Linux' });
  expect(first).toContain('password sesame');
  expect(first).toContain('this is not Linux');
  expect(first).toContain('git push http://admin:t@127.0.0.1:8080/git/guestbook.git main');
  expect(welcomeText(status)).not.toContain('password');
});
