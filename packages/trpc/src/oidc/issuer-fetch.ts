import { request } from 'node:https';
import type { CustomFetch } from 'openid-client';

const TIMEOUT_MS = 15_000;
const ANSWER_MAX_BYTES = 1024 * 1024;

/** `fetch` of an issuer over TLS, whose certificate an authority of our own may have signed; bounded in time and size. */
export const issuerFetch =
  (ca: string | undefined): CustomFetch =>
  (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS), ...(ca === undefined ? {} : { ca }) },
        (answer) => {
          const chunks: Buffer[] = [];
          let size = 0;
          answer.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > ANSWER_MAX_BYTES)
              answer.destroy(new Error(`${url} answered more than ${ANSWER_MAX_BYTES} bytes`));
            else chunks.push(chunk);
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const type = answer.headers['content-type'];
            resolve(
              new Response(chunks.length === 0 ? null : Buffer.concat(chunks), {
                status: answer.statusCode ?? 502,
                ...(type === undefined ? {} : { headers: { 'content-type': type } }),
              }),
            );
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined || body === null ? undefined : String(body));
    });
