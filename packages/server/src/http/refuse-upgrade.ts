import { STATUS_CODES } from 'node:http';
import { type Duplex, finished } from 'node:stream';
import { badRequest } from '@gantry/machinery/status';
import { type ApiResponse, statusResponse, wholeBody } from './response.ts';

/** An upgrade that does not happen is answered as plain HTTP on the raw socket. */
export function refuseUpgrade(socket: Duplex, answer: ApiResponse, auditId: string): void {
  if (answer.sent !== undefined) finished(socket, answer.sent);
  if (socket.destroyed) return;
  const whole =
    answer.stream === undefined ? answer : statusResponse(badRequest('not a WebSocket upgrade').status);
  const body = wholeBody(whole);
  const headers = { ...whole.headers, 'audit-id': auditId, 'content-length': String(body.length) };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((text) => `${name}: ${text}\r\n`),
  );
  const reason = STATUS_CODES[whole.status] ?? 'Error';
  socket.write(`HTTP/1.1 ${whole.status} ${reason}\r\n${lines.join('')}connection: close\r\n\r\n`);
  socket.end(body);
}
