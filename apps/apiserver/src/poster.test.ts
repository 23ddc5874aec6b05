import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPoster, type Poster } from './poster.ts';

let folder: string;
let server: Server;
let poster: Poster;
let answer: { readonly status: number; readonly text: string } | undefined;
const paths: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-poster-'));
  paths.splice(0);
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    if (answer === undefined) request.socket.destroy();
    else response.writeHead(answer.status).end(answer.text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const file = join(folder, 'kubeconfig');
  await writeFile(
    file,
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'c', users: [] },
      clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port}/hook` } }],
      contexts: [{ name: 'c', context: { cluster: 'a', user: '' } }],
    }),
  );
  poster = createPoster(file, 2_000);
});
afterEach(async () => {
  poster.close();
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

it('words failures for clients: without the file that names the server', async () => {
  answer = { status: 200, text: '{"a":1}' };
  expect(await poster.post('{}')).toEqual({ a: 1 });
  expect(paths).toEqual(['/hook?timeout=2s']);
  answer = { status: 500, text: 'boom' };
  await expect(poster.post('{}')).rejects.toThrow(
    /^an error on the server \("boom"\) has prevented the request from succeeding$/,
  );
  answer = undefined;
  await expect(poster.post('{}')).rejects.toThrow(
    /^Post "http:\/\/127\.0\.0\.1:\d+\/hook\?timeout=2s": EOF$/,
  );
});
