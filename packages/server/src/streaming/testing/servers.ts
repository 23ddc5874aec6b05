import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { afterEach, beforeEach } from 'vitest';
import { alice, attributes, context, FakeState, pod } from '../../auth/testing/fakes.ts';
import type { ConnectHandler, HandlerContext } from '../../handler.ts';
import type { Authorizer } from '../../request.ts';
import { connectHandlers } from '../handlers.ts';

const pem = (name: string): string => readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8');
const [cert, key] = [pem('node.crt'), pem('node.key')];
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = async <T extends Server>(server: T): Promise<T> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

export let agent: Server;
export let front: Server;
let allow: Authorizer;
export let handlers: ReturnType<typeof connectHandlers>;
export let state: FakeState;
export let chosen: {
  readonly handler: string;
  readonly over: Partial<HandlerContext>;
  readonly rest?: string;
};
export const sockets = new Set<Duplex>();

export const handlerOf = (name: string): ConnectHandler => {
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

/** A node agent, and a server before the handlers, anew for each test of the file. */
export function useServers(): void {
  beforeEach(start);
  afterEach(stop);
}

async function start(): Promise<void> {
  agent = await listen(
    createTlsServer({ cert, key, ca: cert, requestCert: true, rejectUnauthorized: true }) as Server,
  );
  agent.on('secureConnection', (socket: Duplex) => sockets.add(socket));
  allow = { authorize: () => ({ allowed: true, reason: '' }) };
  handlers = connectHandlers({
    nodeTls: { ca: cert, client: { cert, key } },
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
}
async function stop(): Promise<void> {
  handlers.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of [front, agent]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const choose = (handler: string, query = '', over: object = {}, rest = ''): void => {
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
export const get = async (path = '/'): Promise<IncomingMessage> => {
  const outgoing = httpRequest({ host: '127.0.0.1', port: portOf(front), path });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
};
export const upgrade = (headers = ''): Socket => {
  const socket = connect(portOf(front), '127.0.0.1');
  sockets.add(socket);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n${headers}\r\n`);
  return socket;
};
export const until = async (socket: Readable, wanted: string): Promise<string> => {
  let seen = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    seen += String(chunk);
    if (seen.includes(wanted)) break;
  }
  return seen;
};

export const setAuthorizer = (authorizer: Authorizer): void => {
  allow = authorizer;
};
