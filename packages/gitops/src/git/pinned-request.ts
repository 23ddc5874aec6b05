import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Network, Route } from './network.ts';
import { GitError } from './tree.ts';

/** Some servers speak Git only to who seems to be git. */
export const USER_AGENT = 'git/gantry';

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
 * GitError for an address that may not be, Error when no answer comes.
 */
export async function pinnedRequest(
  network: Network,
  url: URL,
  { method = 'GET', headers = {}, body, ca, timeoutMs }: PinnedRequest,
): Promise<IncomingMessage> {
  const route = await network.route(url);
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, {
      ...connectionOf(url, route),
      ...(ca === undefined ? {} : { ca }),
      method,
      signal,
      headers: {
        'user-agent': 'gantry',
        ...headers,
        host: url.host,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      },
    });
    outgoing.once('response', resolve);
    outgoing.once('error', (error) =>
      reject(signal.aborted ? new Error(`no answer within ${timeoutMs / 1000} s`) : error),
    );
    outgoing.end(body);
  });
}

function connectionOf(url: URL, route: Route): object {
  // A name that is asked for again could lead elsewhere.
  if ('ips' in route) return { agent: false, lookup: answering(route.ips) };
  const proxyEnv = { HTTP_PROXY: route.proxy, HTTPS_PROXY: route.proxy };
  return { agent: url.protocol === 'https:' ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv }) };
}

/** A look-up that knows its answer. */
function answering(ips: readonly string[]): LookupFunction {
  const found = ips.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, done) => {
    if (all === true) done(null, found);
    else done(null, found[0]?.address ?? '', found[0]?.family);
  };
}

/** As `pinnedRequest`, for what is read. Throws GitError. */
export async function readRequest(
  network: Network,
  url: URL,
  options: PinnedRequest,
): Promise<IncomingMessage> {
  try {
    return await pinnedRequest(network, url, options);
  } catch (error) {
    if (error instanceof GitError) throw error;
    throw new GitError(`${url.origin} can't be read: ${(error as Error).message}`);
  }
}
