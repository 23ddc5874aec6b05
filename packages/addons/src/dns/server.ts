import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import type { Logger } from '@gantry/runtime/port';
import { type Answer, bare, type Query } from './answer.ts';
import { type Request, readRequest, writeResponse } from './wire.ts';

const TCP_CONNECTIONS_MAX = 256;
const TCP_IDLE_MS = 10_000;
const TCP_PENDING_MAX = 32;
const TCP_MESSAGE_MAX_BYTES = 65_535;
/** Queries in work; more are dropped, and clients ask again. */
const UDP_PENDING_MAX = 4_096;

export type Handler = (query: Query) => Promise<Answer>;

export interface DnsServer {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

async function respond(handler: Handler, request: Request, limitBytes: number, log: Logger): Promise<Buffer> {
  const answer =
    request.refuse !== undefined || request.query === undefined
      ? bare(request.refuse ?? 'FORMERR')
      : await handler(request.query).catch((error: unknown) => {
          log.error({ error: String(error), name: request.query?.name }, 'could not answer a DNS query');
          return bare('SERVFAIL');
        });
  try {
    return writeResponse(request, answer, limitBytes);
  } catch (error) {
    // A record that came from outside and can't be written again.
    log.warn({ error: String(error), name: request.query?.name }, 'could not write a DNS answer');
    return writeResponse(request, bare('SERVFAIL'), limitBytes);
  }
}

function serveUdp(socket: UdpSocket, handler: Handler, log: Logger): void {
  let pending = 0;
  socket.on('message', (message, from) => {
    const request = pending < UDP_PENDING_MAX ? readRequest(message) : undefined;
    if (request === undefined || from.port === 0) return;
    pending++;
    void respond(handler, request, request.payloadBytes, log).then((response) => {
      pending--;
      socket.send(response, from.port, from.address, () => {});
    });
  });
}

/** Messages of one connection, each behind its length; answered as they are ready. */
function serveConnection(socket: Socket, handler: Handler, log: Logger): void {
  let received = Buffer.alloc(0);
  let pending = 0;
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  const next = (): void => {
    while (received.length >= 2 && pending < TCP_PENDING_MAX) {
      const length = received.readUInt16BE(0);
      if (received.length < 2 + length) return;
      const request = readRequest(received.subarray(2, 2 + length));
      received = received.subarray(2 + length);
      if (request === undefined) {
        socket.destroy();
        return;
      }
      pending++;
      void respond(handler, request, TCP_MESSAGE_MAX_BYTES, log).then((response) => {
        pending--;
        const prefix = Buffer.alloc(2);
        prefix.writeUInt16BE(response.length);
        if (socket.writable) socket.write(Buffer.concat([prefix, response]));
        if (pending === TCP_PENDING_MAX - 1) socket.resume();
        next();
      });
    }
    if (pending >= TCP_PENDING_MAX) socket.pause();
  };
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    next();
  });
}

const bindUdp = (address: string, port: number): Promise<UdpSocket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

const bindTcp = (address: string, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.maxConnections = TCP_CONNECTIONS_MAX;
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve(server);
    });
  });

/** Listens on UDP and TCP with the same port (0 = any free one). Throws when either can't be bound. */
export async function listenDns(
  listen: { readonly address: string; readonly port: number },
  handler: Handler,
  log: Logger,
): Promise<DnsServer> {
  const tcp = await bindTcp(listen.address, listen.port);
  const bound = tcp.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : listen.port;
  let udp: UdpSocket;
  try {
    udp = await bindUdp(listen.address, port);
  } catch (error) {
    tcp.close();
    throw error;
  }
  const connections = new Set<Socket>();
  tcp.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    serveConnection(socket, handler, log);
  });
  tcp.on('error', (error) => log.error({ error: String(error) }, 'DNS over TCP'));
  udp.on('error', (error) => log.error({ error: String(error) }, 'DNS over UDP'));
  serveUdp(udp, handler, log);
  return {
    address: listen.address,
    port,
    async close() {
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => tcp.close(() => resolve())),
        new Promise<void>((resolve) => udp.close(() => resolve())),
      ]);
    },
  };
}
