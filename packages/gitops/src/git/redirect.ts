import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { type Address, parseAddress, resolveHost } from './address.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';
import { GitError } from './tree.ts';

export interface Reached {
  readonly address: Address;
  readonly credentials: Credentials | undefined;
}

const HOPS_MAX = 3;
const TIMEOUT_MS = 15_000;
const DISCOVERY = '/info/refs?service=git-upload-pack';

/** How git says that it was sent elsewhere. */
const isRedirect = (error: unknown): boolean =>
  error instanceof GitError && /returned error: 30[12378]\b|unable to update url base/.test(outputOf(error));

const outputOf = (error: GitError): string =>
  `${error.message}\n${'output' in error ? String(error.output) : ''}`;

/**
 * Runs `work` against an address, and where that sends elsewhere, against what it names: each hop is checked like the
 * first, none leads from https to http, and credentials go to their own host only. Throws GitError.
 */
export async function followingRedirects<T>(first: Reached, work: (at: Reached) => Promise<T>): Promise<T> {
  let at = first;
  for (let hops = 0; ; hops += 1) {
    try {
      return await work(at);
    } catch (error) {
      if (!isRedirect(error) || at.address.protocol === 'ssh') throw error;
      if (hops === HOPS_MAX) throw new GitError(`${first.address.url} sends elsewhere again and again`);
      at = await nextHop(at);
    }
  }
}

async function nextHop({ address, credentials }: Reached): Promise<Reached> {
  const location = await locationOf(address, credentials);
  const target = location === undefined ? undefined : location.replace(DISCOVERY, '');
  if (target === undefined || target === location)
    throw new GitError(
      `${address.url} sends elsewhere (${location ?? 'without saying where'}): use that address`,
    );
  const next = parseAddress(target);
  if (next.protocol === 'ssh' || (address.protocol === 'https' && next.protocol === 'http'))
    throw new GitError(
      `${address.url} sends to ${next.url}, which is less safe: use that address if you want it`,
    );
  return { address: next, credentials: next.host === address.host ? credentials : undefined };
}

/** The absolute address that discovery is sent to. No credentials are needed to be told. */
async function locationOf(
  address: Address,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  const { headers, asked } = await discover(address, { ca: credentials?.ca });
  const { location } = headers;
  return location !== undefined && URL.canParse(location, asked) ? new URL(location, asked).href : undefined;
}

/**
 * Whether an HTTP server speaks Git's protocol there: git takes any empty answer, such as that of a page to sign in, for
 * a repository without branches. Throws GitError.
 */
export async function speaksGit(address: Address, credentials: Credentials | undefined): Promise<boolean> {
  const { headers } = await discover(address, {
    ca: credentials?.ca,
    authorization: credentials === undefined ? undefined : basicAuthorization(credentials),
  });
  return headers['content-type'] === 'application/x-git-upload-pack-advertisement';
}

async function discover(
  address: Address,
  { ca, authorization }: { readonly ca: string | undefined; readonly authorization?: string | undefined },
): Promise<{ readonly headers: IncomingHttpHeaders; readonly asked: string }> {
  const ips = await resolveHost(address.host);
  const asked = new URL(`${address.url.replace(/\/+$/, '')}${DISCOVERY}`);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = address.protocol === 'https' ? httpsRequest : httpRequest;
    const outgoing = send(asked, {
      host: ips[0],
      ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
      agent: false,
      timeout: TIMEOUT_MS,
      headers: {
        host: asked.host,
        'user-agent': 'git/gantry',
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(ca === undefined ? {} : { ca }),
    });
    outgoing.once('response', resolve);
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', (error) => reject(new GitError(`${address.url} can't be read: ${error.message}`)));
    outgoing.end();
  });
  response.destroy();
  return { headers: response.headers, asked: asked.href };
}
