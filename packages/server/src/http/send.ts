import type { HttpResponse } from '../handler.ts';
import { type ApiResponse, bodyLength, wholeBody } from './response.ts';
import { SLICE_BYTES, slices } from './slices.ts';
import { ResponseSink } from './stream-sink.ts';

/** How long a client may take no byte of its answer. */
const STALL_MS = 60_000;

interface BodyTarget {
  write(chunk: Buffer): boolean;
  end(chunk?: Buffer): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
}

/** Writes a large body slice by slice, each when the client has taken the one before. */
function sendSlices(target: BodyTarget, body: Generator<Buffer>): void {
  const stalled = setTimeout(() => target.destroy(), STALL_MS);
  const more = (): void => {
    stalled.refresh();
    for (;;) {
      const { value, done } = body.next();
      if (done === true) {
        target.end();
        return;
      }
      if (!target.write(value)) return;
    }
  };
  target.on('drain', more);
  target.on('close', () => clearTimeout(stalled));
  more();
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
    else if (size <= SLICE_BYTES) target.end(wholeBody(answer));
    else sendSlices(target, slices(answer.parts ?? [answer.body]));
    return;
  }
  target.writeHead(answer.status, headers);
  target.flushHeaders?.();
  const stop = answer.stream(new ResponseSink(response));
  target.on('close', stop);
}
