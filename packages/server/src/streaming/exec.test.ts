import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  agent,
  choose,
  front,
  get,
  handlers,
  portOf,
  setAuthorizer,
  sockets,
  until,
  upgrade,
  useServers,
} from './testing/servers.ts';

useServers();

describe('exec, attach, port-forward', () => {
  const echo = (): Promise<IncomingMessage> =>
    new Promise((resolve) => {
      agent.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
        sockets.add(socket);
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\nhello ',
        );
        socket.pipe(socket);
        socket.on('error', () => {});
        resolve(request);
      });
    });

  it('carries bytes both ways and drops the credentials of the caller', async () => {
    const arrived = echo();
    choose('pods/exec', 'stdin=true&stdout=true&stderr=false&tty=1&command=sh&command=-c&command=a%26b');
    const socket = upgrade(
      'Authorization: Bearer t\r\nImpersonate-User: x\r\nCookie: gantry-session=s\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n',
    );
    const request = await arrived;
    expect(request.url).toBe('/exec/ns/web/a?input=1&output=1&tty=1&command=sh&command=-c&command=a%26b');
    expect(request.headers).toMatchObject({
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': 'v4.channel.k8s.io',
    });
    for (const name of ['authorization', 'impersonate-user', 'cookie'])
      expect(request.headers[name]).toBeUndefined();
    const seen = await until(socket, 'hello ');
    expect(seen).toMatch(/^HTTP\/1.1 101 /);
    socket.write('ping');
    expect(await until(socket, 'ping')).toContain('ping');
    socket.destroy();
    await expect.poll(() => handlers.openStreams()).toBe(0);
  });

  it('closes the client when the node goes away, and the node when the client does', async () => {
    const closed = Promise.withResolvers<void>();
    const nodeSide = Promise.withResolvers<Duplex>();
    agent.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
      socket.on('error', () => {});
      socket.once('close', closed.resolve);
      socket.resume();
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n');
      nodeSide.resolve(socket);
    });
    choose('pods/portforward', 'ports=80&ports=81');
    const first = upgrade();
    await until(first, '\r\n\r\n');
    (await nodeSide.promise).destroy();
    first.resume();
    await once(first, 'close');
    const second = upgrade();
    await until(second, '\r\n\r\n');
    second.destroy();
    await closed.promise;
  });

  it('passes on what the node says instead of upgrading', async () => {
    agent.on('request', (_request, response) => response.writeHead(404).end('container not found ("a")'));
    choose('pods/attach');
    const answer = await text(upgrade());
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('container not found ("a")');
  });

  it('says which node can not be reached', async () => {
    agent.closeAllConnections();
    await new Promise((resolve) => agent.close(resolve));
    choose('pods/attach');
    const answer = await text(upgrade());
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(answer).toMatch(/error dialing backend: dial tcp 127\.0\.0\.1:\d+: connect: connection refused/);
  });

  it('lets go of a refusal without an end when the client does', async () => {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    agent.on('request', (_request, response) => {
      response.on('close', closed.resolve);
      response.writeHead(404).write('a little', () => asked.resolve());
    });
    choose('pods/attach');
    const client = upgrade();
    await asked.promise;
    client.destroy();
    await closed.promise;
  });

  it('asks for create even when a WebSocket comes with get, for a node, and for an upgrade', async () => {
    setAuthorizer({ authorize: (_user, { verb }) => ({ allowed: verb !== 'create', reason: '' }) });
    choose('pods/exec', '', { verb: 'get' });
    expect(await text(upgrade())).toContain(
      'User "alice" cannot create resource "pods/exec" in API group ""',
    );
    setAuthorizer({ authorize: () => ({ allowed: true, reason: '' }) });
    choose('pods/exec', '', { name: 'new' });
    expect(await text(upgrade())).toContain('pod new does not have a host assigned');
    expect(await text(await get())).toContain('pod new does not have a host assigned');
    choose('pods/exec');
    expect(await text(await get())).toContain('Upgrade request required');
  });
});

describe('nodes/proxy', () => {
  it('reaches the agent, sandboxed, without the session', async () => {
    agent.on('request', (request, response) => {
      response.writeHead(302, { location: '/else?a=1', 'set-cookie': ['gantry-session=evil', 'own=1'] });
      response.end(`${request.method} ${request.url} ${request.headers.cookie ?? ''}`);
    });
    choose('nodes/proxy', '', { namespace: '', name: 'n1', path: '/api/v1/nodes/n1/proxy/stats' }, '/stats');
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port: portOf(front),
      path: '/api/v1/nodes/n1/proxy/stats?x=1',
      headers: { cookie: 'gantry-session=s; own=2' },
    });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(await text(response)).toBe('GET /stats?x=1 own=2');
    expect(response.headers).toMatchObject({
      location: '/api/v1/nodes/n1/proxy/else?a=1',
      'set-cookie': ['own=1'],
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it('leads the links of a page through the proxy, whatever its encoding', async () => {
    agent.on('request', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' });
      response.end(gzipSync('<a href="/else">ü</a>'));
    });
    const path = '/api/v1/nodes/n1/proxy/page';
    choose('nodes/proxy', '', { namespace: '', name: 'n1', path }, '/page');
    const outgoing = httpRequest({ host: '127.0.0.1', port: portOf(front), path });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(gunzipSync(await buffer(response)).toString()).toBe('<a href="/api/v1/nodes/n1/proxy/else">ü</a>');
  });
});
