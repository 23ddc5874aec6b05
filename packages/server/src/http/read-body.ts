import type { HttpRequest } from '../handler.ts';
import { bodyTooLarge, mediaTypeOf } from './body.ts';
import { parseApart } from './yaml-apart.ts';

/** Reads a body of at most `limit` bytes once. Throws RequestEntityTooLarge; rejects when the client goes away. */
export function bodyReader(request: HttpRequest, limit: number): () => Promise<Buffer> {
  let body: Promise<Buffer> | undefined;
  return () => {
    body ??= read(request, limit);
    return body;
  };
}

/** A long YAML body is parsed before anybody asks. */
async function read(request: HttpRequest, limit: number): Promise<Buffer> {
  const bytes = await readAll(request, limit);
  await parseApart(bytes, mediaTypeOf(request.headers['content-type']));
  return bytes;
}

function readAll(request: HttpRequest, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.reject(bodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        chunks.length = 0;
        reject(bodyTooLarge(limit));
        request.pause();
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the client went away')));
  });
}
