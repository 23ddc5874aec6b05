import { type IncomingHttpHeaders, request } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upgraded {
  readonly socket: Duplex;
  /** Bytes that came with the answer. */
  readonly head: Buffer;
  readonly headers: IncomingHttpHeaders;
}

const TIMEOUT_MS = 30_000;

/** Asks a streaming server to switch protocols. Throws with its answer when it does not. */
export function upgrade(
  url: string,
  method: string,
  headers: Readonly<Record<string, string | string[]>>,
): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      headers: { connection: 'Upgrade', ...headers },
      timeout: TIMEOUT_MS,
    });
    outgoing.on('upgrade', (response, socket, head) => {
      // The timeout was for the answer; a shell may be silent for hours.
      socket.setTimeout(0);
      resolve({ socket, head, headers: response.headers });
    });
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, 2000);
      });
      response.on('end', () =>
        reject(new Error(`streaming server answered ${response.statusCode}: ${text.trim()}`)),
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('streaming server did not answer')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
