import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Network } from '../../../git/network.ts';
import { testNetwork } from '../../../testing/test-network.ts';
import { entryIn } from './chart-index.ts';
import { pullChart } from './pull.ts';
import { untar } from './untar.ts';
import { chooseVersion, rangeOf } from './version-choice.ts';

const LIMIT = 1 << 20;
const CREDENTIALS = { username: 'ann', password: 'pw' };
const BASIC = `Basic ${btoa('ann:pw')}`;

type Answer = { status?: number; headers?: Record<string, string>; body?: string | Buffer };
let answers: Record<string, Answer>;
let seen: string[];
let home: Server;
let other: Server;
let work: string;
const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'gantry-fetch-'));
  const serve = (name: string): Server =>
    createServer((request, response) => {
      const key = `${name}${request.url}`;
      const { authorization } = request.headers;
      seen.push(authorization === undefined ? key : `${key} ${authorization}`);
      const {
        status = 200,
        headers = {},
        body = '',
      } = answers[`${key} ${authorization}`] ?? answers[key] ?? { status: 404 };
      response.writeHead(status, headers).end(body);
    });
  [home, other] = [serve('home'), serve('other')];
  for (const server of [home, other])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  for (const server of [home, other]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => {
  answers = {};
  seen = [];
});

const pull = (
  repositoryURL: string,
  version = '',
  network = testNetwork(),
  credentials: object | undefined = CREDENTIALS,
) => pullChart(network, { repositoryURL, chart: 'web', version }, credentials, LIMIT);
const index = (url: string, more = ''): Answer => ({
  body: `apiVersion: v1\nentries:\n  web:\n  - version: 1.0.0\n    urls:\n    - ${url}\n${more}`,
});

describe('a Helm repository', () => {
  test('gives its archive, with credentials for itself alone', async () => {
    answers['home/charts/index.yaml'] = index(`${originOf(other)}/web.tgz`);
    answers['other/web.tgz'] = { status: 302, headers: { location: `${originOf(home)}/back.tgz` } };
    answers['home/back.tgz'] = { body: 'archive' };
    expect((await pull(`${originOf(home)}/charts`)).toString()).toBe('archive');
    expect(seen).toEqual([`home/charts/index.yaml ${BASIC}`, 'other/web.tgz', `home/back.tgz ${BASIC}`]);
  });

  test('that sends elsewhere does so within the rules', async () => {
    const allowed = [originOf(home).slice('http://'.length)];
    const strict = new Network({ allowed, env: {} });
    const at = originOf(home);
    for (const url of [`${originOf(other)}/x.tgz`, 'http://169.254.169.254/x.tgz', 'http://[::1]:1/x']) {
      answers['home/index.yaml'] = index(url);
      await expect(pull(at, '', strict)).rejects.toThrow('not connected to');
      answers['home/index.yaml'] = { status: 307, headers: { location: url } };
      await expect(pull(at, '', strict)).rejects.toThrow('not connected to');
    }
    answers['home/index.yaml'] = { status: 302, headers: { location: '/index.yaml' } };
    await expect(pull(at)).rejects.toThrow('sends elsewhere again and again');
    answers['home/index.yaml'] = { status: 302, headers: { location: 'file:///etc/passwd' } };
    await expect(pull(at)).rejects.toThrow('is no http(s) address');
    answers['home/index.yaml'] = index('file:///etc/passwd');
    await expect(pull(at)).rejects.toThrow('is no http(s) address');
    expect(seen.some((line) => line.startsWith('other'))).toBe(false);
  });

  test('is told what is wrong with it', async () => {
    const at = originOf(home);
    await expect(pull(at)).rejects.toThrow(`${at}/index.yaml answers 404`);
    answers['home/index.yaml'] = { status: 401 };
    await expect(pull(at)).rejects.toThrow('answers 401, it wants other credentials');
    answers['home/index.yaml'] = index('web.tgz', `    digest: ${'ab'.repeat(32)}\n`);
    answers['home/web.tgz'] = { body: 'archive' };
    await expect(pull(at)).rejects.toThrow('the digests differ');
    answers['home/web.tgz'] = { body: Buffer.alloc(LIMIT + 1) };
    await expect(pull(at)).rejects.toThrow(`more than ${LIMIT} bytes`);
    await expect(pull(at, '2.x')).rejects.toThrow('no version 2.x of web (it has 1.0.0)');
  });
});

