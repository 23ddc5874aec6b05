import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers an upgrade request in plain HTTP and ends the connection. */
export function refuse(socket: Duplex, code: number, text: string): void {
  const reason = STATUS_CODES[code] ?? 'Error';
  const body = `${text}\n`;
  socket.end(
    `HTTP/1.1 ${code} ${reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
