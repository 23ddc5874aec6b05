import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer as createHttp2Server,
} from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alice, attributes, context, FakeState, pod } from '../auth/testing/fakes.ts';
import type { ConnectHandler, HandlerContext } from '../handler.ts';
import type { Authorizer } from '../request.ts';
import { connectHandlers } from './handlers.ts';

const pem = (name: string): string => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const [cert, key] = [pem('node.crt'), pem('node.key')];
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = async <T extends Server>(server: T): Promise<T> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

let agent: Server;
let front: Server;
let allow: Authorizer;
let handlers: ReturnType<typeof connectHandlers>;
let state: FakeState;
let chosen: { readonly handler: string; readonly over: Partial<HandlerContext>; readonly rest?: string };
const sockets = new Set<Duplex>();

const handlerOf = (name: string): ConnectHandler => {
  const found = handlers.handlers.find(({ resource, subresource }) => `${resource}/${subresource}` === name);
  if (found === undefined) throw new Error(`no handler ${name}`);
  return found;
};
const nodeAt = (port: number): AnyObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  status: {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
  },
});
const codeAndText = (error: unknown): [number, string] =>
  isStatusError(error) ? [error.code, error.message] : [500, String(error)];

beforeEach(async () => {
  agent = await listen(
    createTlsServer({ cert, key, ca: cert, requestCert: true, rejectUnauthorized: true }) as Server,
  );
  agent.on('secureConnection', (socket: Duplex) => sockets.add(socket));
  allow = { authorize: () => ({ allowed: true, reason: '' }) };
  handlers = connectHandlers({
    nodeTls: { ca: cert, cert, key },
    authorizer: { authorize: (...args) => allow.authorize(...args) },
  });
  state = new FakeState([nodeAt(portOf(agent)), pod('web', { nodeName: 'n1' }), pod('new')]);
  const make = (): HandlerContext => context({ state, user: alice, ...chosen.over });
  front = await listen(
    createServer((request, response) => {
      handlerOf(chosen.handler)
        .request?.(request, response, make(), chosen.rest ?? '')
        .catch((error: unknown) => {
          const [code, message] = codeAndText(error);
          response.writeHead(code).end(message);
        });
    }),
  );
  front.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    sockets.add(socket);
    handlerOf(chosen.handler)
      .upgrade?.(request, socket, head, make(), chosen.rest ?? '')
      .catch((error: unknown) => {
        const [code, message] = codeAndText(error);
        socket.end(`HTTP/1.1 ${code} x\r\n\r\n${message}`);
      });
  });
});
afterEach(async () => {
  handlers.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of [front, agent]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const choose = (handler: string, query = '', over: object = {}, rest = ''): void => {
  const [resource = '', subresource = ''] = handler.split('/');
  chosen = {
    handler,
    rest,
    over: {
      query: new URLSearchParams(query),
      attributes: attributes({
        verb: 'create',
        resource,
        subresource,
        namespace: 'ns',
        name: 'web',
        path: '/p',
        ...over,
      }),
    },
  };
};
const get = async (path = '/'): Promise<IncomingMessage> => {
  const outgoing = httpRequest({ host: '127.0.0.1', port: portOf(front), path });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
};
const upgrade = (headers = ''): Socket => {
  const socket = connect(portOf(front), '127.0.0.1');
  sockets.add(socket);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n${headers}\r\n`);
  return socket;
};
const until = async (socket: Readable, wanted: string): Promise<string> => {
  let seen = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    seen += String(chunk);
    if (seen.includes(wanted)) break;
  }
  return seen;
};

describe('pods/log', () => {
  it('streams from the node and ends the node side when the follower leaves', async () => {
    const gone = Promise.withResolvers<void>();
    let url: string | undefined;
    agent.on('request', (request, response) => {
      url = request.url;
      response.writeHead(200).write('line 1\n');
      response.once('close', gone.resolve);
    });
    choose('pods/log', 'follow=true&tailLines=5&container=a&pretty=1');
    const response = await get();
    expect(await until(response, 'line 1')).toBe('line 1\n');
    expect(response.headers['content-type']).toBe('text/plain');
    expect(url).toBe('/containerLogs/ns/web/a?follow=true&tailLines=5');
    response.destroy();
    await gone.promise;
  });

  it('is empty while the pod has no node, and passes on why the node refuses', async () => {
    choose('pods/log', '', { name: 'new' });
    const empty = await get();
    expect([empty.statusCode, await text(empty)]).toEqual([200, '']);
    const reason = 'container "a" in pod "web" is waiting to start: ContainerCreating';
    agent.on('request', (_request, response) => response.writeHead(400).end(reason));
    choose('pods/log');
    const refused = await get();
    expect([refused.statusCode, await text(refused)]).toEqual([400, reason]);
  });

  it.each([
    ['container=x', 400, 'container x is not valid for pod web'],
    ['tailLines=-1', 422, 'tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['tailLines=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
    [
      'sinceSeconds=5&sinceTime=2020-01-01T00:00:00Z',
      422,
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('refuses %s', async (query, code, message) => {
    choose('pods/log', query);
    const response = await get();
    expect(response.statusCode).toBe(code);
    expect(await text(response)).toContain(message);
  });

  it('wants a container named where there are several', async () => {
    state.objects.push(
      pod('two', {
        nodeName: 'n1',
        initContainers: [{ name: 'i' }],
        containers: [{ name: 'a' }, { name: 'b' }],
      }),
    );
    choose('pods/log', '', { name: 'two' });
    expect(await text(await get())).toBe(
      'a container name must be specified for pod two, choose one of: [i a b]',
    );
  });

  it('says which node did not answer', async () => {
    agent.closeAllConnections();
    await new Promise((resolve) => agent.close(resolve));
    choose('pods/log');
    const response = await get();
    expect(response.statusCode).toBe(500);
    expect(await text(response)).toMatch(
      /^Internal error occurred: Get "https:\/\/127\.0\.0\.1:\d+\/containerLogs\/ns\/web\/a": /,
    );
  });
});

describe('pods/log over HTTP/2', () => {
  let session: ClientHttp2Session;
  let close: () => Promise<unknown>;
  beforeEach(async () => {
    const server = createHttp2Server((request, response) => {
      handlerOf(chosen.handler).request?.(request, response, context({ state, ...chosen.over }), '');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    session.on('error', () => {});
    close = () => {
      session.destroy();
      return new Promise((resolve) => server.close(resolve));
    };
    choose('pods/log', 'follow=true');
  });
  afterEach(() => close());

  it('ends the node side when the follower cancels', async () => {
    const gone = Promise.withResolvers<void>();
    agent.on('request', (_request, response) => {
      response.writeHead(200).write('line 1\n');
      response.once('close', gone.resolve);
    });
    const stream = session.request({ ':path': '/' });
    expect(await until(stream, 'line 1')).toBe('line 1\n');
    stream.close();
    await gone.promise;
  });

  it('ends cleanly with the log, and not cleanly when the node breaks off', async () => {
    agent.once('request', (_request, response) => response.writeHead(200).end('all'));
    const whole = session.request({ ':path': '/' });
    expect(await text(whole)).toBe('all');
    expect(whole.rstCode).toBe(0);
    agent.once('request', (_request, response) => {
      response.writeHead(200).write('half');
      setImmediate(() => response.destroy());
    });
    const cut = session.request({ ':path': '/' });
    cut.on('error', () => {});
    cut.resume();
    await new Promise((resolve) => cut.once('close', resolve));
    expect(cut.rstCode).not.toBe(0);
  });
});

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

  it('asks for create even when a WebSocket comes with get, for a node, and for an upgrade', async () => {
    allow = { authorize: (_user, { verb }) => ({ allowed: verb !== 'create', reason: '' }) };
    choose('pods/exec', '', { verb: 'get' });
    expect(await text(upgrade())).toContain(
      'User "alice" cannot create resource "pods/exec" in API group ""',
    );
    allow = { authorize: () => ({ allowed: true, reason: '' }) };
    choose('pods/exec', '', { name: 'new' });
    expect(await text(upgrade())).toContain('pod new does not have a host assigned');
    choose('pods/exec');
    expect((await get()).statusCode).toBe(400);
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
});
