import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { headerOf, type RoutedRequest } from '../http/api-request.ts';
import { type ApiResponse, emptyBody, textResponse } from '../http/response.ts';
import { describeFailure } from '../outbound/call-error.ts';
import type { StateReader } from '../request.ts';
import { returnedHeaders } from '../streaming/headers.ts';
import type { WatchSink } from '../watch/watch-hub.ts';
import type { RemoteEntry } from './api-services.ts';
import { addressOf, DISCOVERY_MS, isDiscovery, outgoingHeaders, REDIRECTED } from './proxy.ts';
import type { RemoteTransport } from './transport.ts';

export interface InProcessParts {
  readonly transport: RemoteTransport;
  readonly state: StateReader;
}

/** Most of an answer that is held; watches are passed on as they come. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** A watcher that takes no more than this is given no more until it does. */
const MAX_UNSENT = 4 << 20;
const PAUSE_MS = 50;

const isWatch = ({ query }: RoutedRequest): boolean => /^(true|1)$/.test(query.get('watch') ?? '');

function pathOf({ path, query }: RoutedRequest): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Passes a request of this process itself on to the server behind an APIService, as the user who asks. */
export async function answerRemotely(
  { transport, state }: InProcessParts,
  entry: RemoteEntry,
  request: RoutedRequest,
): Promise<ApiResponse> {
  const address = entry.available ? addressOf(state, entry) : undefined;
  if (address === undefined) return textResponse(503, 'service unavailable\n');
  const body = await request.body();
  const headers: OutgoingHttpHeaders = {
    ...outgoingHeaders(request.headers, request.user, address, request.path),
    ...(body.length === 0 ? {} : { 'content-length': body.length }),
  };
  if (body.length > 0 && headerOf(request, 'content-type') === undefined)
    headers['content-type'] = 'application/json';
  const limitMs = isDiscovery(request.path) ? DISCOVERY_MS : TIMEOUT_MS;
  const opening = new AbortController();
  const timer = setTimeout(() => opening.abort(new Error('context deadline exceeded')), limitMs);
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpsRequest(
        {
          ...transport.pooled(entry),
          ...address,
          ...{ method: request.method, path: pathOf(request), headers, signal: opening.signal },
        },
        resolve,
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
    return await received(answer, isWatch(request));
  } catch (error) {
    return textResponse(503, `error trying to reach service: ${describeFailure(error)}\n`);
  } finally {
    clearTimeout(timer);
  }
}

async function received(answer: IncomingMessage, watches: boolean): Promise<ApiResponse> {
  const status = answer.statusCode ?? 502;
  if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
    answer.destroy();
    return textResponse(502, `${REDIRECTED}\n`);
  }
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(returnedHeaders(answer.headers)))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.map(String) : String(value);
  if (watches && status === 200)
    return { status, headers, body: emptyBody, stream: (sink) => passOn(answer, sink) };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error(`the answer has more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status, headers, body: Buffer.concat(chunks) };
}

/** Streams what comes, no faster than the watcher takes it. Gives how to stop. */
function passOn(answer: IncomingMessage, sink: WatchSink): () => void {
  let resume: NodeJS.Timeout | undefined;
  sink.begin([]);
  const flow = (): void => {
    if (sink.unsent <= MAX_UNSENT) answer.resume();
    else resume = setTimeout(flow, PAUSE_MS);
  };
  answer.on('data', (chunk: Buffer) => {
    sink.write(chunk);
    if (sink.unsent <= MAX_UNSENT) return;
    answer.pause();
    flow();
  });
  // However it ends, the watcher has to ask anew.
  answer.once('close', () => sink.end());
  answer.on('error', () => answer.destroy());
  return () => {
    clearTimeout(resume);
    answer.destroy();
  };
}
