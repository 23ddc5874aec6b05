import { createHmac } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Repository } from '@gantry/api/generated/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Webhooks } from './webhooks.ts';

const SECRET = Buffer.from('s3cret');
const BODY = JSON.stringify({ ref: 'refs/heads/main' });

let server: Server;
let webhooks: Webhooks;
let now = 0;
let arrived = 0;
let woken: string[];
let secret: Buffer | undefined;

const repository = (spec: Repository['spec']): Repository => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'app', namespace: 'shop' },
  spec,
});
const known: Readonly<Record<string, Repository>> = {
  'shop/app': repository({ url: 'https://x/y', webhook: { secretRef: { name: 'hook' } } }),
  'shop/quiet': repository({ url: 'https://x/y' }),
  'shop/own': repository({ hosted: true, webhook: { secretRef: { name: 'hook' } } }),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    arrived += 1;
    const path = request.url ?? '';
    if (Webhooks.isPath(path)) void webhooks.serve(request, response, path);
    else response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  woken = [];
  secret = SECRET;
  webhooks = new Webhooks({
    repositories: { get: (namespace, name) => known[`${namespace}/${name}`] },
    secretOf: async () => secret,
    wake: (key) => woken.push(key),
    now: () => now,
  });
});

const sign = (body: string, key: Buffer = SECRET) => createHmac('sha256', key).update(body).digest('hex');
async function send(
  headers: Record<string, string>,
  { path = 'shop/app', body = BODY, method = 'POST' } = {},
): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/git/webhooks/${path}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body }),
  });
  await response.text();
  return response.status;
}

async function answerOf(headers: Record<string, string>, path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/git/webhooks/${path}`, { method: 'POST', headers });
  return `${response.status} ${await response.text()}`;
}

describe('a webhook', () => {
  test.each([
    ['GitHub', { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${sign(BODY)}` }],
    ['GitLab', { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 's3cret' }],
    ['Gitea', { 'x-gitea-event': 'push', 'x-gitea-signature': sign(BODY) }],
  ])('of %s that knows the secret brings the look forward', async (_who, headers) => {
    expect(await send(headers)).toBe(202);
    expect(woken).toEqual(['shop/app']);
  });

  test.each([
    ['no proof', 401, {}],
    ["GitHub's old one", 401, { 'x-hub-signature': 'sha1=00' }],
    ['a wrong signature', 401, { 'x-hub-signature-256': `sha256=${sign(BODY, Buffer.from('no'))}` }],
    ['of another body', 401, { 'x-hub-signature-256': `sha256=${sign('{}')}` }],
    ['no hex', 401, { 'x-gitea-signature': 'zz' }],
    ['a wrong token', 401, { 'x-gitlab-token': 's3cre' }],
  ])('with %s is refused with %i', async (_what, status, headers) => {
    expect(await send(headers)).toBe(status);
    expect(woken).toEqual([]);
  });

  test('says nothing of which Repositories there are', async () => {
    const answers = new Set<string>();
    for (const path of ['shop/app', 'shop/quiet', 'shop/own', 'shop/none'])
      for (const headers of [{}, { 'x-gitlab-token': 'wrong' }]) answers.add(await answerOf(headers, path));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^401 not proven/);
  });

  test('is taken only where one is set up, and by POST', async () => {
    const headers = { 'x-gitlab-token': 's3cret' };
    for (const path of ['shop/quiet', 'shop/own', 'shop/none', 'other/app'])
      expect(await send(headers, { path })).toBe(401);
    expect(await send(headers, { method: 'GET' })).toBe(405);
    expect(await send(headers, { path: 'shop/app/more' })).toBe(418);
    secret = undefined;
    expect(await send(headers)).toBe(401);
    // An empty secret would be known to everybody.
    secret = Buffer.alloc(0);
    expect(await send({ 'x-hub-signature-256': `sha256=${sign(BODY, secret)}` })).toBe(401);
    expect(woken).toEqual([]);
  });

  test('that is refused early gets its answer all the same, on a connection that goes on', async () => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/git/webhooks/shop/app`;
    for (let index = 0; index < 20; index += 1) {
      const body = 'x'.repeat(512 << 10);
      const response = await fetch(url, { method: 'POST', headers: { 'x-gitlab-token': 'no' }, body });
      expect([response.status, response.headers.get('connection')]).toEqual([401, 'keep-alive']);
      await response.text();
    }
  });

  test('larger than 25 MiB is not read to its end', async () => {
    const body = 'x'.repeat((25 << 20) + 1);
    const answer = send({ 'x-gitlab-token': 's3cret' }, { body });
    // The answer may be lost with the connection, when it comes in the middle of the body.
    expect(await answer.catch(() => 413)).toBe(413);
    expect(woken).toEqual([]);
  });

  test('comes at most 60 times at once, then once a second', async () => {
    const headers = { 'x-gitlab-token': 'no', 'x-forwarded-for': '192.0.2.1' };
    for (let index = 0; index < 60; index += 1) expect(await send(headers)).toBe(401);
    expect(await send(headers)).toBe(429);
    // Who knows the secret is not locked out by who guesses.
    expect(await send({ 'x-gitlab-token': 's3cret', 'x-forwarded-for': '192.0.2.2' })).toBe(202);
    now += 1_000;
    expect(await send(headers)).toBe(401);
    expect(await send(headers)).toBe(429);
  });

  test('of a sender that tries many names, or many addresses of its network, is limited all the same', {
    timeout: 60_000,
  }, async () => {
    const statuses = new Set<number>();
    for (let index = 0; index < 320; index += 1) {
      const headers = { 'x-gitlab-token': 'no', 'x-forwarded-for': `2001:db8:0:1::${index.toString(16)}` };
      statuses.add(await send(headers, { path: `shop/n${index}` }));
    }
    expect(statuses).toEqual(new Set([401, 429]));
    const good = { 'x-gitlab-token': 's3cret' };
    expect(await send({ ...good, 'x-forwarded-for': '2001:db8:0:1:f::1' })).toBe(429);
    expect(await send({ ...good, 'x-forwarded-for': '2001:db8:0:2::1' })).toBe(202);
  });

  test('of IPv4 is limited by its own address, also where that is written as one of IPv6', async () => {
    const headers = { 'x-gitlab-token': 'no' };
    for (let index = 0; index < 300; index += 1)
      await send({ ...headers, 'x-forwarded-for': '::ffff:192.0.2.1' }, { path: `shop/n${index}` });
    const good = { 'x-gitlab-token': 's3cret' };
    expect(await send({ ...good, 'x-forwarded-for': '::ffff:192.0.2.2' })).toBe(202);
  });

  test('that comes slowly holds no more than its share of the places', async () => {
    const { port } = server.address() as AddressInfo;
    const headers = {
      'x-hub-signature-256': `sha256=${sign(BODY)}`,
      'x-forwarded-for': '192.0.2.1',
      'content-length': BODY.length,
    };
    const path = '/git/webhooks/shop/app';
    arrived = 0;
    const slow = Array.from({ length: 8 }, () => {
      const one = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
      one.on('error', () => undefined);
      one.write(BODY.slice(0, 1));
      return one;
    });
    try {
      const again = { 'x-gitlab-token': 's3cret', 'x-forwarded-for': '192.0.2.1' };
      await expect.poll(() => arrived, { timeout: 30_000 }).toBe(slow.length);
      expect(await send(again)).toBe(503);
      expect(await send({ ...again, 'x-forwarded-for': '192.0.2.2' })).toBe(202);
    } finally {
      for (const one of slow) one.destroy();
    }
  });
});
