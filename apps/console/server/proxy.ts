import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { COMMON_HEADERS } from './security-headers.ts';
import { endToEnd, type Upstream } from './upstream.ts';

/** A Status, so that kubectl and the console alike can show it. */
const unreachable = (what: string, error: Error): string =>
  `${JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason: 'ServiceUnavailable',
    message: `${what} does not answer (${error.message}): see gantry status`,
    code: 503,
  })}\n`;

/** Passes a request on and its answer back, both as they come: a push shows its progress, a watch its events. */
export function proxy(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  what: string,
): void {
  let outgoing: ClientRequest;
  try {
    outgoing = upstream(request, false);
  } catch (error) {
    // A header or path that can't be sent on.
    response.writeHead(400, { 'content-type': 'text/plain' });
    response.end(`${error instanceof Error ? error.message : 'bad request'}\n`);
    return;
  }
  outgoing.setNoDelay(true);
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...endToEnd(answer.headers), ...COMMON_HEADERS });
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  outgoing.on('error', (error) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end(unreachable(what, error));
  });
  response.on('close', () => outgoing.destroy());
  request.on('error', () => outgoing.destroy());
  request.pipe(outgoing);
}

/** Joins a browser's WebSocket with the API server's. */
export function proxyUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  upstream: Upstream,
): void {
  socket.on('error', () => socket.destroy());
  const outgoing = upstream(request, true);
  outgoing.on('upgrade', (answer, other, otherHead) => {
    const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => `${name}: ${one}`),
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (otherHead.length > 0) socket.write(otherHead);
    if (head.length > 0) other.write(head);
    other.on('error', () => socket.destroy());
    other.on('close', () => socket.destroy());
    socket.on('close', () => other.destroy());
    socket.pipe(other).pipe(socket);
  });
  outgoing.on('response', (answer) => {
    const status = `${answer.statusCode} ${answer.statusMessage}`;
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: ${answer.headers['content-type'] ?? 'text/plain'}\r\nconnection: close\r\n\r\n`,
    );
    answer.pipe(socket);
  });
  outgoing.on('error', () => socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n'));
  outgoing.end();
}
