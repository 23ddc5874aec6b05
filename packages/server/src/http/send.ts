import type { HttpResponse } from '../handler.ts';
import { type ApiResponse, bodyLength, wholeBody } from './response.ts';
import { SLICE_BYTES, slices } from './slices.ts';
import { ResponseSink } from './stream-sink.ts';

/** How long a client may take no byte of its answer. */
const STALL_MS = 60_000;

/**
 * What a body over HTTP/1.1 ends with, when all before it is out. A larger end would leave the socket waiting to drain
 * when the next request comes in, on which Node pauses its parser; the rest of a large request then meets a paused
 * parser, and Node drops the connection (HPE_PAUSED).
 */
const TAIL_BYTES = 16 * 1024;
const UNDIVIDED_BYTES = 48 * 1024;

interface BodyTarget {
  write(chunk: Buffer, flushed: (error?: Error | null) => void): boolean;
  end(chunk?: Buffer): unknown;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Writes a large body slice by slice, each when the client has taken the one before. */
function sendSlices(target: BodyTarget, body: Generator<Buffer>): void {
  const stalled = setTimeout(() => target.destroy(), STALL_MS);
  const more = (error?: Error | null): void => {
    if (error) return;
    stalled.refresh();
    const { value, done } = body.next();
    if (done === true) target.end();
    else target.write(value, more);
  };
  target.on('close', () => clearTimeout(stalled));
  more();
}

/** The same bytes; the last few of them on their own. */
function* withTail(body: Generator<Buffer>): Generator<Buffer> {
  let last: Buffer | undefined;
  for (const slice of body) {
    if (last !== undefined) yield last;
    last = slice;
  }
  if (last === undefined) return;
  const at = Math.max(0, last.length - TAIL_BYTES);
  if (at > 0) yield last.subarray(0, at);
  yield last.subarray(at);
}

function sendBody(target: BodyTarget, answer: ApiResponse, size: number, isHttp2: boolean): void {
  if (size <= (isHttp2 ? SLICE_BYTES : UNDIVIDED_BYTES)) {
    target.end(wholeBody(answer));
    return;
  }
  const body = slices(answer.parts ?? [answer.body]);
  sendSlices(target, isHttp2 ? body : withTail(body));
}

/** Writes an answer; a stream goes on until the client or the watch ends it. */
export function send(response: HttpResponse, answer: ApiResponse, method: string, auditId: string): void {
  if (response.destroyed || response.headersSent) {
    answer.sent?.();
    return;
  }
  const headers: Record<string, string | string[] | number> = {
    'audit-id': auditId,
    'cache-control': 'no-cache, private',
    ...answer.headers,
  };
  const target = response as BodyTarget & {
    writeHead(status: number, headers: Record<string, string | string[] | number>): unknown;
    flushHeaders?: () => void;
  };
  if (answer.stream === undefined) {
    if (answer.sent !== undefined) target.on('close', answer.sent);
    const size = bodyLength(answer);
    headers['content-length'] = size;
    target.writeHead(answer.status, headers);
    if (method === 'HEAD') target.end();
    else sendBody(target, answer, size, 'stream' in response);
    return;
  }
  target.writeHead(answer.status, headers);
  target.flushHeaders?.();
  const stop = answer.stream(new ResponseSink(response));
  target.on('close', stop);
}
