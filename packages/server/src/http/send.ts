import type { HttpResponse } from '../handler.ts';
import type { ApiResponse } from './response.ts';
import { ResponseSink } from './stream-sink.ts';

/** Of a large body, handed to the socket at once: encryption of more would hold up everybody else, and hold memory. */
const SLICE_BYTES = 256 * 1024;
/** How long a client may take no byte of its answer. */
const STALL_MS = 60_000;

interface BodyTarget {
  write(chunk: Buffer): boolean;
  end(chunk?: Buffer): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
}

/** Writes a large body slice by slice, each when the client has taken the one before. */
function sendSlices(target: BodyTarget, body: Buffer): void {
  const stalled = setTimeout(() => target.destroy(), STALL_MS);
  let at = 0;
  const more = (): void => {
    stalled.refresh();
    while (at + SLICE_BYTES < body.length) {
      const slice = body.subarray(at, at + SLICE_BYTES);
      at += SLICE_BYTES;
      if (!target.write(slice)) return;
    }
    if (at < body.length) target.end(body.subarray(at));
    at = body.length;
  };
  target.on('drain', more);
  target.on('close', () => clearTimeout(stalled));
  more();
}

/** Writes an answer; a stream goes on until the client or the watch ends it. */
export function send(response: HttpResponse, answer: ApiResponse, method: string, auditId: string): void {
  if (response.destroyed || response.headersSent) return;
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
    headers['content-length'] = answer.body.length;
    target.writeHead(answer.status, headers);
    if (method === 'HEAD') target.end();
    else if (answer.body.length <= SLICE_BYTES) target.end(answer.body);
    else sendSlices(target, answer.body);
    return;
  }
  target.writeHead(answer.status, headers);
  target.flushHeaders?.();
  const stop = answer.stream(new ResponseSink(response));
  target.on('close', stop);
}
