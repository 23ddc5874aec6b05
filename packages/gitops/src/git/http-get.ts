import type { IncomingMessage } from 'node:http';
import { basicAuthorization, type Credentials } from './credentials.ts';
import type { Network } from './network.ts';
import { readRequest } from './pinned-request.ts';
import { GitError } from './tree.ts';

const HOPS_MAX = 5;
const TIMEOUT_MS = 60_000;

export interface Get {
  readonly network: Network;
  readonly url: URL;
  /** Of the server that `home` names; nobody else gets them, nor is believed by their authority. */
  readonly credentials?: Credentials | undefined;
  readonly home: URL;
  /** In place of what the credentials say, for the home server as well. */
  readonly authorization?: string | undefined;
  readonly accept?: string;
  /** More headers, for the home server alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON to be posted; then no redirect is followed. */
  readonly post?: string;
  readonly limitBytes: number;
  /** When it has to be over, in the time of Date.now(). */
  readonly deadlineMs?: number;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * What an http(s) address answers, at most `limitBytes` of it. Redirects are followed, each checked like the first, never
 * from https to http. Throws GitError.
 */
export async function get(options: Get): Promise<Got> {
  let { url } = options;
  for (let hops = 0; ; hops += 1) {
    const response = await ask(options, url);
    const { statusCode: status = 0, headers } = response;
    if (status < 300 || status > 399 || headers.location === undefined)
      return { status, headers, body: await bodyOf(response, url, options.limitBytes) };
    response.destroy();
    if (options.post !== undefined)
      throw new GitError(`${options.url.origin} sends elsewhere: use that address`);
    if (hops === HOPS_MAX) throw new GitError(`${options.url.origin} sends elsewhere again and again`);
    url = hopTo(url, headers.location);
  }
}

function hopTo(from: URL, location: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (next === undefined || !/^https?:$/.test(next.protocol))
    throw new GitError(`${from.origin} sends to ${JSON.stringify(location)}, which is no http(s) address`);
  if (from.protocol === 'https:' && next.protocol === 'http:')
    throw new GitError(`${from.origin} sends to ${next.origin}, which is less safe`);
  return next;
}

function ask(
  { network, credentials, home, authorization, accept, headers = {}, post, deadlineMs = Infinity }: Get,
  url: URL,
): Promise<IncomingMessage> {
  const leftMs = deadlineMs - Date.now();
  if (leftMs <= 0) throw new GitError(`${url.origin} takes too long`);
  const isHome = url.origin === home.origin;
  const proof = isHome ? (authorization ?? basic(credentials)) : undefined;
  return readRequest(network, url, {
    timeoutMs: Math.min(TIMEOUT_MS, Math.ceil(leftMs / 1_000) * 1_000),
    ca: isHome ? credentials?.ca : undefined,
    ...(post === undefined ? {} : { method: 'POST', body: Buffer.from(post) }),
    headers: {
      ...(isHome ? headers : {}),
      ...(accept === undefined ? {} : { accept }),
      ...(proof === undefined ? {} : { authorization: proof }),
    },
  });
}

export const basic = (credentials: Credentials | undefined): string | undefined =>
  credentials === undefined ? undefined : basicAuthorization({ username: '', ...credentials });

async function bodyOf(response: IncomingMessage, url: URL, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limitBytes) throw new GitError(`${url.origin} answers more than ${limitBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof GitError) throw error;
    throw new GitError(`${url.origin} can't be read: ${(error as Error).message}`);
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks);
}
