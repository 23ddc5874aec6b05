import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { badRequest } from '@gantry/machinery/status';
import { type WebSocket, WebSocketServer } from 'ws';

const BEARER_PROTOCOL = 'base64url.bearer.authorization.k8s.io.';
const BINARY = 'binary.k8s.io';
const BASE64 = 'base64.binary.k8s.io';
/** Clients send nothing but control frames. */
const MAX_RECEIVED = 64 * 1024;
/** Bytes that wait for the client before the node's answer is held back. */
const AHEAD_BYTES = 256 * 1024;
const NORMAL = 1000;
const BROKEN = 1011;

const protocolsOf = ({ headers }: IncomingMessage): string[] =>
  (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith(BEARER_PROTOCOL));

/** The subprotocol that a client gets: the first that is known, none when it offers none. Throws BadRequest. */
function chosen(request: IncomingMessage): string | undefined {
  const offered = protocolsOf(request);
  const known = offered.find((name) => name === BINARY || name === BASE64);
  if (known === undefined && offered.length > 0)
    throw badRequest(
      `requested protocol(s) are not supported: [${offered.join(' ')}]; supports [ ${BINARY} ${BASE64}]`,
    );
  return known;
}

const server = new WebSocketServer({
  noServer: true,
  maxPayload: MAX_RECEIVED,
  perMessageDeflate: false,
  handleProtocols: (_offered, request) => chosen(request) ?? false,
});

/** Checks that the upgrade is one that logs can be sent over. Throws BadRequest. */
export function checkLogSocket(request: IncomingMessage): void {
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') throw badRequest('Upgrade request required');
  chosen(request);
}

/** Sends the bytes of a log as messages: an empty one first, so that the client knows that it is connected. */
export function sendLog(request: IncomingMessage, socket: Duplex, head: Buffer, log: Readable): void {
  const text = chosen(request) === BASE64;
  log.pause();
  server.handleUpgrade(request, socket, head, (client) => {
    const send = (bytes: Buffer): void =>
      client.send(text ? bytes.toString('base64') : bytes, { binary: !text }, () => resume(client, log));
    client.on('error', () => client.terminate());
    client.on('close', () => log.destroy());
    log.on('data', (bytes: Buffer) => {
      if (client.readyState !== client.OPEN) return;
      if (client.bufferedAmount > AHEAD_BYTES) log.pause();
      send(bytes);
    });
    log.on('end', () => client.close(NORMAL));
    log.on('error', () => client.close(BROKEN));
    send(Buffer.alloc(0));
    log.resume();
  });
}

function resume(client: WebSocket, log: Readable): void {
  if (client.bufferedAmount <= AHEAD_BYTES && log.isPaused()) log.resume();
}
