import type { Network } from '../git/network.ts';
import { pinnedRequest } from '../git/pinned-request.ts';
import type { Payload } from './payload.ts';

const TIMEOUT_MS = 20_000;

/** The receiver said no, in a way that will not change. */
export class Refused extends Error {}

/**
 * Posts to an address that was checked: what is connected to is what was looked up, and a redirect is a failure. Rejects
 * with a reason; with `Refused` where another try is of no use.
 */
export async function post(network: Network, address: string, { body, headers }: Payload): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Refused(`${JSON.stringify(address)} is no http(s) address`);
  const response = await pinnedRequest(network, url, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
    timeoutMs: TIMEOUT_MS,
  });
  // Nobody reads what it says.
  response.destroy();
  const { statusCode: status = 0 } = response;
  if (status >= 200 && status < 300) return;
  const reason = `it answered ${status}`;
  if (status >= 500 || status === 408 || status === 429) throw new Error(reason);
  throw new Refused(reason);
}
