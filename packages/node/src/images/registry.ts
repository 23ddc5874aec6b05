import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { blobPath, MANIFEST_TYPE, readIndex } from './oci.ts';

export interface Registry {
  /** On 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the images of `imagesDir` on loopback by the OCI distribution protocol, read only: the names of other
 * registries are told apart by the `ns` parameter that containerd adds for a mirror. With `certsDir`, containerd is
 * told to ask here first; a 404 sends it on to the registry that the name says. Does not keep the process alive.
 */
export async function startRegistry(options: {
  readonly imagesDir: string;
  readonly certsDir?: string;
  /** 0 or absent = any free one. */
  readonly port?: number;
  /** Images still being made: asked with `docker.io/library/nginx`, the answer is awaited before a 404. */
  readonly pending?: (name: string) => Promise<unknown> | undefined;
}): Promise<Registry> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  if (options.certsDir !== undefined) await writeHosts(options.certsDir, port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function writeHosts(certsDir: string, port: number): Promise<void> {
  const dir = join(certsDir, '_default');
  await mkdir(dir, { recursive: true });
  await writeFile(
    join(dir, 'hosts.toml'),
    `[host."http://127.0.0.1:${port}"]\n  capabilities = ["pull", "resolve"]\n`,
  );
}

async function answer(
  options: Pick<Parameters<typeof startRegistry>[0], 'imagesDir' | 'pending'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(response, 405, 'UNSUPPORTED');
  if (url.pathname === '/v2' || url.pathname === '/v2/') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  const match = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname);
  const [, name, what, reference] = match ?? [];
  if (name === undefined || reference === undefined) return fail(response, 404, 'NAME_UNKNOWN');
  const namespace = url.searchParams.get('ns') ?? 'docker.io';
  const full = `${namespace}/${name}`;
  const dir = options.imagesDir;
  let tags = (await readIndex(dir))?.images[full];
  const making = tags === undefined ? options.pending?.(full) : undefined;
  if (making !== undefined) {
    await making;
    tags = (await readIndex(dir))?.images[full];
  }
  if (tags === undefined) return fail(response, 404, 'NAME_UNKNOWN');
  const isManifest = what === 'manifests';
  const digest = isManifest && !reference.startsWith('sha256:') ? tags[reference] : reference;
  const path = digest === undefined ? undefined : blobPath(dir, digest);
  const size =
    path === undefined
      ? undefined
      : await stat(path).then(
          (found) => found.size,
          () => undefined,
        );
  if (path === undefined || digest === undefined || size === undefined) {
    return fail(response, 404, isManifest ? 'MANIFEST_UNKNOWN' : 'BLOB_UNKNOWN');
  }
  response.writeHead(200, {
    'content-type': isManifest ? MANIFEST_TYPE : 'application/octet-stream',
    'content-length': size,
    'docker-content-digest': digest,
  });
  if (request.method === 'HEAD') response.end();
  else if (isManifest) response.end(await readFile(path));
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
}

function fail(response: ServerResponse, code: number, reason: string): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errors: [{ code: reason, message: reason.toLowerCase().replace('_', ' ') }] }));
}
