import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFront } from '../server/front.ts';
import { readOptions } from '../server/options.ts';
import { proxyUpgrade } from '../server/proxy.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: Server, at: number | string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(at, resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return typeof at === 'string' ? 0 : (server.address() as AddressInfo).port;
}

/** A front before a Git endpoint and an API server that is not there. */
async function front(git: Parameters<typeof createServer>[1]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-front-'));
  closing.push(() => rm(folder, { recursive: true }));
  const gitSocket = join(folder, 'git.sock');
  await listen(createServer(git as never), gitSocket);
  const server = createFront(
    { bind: '127.0.0.1', port: 0, apiUrl: new URL('https://127.0.0.1:1'), ca: '', gitSocket },
    async (_request, response) => {
      response.end('page');
    },
  );
  return listen(server, 0);
}

const answerOf = (port: number, path: string, options: object = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get({ port, path, host: '127.0.0.1', ...options }, resolve).on('error', reject);
  });

async function text(answer: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of answer) all += String(chunk);
  return all;
}

describe('the front', () => {
  it('passes a push both ways as it comes', async () => {
    const port = await front((request, response) => {
      response.writeHead(200, { connection: 'x-private', 'x-private': '1', 'x-public': request.url ?? '' });
      request.pipe(response);
    });
    const push = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/git/web.git/git-receive-pack?a=1',
    });
    push.write('pack');
    const answer = await new Promise<IncomingMessage>((resolve) => push.once('response', resolve));
    // The answer has begun although the request has not ended: nothing is buffered.
    const first = await new Promise<string>((resolve) =>
      answer.once('data', (chunk) => resolve(String(chunk))),
    );
    expect(first).toBe('pack');
    expect(answer.headers['x-public']).toBe('/git/web.git/git-receive-pack?a=1');
    expect(answer.headers['x-private']).toBeUndefined();
    push.end('end');
    expect(await text(answer)).toBe('end');
  });

  it('answers with a Status when the API server is not there', async () => {
    const port = await front((_request, response) => response.end());
    for (const path of ['/api/v1/pods', '/trpc/session.me', '/oidc/start']) {
      const answer = await answerOf(port, path);
      expect(answer.statusCode).toBe(503);
      expect(JSON.parse(await text(answer))).toMatchObject({ kind: 'Status', reason: 'ServiceUnavailable' });
    }
  });

  it('shows pages to whoever has a session, with a policy of their own, and to others the way to sign in', async () => {
    const port = await front((_request, response) => response.end());
    const away = await answerOf(port, '/nodes?q=1');
    expect([away.statusCode, away.headers.location]).toEqual([307, '/signin?next=%2Fnodes%3Fq%3D1']);
    const page = await answerOf(port, '/nodes', { headers: { cookie: 'a=1; gantry-session=x' } });
    expect(await text(page)).toBe('page');
    expect(page.headers['content-security-policy']).toMatch(
      /script-src 'self' 'nonce-[^']+' .*frame-ancestors 'none'/,
    );
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect((await answerOf(port, '/', { method: 'POST' })).statusCode).toBe(405);
    expect((await answerOf(port, '/healthz')).statusCode).toBe(200);
  });

  it('joins a WebSocket with the other side, and passes a refusal on', async () => {
    const api = createServer((_request, response) => {
      response.writeHead(403, 'Forbidden', { 'content-type': 'text/plain' });
      response.end('no');
    });
    let refuse = false;
    api.on('upgrade', (_request, socket) => {
      if (refuse) socket.end('HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\n\r\nno');
      else {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
        socket.pipe(socket);
      }
    });
    const apiPort = await listen(api, 0);
    const server = createServer();
    server.on('upgrade', (request, socket, head) =>
      proxyUpgrade(request, socket, head, () =>
        httpRequest({
          port: apiPort,
          host: '127.0.0.1',
          headers: { connection: 'Upgrade', upgrade: 'websocket' },
        }),
      ),
    );
    const port = await listen(server, 0);
    const talk = (until: RegExp): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        let all = '';
        socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
        socket.on('data', (chunk) => {
          all += String(chunk);
          if (all.includes('101') && !all.includes('hello')) socket.write('hello');
          if (until.test(all)) socket.destroy();
        });
        socket.on('close', () => resolve(all));
      });
    expect(await talk(/hello/)).toMatch(/^HTTP\/1\.1 101[\s\S]*hello$/);
    refuse = true;
    expect(await talk(/no$/)).toMatch(/^HTTP\/1\.1 403 Forbidden[\s\S]*no$/);
  });
});

describe('the flags of the front', () => {
  it('are refused in one line that says what is wrong', () => {
    expect(() => readOptions(['--port', 'x'])).toThrow('--port x: not a port between 0 and 65535');
    expect(() => readOptions(['--api-url', 'http://a'])).toThrow('--api-url http://a: not an https:// URL');
    expect(() => readOptions([])).toThrow('--ca-file is missing');
  });
});
