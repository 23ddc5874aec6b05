import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer as createHttp2Server,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { context, pod } from '../auth/testing/fakes.ts';
import {
  agent,
  choose,
  chosen,
  front,
  get,
  handlerOf,
  portOf,
  state,
  until,
  upgrade,
  useServers,
} from './testing/servers.ts';

useServers();

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
    expect([empty.statusCode, await text(empty)]).toEqual([204, '']);
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

  it('says that a simulated node has no containers, and dials nobody', async () => {
    const [node] = state.objects;
    if (node !== undefined) node.metadata.annotations = { 'gantry.dev/simulated': 'it has no containers' };
    choose('pods/log');
    const response = await get();
    expect([response.statusCode, await text(response)]).toEqual([400, 'node n1: it has no containers']);
  });

  it('says which node did not answer', async () => {
    agent.closeAllConnections();
    await new Promise((resolve) => agent.close(resolve));
    choose('pods/log');
    const response = await get();
    expect(response.statusCode).toBe(500);
    expect(await text(response)).toMatch(
      /^Get "https:\/\/127\.0\.0\.1:(\d+)\/containerLogs\/ns\/web\/a": dial tcp 127\.0\.0\.1:\1: connect: connection refused$/,
    );
  });
});

describe('pods/log over WebSockets', () => {
  interface Seen {
    readonly messages: string[];
    readonly binary: boolean[];
    readonly protocol: string;
    readonly code: number;
  }
  const read = (protocols: string[]): Promise<Seen> => {
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(front)}/`, protocols);
    const messages: string[] = [];
    const binary: boolean[] = [];
    socket.on('message', (data, isBinary) => {
      messages.push((data as Buffer).toString());
      binary.push(isBinary);
    });
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => resolve({ messages, binary, protocol: socket.protocol, code }));
    });
  };

  it('are messages after an empty one, as bytes or base64', async () => {
    agent.on('request', (_request, response) => response.writeHead(200).end('container is alive\n'));
    choose('pods/log');
    const bytes = await read(['binary.k8s.io']);
    expect(bytes).toMatchObject({ protocol: 'binary.k8s.io', code: 1000 });
    expect([bytes.messages[0], bytes.messages.join('')]).toEqual(['', 'container is alive\n']);
    expect(bytes.binary).not.toContain(false);
    const encoded = await read(['base64.binary.k8s.io']);
    expect(Buffer.from(encoded.messages.join(''), 'base64').toString()).toBe('container is alive\n');
    expect(encoded.binary).not.toContain(true);
    expect((await read([])).messages.join('')).toBe('container is alive\n');
  });

  it('are held back for a slow client, and lose nothing', async () => {
    const large = 'x'.repeat(3 << 20);
    agent.on('request', (_request, response) => response.writeHead(200).end(large));
    choose('pods/log');
    const { messages } = await read(['binary.k8s.io']);
    expect(messages.join('').length).toBe(large.length);
  });

  it('refuse what is no WebSocket, protocols that nobody knows, and pods that are not there', async () => {
    choose('pods/log');
    expect(await text(upgrade())).toContain('400');
    await expect(read(['v4.channel.k8s.io'])).rejects.toThrow('400');
    choose('pods/log', '', { name: 'nobody' });
    await expect(read(['binary.k8s.io'])).rejects.toThrow('404');
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
