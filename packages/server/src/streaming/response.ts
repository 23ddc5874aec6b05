import type { OutgoingHttpHeaders } from 'node:http';
import { constants, Http2ServerResponse } from 'node:http2';
import type { HttpResponse } from '../handler.ts';

/** Sends the head at once, over either HTTP version: a follower learns that it is connected though nothing may come for long. */
export function sendHead(response: HttpResponse, status: number, headers: OutgoingHttpHeaders): void {
  if (response instanceof Http2ServerResponse) {
    response.writeHead(status, headers);
    return;
  }
  response.writeHead(status, headers);
  response.flushHeaders();
}

/** An answer without a body. */
export function sendEmpty(response: HttpResponse, status: number, headers: OutgoingHttpHeaders): void {
  if (response instanceof Http2ServerResponse) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  response.writeHead(status, headers).end();
}

/** Breaks an answer off, so that the client can tell it from one that is complete. */
export function breakOff(response: HttpResponse): void {
  if (response instanceof Http2ServerResponse) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else response.destroy();
}
