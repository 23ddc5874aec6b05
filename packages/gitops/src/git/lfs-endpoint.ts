import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isObject } from '@gantry/machinery/json';
import type { LfsPointer } from './lfs-pointer.ts';
import { LfsRefusal, type LfsStore } from './lfs-store.ts';

/** A request about files of Git LFS: the batch of a repository, or one file. */
export type LfsPath = { readonly name: string; readonly oid?: string };

const SHAPE = /^\/git\/([^/]+?)(?:\.git)?\/info\/lfs\/objects\/(batch|[0-9a-f]{64})$/;
const TYPE = 'application/vnd.git-lfs+json';
const BODY_MAX_BYTES = 1 << 20;
const BATCH_MAX = 1_000;
/** Nothing came or went for so long: nobody is there any more. */
const IDLE_MS = 60_000;

/** Undefined for any other path. */
export function lfsPath(path: string): LfsPath | undefined {
  const [, name, what = ''] = SHAPE.exec(path) ?? [];
  if (name === undefined) return undefined;
  return what === 'batch' ? { name } : { name, oid: what };
}

export interface LfsRequest {
  readonly path: LfsPath;
  readonly gitdir: string;
  readonly store: LfsStore;
  /** Why the user may not do this; undefined = allowed. */
  readonly whyDenied: (action: 'fetch' | 'push') => Promise<string | undefined>;
}

/**
 * The batch API of Git LFS with basic transfers (git-lfs, docs/api/batch.md, basic-transfers.md), by the rights of fetches
 * and pushes. There are no locks.
 */
export async function serveLfs(
  request: IncomingMessage,
  response: ServerResponse,
  lfs: LfsRequest,
): Promise<void> {
  request.setTimeout(IDLE_MS, () => request.destroy());
  response.setTimeout(IDLE_MS, () => response.destroy());
  try {
    const { oid } = lfs.path;
    if (oid === undefined) await batch(request, response, lfs);
    else if (request.method === 'PUT') await upload(request, response, lfs, oid);
    else if (request.method === 'GET') await download(response, lfs, oid);
    else throw new LfsRefusal(405, 'files are got and put');
  } catch (error) {
    if (!(error instanceof LfsRefusal)) throw error;
    // What was not read of an upload is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    json(response, error.status, { message: error.message });
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': TYPE });
  response.end(JSON.stringify(body));
}

async function require(lfs: LfsRequest, action: 'fetch' | 'push'): Promise<void> {
  const why = await lfs.whyDenied(action);
  if (why !== undefined) throw new LfsRefusal(403, why);
}

async function batch(request: IncomingMessage, response: ServerResponse, lfs: LfsRequest): Promise<void> {
  if (request.method !== 'POST') throw new LfsRefusal(405, 'a batch is posted');
  const { operation, objects } = batchIn(await bodyOf(request));
  await require(lfs, operation === 'upload' ? 'push' : 'fetch');
  const home = homeOf(request);
  const { authorization } = request.headers;
  // The client's own: not every one sends it along by itself. Behind a TLS proxy that isn't known as one it would go in the clear.
  const header =
    authorization === undefined || !isSafe(home) ? {} : { header: { Authorization: authorization } };
  const answers: object[] = [];
  for (const { oid, size } of objects) {
    const href = `${home}/git/${lfs.path.name}.git/info/lfs/objects/${oid}`;
    const known = await lfs.store.sizeOf(lfs.gitdir, oid);
    const action =
      operation === 'upload' ? { upload: { href, ...header } } : { download: { href, ...header } };
    if (operation === 'upload') {
      const refusal = known === undefined ? await lfs.store.whyRefused(lfs.gitdir, { oid, size }) : undefined;
      if (known !== undefined) answers.push({ oid, size });
      else if (refusal === undefined) answers.push({ oid, size, authenticated: true, actions: action });
      else answers.push({ oid, size, error: { code: refusal.status, message: refusal.message } });
    } else if (known === undefined)
      answers.push({ oid, size, error: { code: 404, message: 'there is no such file here' } });
    else answers.push({ oid, size: known, authenticated: true, actions: action });
  }
  json(response, 200, { transfer: 'basic', objects: answers, hash_algo: 'sha256' });
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  lfs: LfsRequest,
  oid: string,
): Promise<void> {
  await require(lfs, 'push');
  const size = Number(request.headers['content-length'] ?? Number.NaN);
  if (!Number.isSafeInteger(size) || size < 0) throw new LfsRefusal(411, 'an upload says how large it is');
  await lfs.store.write(lfs.gitdir, { oid, size }, request).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new LfsRefusal(507, 'the disk is full');
    if (error instanceof LfsRefusal || !request.destroyed) throw error;
    // Whoever sent it is gone.
    throw new LfsRefusal(400, 'the upload was cut off');
  });
  response.writeHead(200).end();
}

async function download(response: ServerResponse, lfs: LfsRequest, oid: string): Promise<void> {
  await require(lfs, 'fetch');
  const size = await lfs.store.sizeOf(lfs.gitdir, oid);
  if (size === undefined) throw new LfsRefusal(404, 'there is no such file here');
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
  await pipeline(lfs.store.read(lfs.gitdir, oid), response).catch(() => response.destroy());
}

interface Batch {
  readonly operation: 'upload' | 'download';
  readonly objects: readonly LfsPointer[];
}

function batchIn(text: string): Batch {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new LfsRefusal(400, 'that is no JSON');
  }
  const { operation, objects, transfers, hash_algo: hash = 'sha256' } = isObject(body) ? body : {};
  if (operation !== 'upload' && operation !== 'download')
    throw new LfsRefusal(422, 'operation is neither upload nor download');
  if (hash !== 'sha256') throw new LfsRefusal(409, 'only sha256 is understood here');
  if (Array.isArray(transfers) && transfers.length > 0 && !transfers.includes('basic'))
    throw new LfsRefusal(422, 'only basic transfers are understood here');
  if (!Array.isArray(objects) || objects.length > BATCH_MAX)
    throw new LfsRefusal(422, `objects is no list of at most ${BATCH_MAX}`);
  return {
    operation,
    objects: objects.map((one: unknown) => {
      const { oid, size } = isObject(one) ? one : {};
      if (
        typeof oid !== 'string' ||
        !/^[0-9a-f]{64}$/.test(oid) ||
        !Number.isSafeInteger(size) ||
        Number(size) < 0
      )
        throw new LfsRefusal(422, 'an object has an oid of 64 digits and a size');
      return { oid, size: Number(size) };
    }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) throw new LfsRefusal(413, 'that is too much for a batch');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** How the client came here: through the console, which says so, or directly. */
function homeOf({ headers }: IncomingMessage): string {
  const proto = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  const host = headers['x-forwarded-host'] ?? headers.host ?? '';
  // Of several proxies the first one names what the client called.
  const name = (Array.isArray(host) ? host[0] : host)?.split(',')[0]?.trim();
  if (!/^[\w.:[\]-]+$/.test(name ?? '') || !URL.canParse(`${proto}://${name}`))
    throw new LfsRefusal(400, 'the request names no host');
  return `${proto}://${name}`;
}

const isSafe = (home: string): boolean => {
  const { protocol, hostname } = new URL(home);
  return protocol === 'https:' || hostname === 'localhost' || /^(127\.|\[::1\]$)/.test(hostname);
};
