import { type Address, parseAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import type { Network } from './network.ts';
import { readRequest, USER_AGENT } from './pinned-request.ts';
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
export async function followingRedirects<T>(
  network: Network,
  first: Reached,
  work: (at: Reached) => Promise<T>,
): Promise<T> {
  let at = first;
  for (let hops = 0; ; hops += 1) {
    try {
      return await work(at);
    } catch (error) {
      if (!isRedirect(error) || at.address.protocol === 'ssh') throw error;
      if (hops === HOPS_MAX) throw new GitError(`${first.address.url} sends elsewhere again and again`);
      at = await nextHop(network, at);
    }
  }
}

async function nextHop(network: Network, { address, credentials }: Reached): Promise<Reached> {
  const location = await locationOf(network, address, credentials);
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
  return { address: next, credentials: isSameServer(address, next) ? credentials : undefined };
}

/** The same host and port, or the safe port of the same host; never in clear what was not. */
export const isSameServer = (a: Address, b: Address): boolean =>
  a.host === b.host &&
  (a.port === b.port || (a.port === 80 && b.port === 443)) &&
  !(a.protocol === 'https' && b.protocol === 'http');

/** The absolute address that discovery is sent to. No credentials are needed to be told. */
async function locationOf(
  network: Network,
  address: Address,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  const asked = new URL(`${address.url.replace(/\/+$/, '')}${DISCOVERY}`);
  const response = await readRequest(network, asked, {
    ca: credentials?.ca,
    headers: { 'user-agent': USER_AGENT },
    timeoutMs: TIMEOUT_MS,
  });
  response.destroy();
  const { location } = response.headers;
  return location !== undefined && URL.canParse(location, asked.href)
    ? new URL(location, asked).href
    : undefined;
}
