import { get, type RequestOptions } from 'node:https';
import { describeFailure } from '../../../outbound/call-error.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 1024 * 1024;

/** The status did not say that a document follows. */
export class FetchStatusError extends Error {
  override readonly name = 'FetchStatusError';
  /** `404 Not Found` */
  readonly status: string;

  constructor(url: string, code: number, text: string) {
    super(`${url} answered ${code}`);
    this.status = `${code} ${text}`.trim();
  }
}

/** Reads a document of an issuer over HTTPS: at most 1 MiB, in 30 s. Redirects are not followed. */
export function fetchText(url: string, options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) response.destroy(new Error(`${url} answered more than ${MAX_BYTES} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = response;
        if (statusCode !== 200) reject(new FetchStatusError(url, statusCode, statusMessage));
        else resolve(Buffer.concat(chunks).toString());
      });
    });
    request.on('error', (error) =>
      reject(new Error(`Get ${JSON.stringify(url)}: ${describeFailure(error)}`, { cause: error })),
    );
  });
}

/** As fetchText, of JSON. */
export const fetchJson = async (url: string, options: RequestOptions): Promise<unknown> =>
  JSON.parse(await fetchText(url, options)) as unknown;
