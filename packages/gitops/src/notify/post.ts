import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { resolveHost } from '../git/address.ts';
import type { Payload } from './payload.ts';

const TIMEOUT_MS = 10_000;

/** The receiver said no, in a way that will not change. */
export class Refused extends Error {}

/**
 * Posts to an address that was checked: what is connected to is what was looked up, and a redirect is a failure. Rejects
 * with a reason; with `Refused` where another try is of no use.
 */
export async function post(address: string, { body, headers }: Payload): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Refused(`${JSON.stringify(address)} is no http(s) address`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [ip] = await resolveHost(host);
  const status = await new Promise<number>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, {
      method: 'POST',
      host: ip,
      servername: host,
      agent: false,
      timeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS * 2),
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
    });
    outgoing.once('response', (response) => {
      // Nobody reads what it says.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
  if (status >= 200 && status < 300) return;
  const reason = `it answered ${status}`;
  if (status >= 500 || status === 408 || status === 429) throw new Error(reason);
  throw new Refused(reason);
}
