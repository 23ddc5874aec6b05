import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { resolveHost } from './address.ts';
import { GitError } from './tree.ts';

export interface PinnedRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** PEM of the authorities, instead of the machine's. */
  readonly ca?: string | undefined;
  /** Until the whole answer is there. */
  readonly timeoutMs: number;
}

/**
 * One HTTP request to the address that was checked, without redirects. The caller reads or destroys the answer. Throws
 * GitError.
 */
export async function pinnedRequest(
  url: URL,
  { method = 'GET', headers = {}, body, ca, timeoutMs }: PinnedRequest,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [ip = host] = await resolveHost(host);
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, {
      host: ip,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      agent: false,
      method,
      signal,
      headers: {
        ...headers,
        host: url.host,
        'user-agent': 'git/gantry',
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      },
    });
    outgoing.once('response', resolve);
    outgoing.once('error', (error) => {
      const why = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : error.message;
      reject(new GitError(`${url.origin} can't be read: ${why}`));
    });
    outgoing.end(body);
  });
}
