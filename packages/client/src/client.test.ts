import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isStatusError } from '@gantry/machinery/status';
import { afterEach, expect, test } from 'vitest';
import { createClient, type OwnedClient } from './client.ts';
import { deployments, pods } from './resources.ts';

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(answer: Answer): Promise<OwnedClient> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => answer(request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createClient({ server: `http://127.0.0.1:${port}`, token: 'secret' });
  closers.push(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

test('a Status body becomes a StatusError; any other failure keeps its text', async () => {
  const client = await serve((request, _, response) => {
    response.statusCode = 404;
    response.end(
      request.url?.endsWith('/x') === true
        ? JSON.stringify({ kind: 'Status', reason: 'NotFound', message: 'pods "x" not found', code: 404 })
        : 'no such page',
    );
  });
  const known = await client.get(pods, 'a', 'x').catch((error: unknown) => error);
  expect(isStatusError(known, 'NotFound')).toBe(true);
  await expect(client.get(pods, 'a', 'y')).rejects.toMatchObject({ message: 'no such page', code: 404 });
});

test('paths, queries and headers are those of the API', async () => {
  const seen: string[] = [];
  const client = await serve((request, body, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''} ${body}`.trim());
    expect(request.headers.authorization).toBe('Bearer secret');
    response.end('{}');
  });
  await client.patch(deployments, 'a', 'web', { a: 1 }, { type: 'apply', fieldManager: 'me', force: true });
  await client.delete(pods, 'a', 'x', { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
  expect(seen).toEqual([
    'PATCH /apis/apps/v1/namespaces/a/deployments/web?fieldManager=me&force=true application/apply-patch+yaml {"a":1}',
    'DELETE /api/v1/namespaces/a/pods/x application/json {"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"propagationPolicy":"Background"}',
  ]);
});

test('429 with Retry-After is tried again; impersonation travels in headers', async () => {
  let calls = 0;
  const client = await serve((request, _, response) => {
    calls++;
    if (calls === 1) {
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    }
    response.end(JSON.stringify([request.headers['impersonate-user'], request.headers['impersonate-group']]));
  });
  expect(await client.as('jane', ['a', 'b']).request('GET', '/whoami')).toEqual(['jane', 'a, b']);
  expect(calls).toBe(2);
});

test('a watch yields events that arrive in pieces, with their type, and ends with the signal', async () => {
  const client = await serve((_, __, response) => {
    const text = `${JSON.stringify({ type: 'ADDED', object: { metadata: { name: 'ü' } } })}\n`;
    const bytes = Buffer.from(text);
    const cut = bytes.indexOf(0xc3) + 1;
    response.write(bytes.subarray(0, cut));
    setImmediate(() => response.write(bytes.subarray(cut)));
  });
  const stop = new AbortController();
  const names: string[] = [];
  const read = async () => {
    for await (const event of client.watch(pods, {}, stop.signal)) {
      if (event.type === 'ADDED') names.push(`${event.object.kind} ${event.object.metadata.name}`);
      stop.abort();
    }
  };
  await read().catch(() => undefined);
  expect(names).toEqual(['Pod ü']);
});