describe('an index', () => {
  const text = [
    'apiVersion: v1',
    'entries:',
    '  web-two:',
    '    - version: 9.0.0',
    '  web:',
    '    - {version: 1.0.0, urls: [a.tgz]}',
    '    - apiVersion: v2',
    '      description: |',
    '        version: 7.7.7',
    '',
    '        entries:',
    '      version: "1.10.0"',
    '      dependencies:',
    '        - name: x',
    '          version: 8.8.8',
    `      digest: sha256:${'AB'.repeat(32)}`,
    '      urls:',
    '        - b.tgz',
    '    - version: 2.0.0-rc.1',
    '      urls: [c.tgz]',
    '  web3: []',
    'generated: "2026-01-01"',
  ].join('\n');

  test.each([
    ['', '1.10.0', 'b.tgz'],
    ['1.0.0', '1.0.0', 'a.tgz'],
    ['>=1.0.0,<1.5', '1.0.0', 'a.tgz'],
    ['>=1.0.0-0', '2.0.0-rc.1', 'c.tgz'],
  ])('has for %j the version %s', (wanted, version, url) => {
    expect(entryIn(text, 'web', wanted)).toMatchObject({ version, url });
    expect(entryIn(text.replaceAll('\n', '\r\n'), 'web', wanted)).toMatchObject({ version, url });
  });

  test('may be laid out otherwise', () => {
    expect(entryIn(text, 'web', '1.10.0').digest).toBe('ab'.repeat(32));
    const json = JSON.stringify({ entries: { web: [{ version: '1.0.0', urls: ['a.tgz'] }] } });
    expect(entryIn(json, 'web', '')).toMatchObject({ version: '1.0.0' });
    expect(entryIn('entries: {web: [{version: 1.0.0, urls: [a]}]}', 'web', '')).toMatchObject({ url: 'a' });
    for (const none of ['', 'entries:\n  a:\n  - version: 1.0.0\n', 'entries: {}', 'x: ['])
      expect(() => entryIn(none, 'web', '')).toThrow('its index');
    expect(() => entryIn(text, 'w.b', '')).toThrow('no chart w.b');
  });

  test('of 30,000 versions is read without parsing them all', () => {
    const items = Array.from(
      { length: 30_000 },
      (_, n) => `  - version: 1.${n}.0\n    urls: [${n}.tgz]\n    x: [\n`,
    );
    expect(() => entryIn(`entries:\n  web:\n${items.join('')}`, 'web', '')).toThrow("can't be read");
    expect(entryIn(`entries:\n  web:\n${items.join('').replaceAll('x: [', 'x: y')}`, 'web', '').url).toBe(
      '29999.tgz',
    );
  });
});

test.each([
  ['', '1.2.0'],
  ['^1', '1.2.0'],
  ['~1.1', '1.1.5'],
  ['v1.1.5', '1.1.5'],
  ['1.x || 3.x', 'v3.0.0'],
  ['2.0.0-rc.1', '2.0.0-rc.1'],
  ['4.x', undefined],
])('of the versions %j means %s', (wanted, version) => {
  const versions = ['1.1.5', '1.2.0', '2.0.0-rc.1', 'nonsense', ...(wanted.includes('3') ? ['v3.0.0'] : [])];
  expect(chooseVersion(versions, wanted)).toBe(version);
  expect(rangeOf(wanted)).not.toBeNull();
});

