import type { HttpResponse } from '../handler.ts';
import type { ApiResponse } from './response.ts';
import { ResponseSink } from './stream-sink.ts';

/** Writes an answer; a stream goes on until the client or the watch ends it. */
export function send(response: HttpResponse, answer: ApiResponse, method: string, auditId: string): void {
  if (response.destroyed || response.headersSent) return;
  const headers: Record<string, string | string[] | number> = {
    'audit-id': auditId,
    'cache-control': 'no-cache, private',
    ...answer.headers,
  };
  const target = response as {
    writeHead(status: number, headers: Record<string, string | string[] | number>): unknown;
    end(body?: Buffer): unknown;
    flushHeaders?: () => void;
    on(event: 'close', listener: () => void): unknown;
  };
  if (answer.stream === undefined) {
    headers['content-length'] = answer.body.length;
    target.writeHead(answer.status, headers);
    target.end(method === 'HEAD' ? undefined : answer.body);
    return;
  }
  target.writeHead(answer.status, headers);
  target.flushHeaders?.();
  const stop = answer.stream(new ResponseSink(response));
  target.on('close', stop);
}