describe('a registry', () => {
  const layer = Buffer.from('archive');
  const digest = `sha256:${createHash('sha256').update(layer).digest('hex')}`;
  const manifest = (more: object = {}): Answer => ({
    body: JSON.stringify({
      layers: [
        { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest, size: 7, ...more },
      ],
    }),
  });
  const registry = (): string => originOf(home).replace('http:', 'oci:');
  const challenge = (realm: string): Answer => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${realm}",service="s",scope="repository:c/web:pull"` },
  });

  test('gives a token for credentials, and the archive from where it says', async () => {
    const proof = 'Bearer t0ken';
    answers['home/v2/c/web/manifests/1.0.0_x'] = challenge(`${originOf(home)}/token`);
    answers[`home/token?service=s&scope=repository%3Ac%2Fweb%3Apull ${BASIC}`] = {
      body: '{"token":"t0ken"}',
    };
    answers[`home/v2/c/web/manifests/1.0.0_x ${proof}`] = manifest();
    answers[`home/v2/c/web/blobs/${digest} ${proof}`] = {
      status: 307,
      headers: { location: `${originOf(other)}/cdn` },
    };
    answers['other/cdn'] = { body: layer };
    expect(await pull(`${registry()}/c`, '1.0.0+x')).toEqual(layer);
    expect(seen.at(-1)).toBe('other/cdn');
  });

  test('sends credentials to no other host', async () => {
    answers['home/v2/c/web/manifests/1.0.0'] = challenge(`${originOf(other)}/token`);
    await expect(pull(`${registry()}/c`, '1.0.0')).rejects.toThrow("credentials don't go to another host");
    expect(seen).toEqual(['home/v2/c/web/manifests/1.0.0']);
    answers['home/v2/c/web/manifests/1.0.0'] = challenge('http://169.254.169.254/token');
    await expect(pull(`${registry()}/c`, '1.0.0', testNetwork(), {})).rejects.toThrow('link-local');
  });

  test('lists its tags by pages, and is not believed', async () => {
    answers['home/v2/c/web/tags/list?n=1000'] = {
      headers: { link: `<${originOf(other)}/v2/x/tags/list?last=1>; rel="next"` },
      body: '{"tags":["1.0.0"]}',
    };
    answers['home/v2/c/web/tags/list?last=1'] = { body: '{"tags":["1.1.0_b","latest"]}' };
    answers['home/v2/c/web/manifests/1.1.0_b'] = manifest();
    answers[`home/v2/c/web/blobs/${digest}`] = { body: 'other' };
    await expect(pull(`${registry()}/c`)).rejects.toThrow(`what it sends is not ${digest}`);
    answers['home/v2/c/web/manifests/1.1.0_b'] = manifest({ size: LIMIT + 1 });
    await expect(pull(`${registry()}/c`)).rejects.toThrow(`at most ${LIMIT} are read`);
    answers['home/v2/c/web/manifests/1.1.0_b'] = manifest({ mediaType: 'image' });
    await expect(pull(`${registry()}/c`)).rejects.toThrow('1.1.0_b is no Helm chart');
    answers['home/v2/c/web/manifests/1.1.0_b'] = { body: '[' };
    await expect(pull(`${registry()}/c`)).rejects.toThrow('no JSON of a registry');
    await expect(pull(`${registry()}/c`, '3.x')).rejects.toThrow('there is no version 3.x');
  });
});

describe('an archive', () => {
  const packed = (args: readonly string[]): Buffer => {
    const file = join(work, 'x.tgz');
    const { status, stderr } = spawnSync('tar', ['-czf', file, ...args], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return readFileSync(file);
  };

  test.each(['ustar', 'gnu', 'pax'])('of the format %s is unpacked, without links', async (format) => {
    const from = mkdtempSync(join(work, 'from-'));
    const long = `${'d'.repeat(80)}/${'e'.repeat(80)}`;
    mkdirSync(join(from, 'web', long), { recursive: true });
    writeFileSync(join(from, 'web/Chart.yaml'), 'a');
    writeFileSync(join(from, 'web', long, 'f.yaml'), 'b');
    symlinkSync('/etc/passwd', join(from, 'web/link'));
    const to = mkdtempSync(join(work, 'to-'));
    await untar(packed([`--format=${format}`, '-C', from, 'web']), to, LIMIT);
    expect(readFileSync(join(to, 'Chart.yaml'), 'utf8')).toBe('a');
    expect(readFileSync(join(to, long, 'f.yaml'), 'utf8')).toBe('b');
    expect(existsSync(join(to, 'link'))).toBe(false);
  });

  test('that is a bomb, broken, or leads out of its folder is refused', async () => {
    const to = mkdtempSync(join(work, 'to-'));
    await expect(untar(gzipSync(Buffer.alloc(LIMIT + 1)), to, LIMIT)).rejects.toThrow(
      'the chart has more than',
    );
    await expect(untar(Buffer.from('x'), to, LIMIT)).rejects.toThrow('no gzipped archive');
    await expect(untar(gzipSync(Buffer.alloc(600, 'x')), to, LIMIT)).rejects.toThrow('not complete');
    const from = mkdtempSync(join(work, 'from-'));
    writeFileSync(join(from, 'out'), 'x');
    const out = packed(['-P', '--transform=s,^out,web/../../out,', '-C', from, 'out']);
    await expect(untar(out, to, LIMIT)).rejects.toThrow('leads out of it');
    const as = (path: string): Buffer =>
      packed(['--format=pax', `--transform=s,^out,web/${path},`, '-C', from, 'out']);
    await expect(untar(as(`${'a/'.repeat(60)}b`), to, LIMIT)).rejects.toThrow('at most 50 folders deep');
    await expect(untar(as('n'.repeat(300)), to, LIMIT)).rejects.toThrow("can't be written (ENAMETOOLONG)");
    const deep = (name: number): string => `${name}/${'a/'.repeat(40)}`;
    const empty = (path: string): Buffer => {
      const header = Buffer.alloc(512);
      header.write(path);
      header.write('00000000000', 124);
      return header.fill('0', 156, 157);
    };
    const folders = Array.from({ length: 250 }, (_, name) => empty(`web/${deep(name)}f`));
    await expect(untar(gzipSync(Buffer.concat(folders)), to, LIMIT)).rejects.toThrow(
      'more than 10000 files and folders',
    );
  });
});
