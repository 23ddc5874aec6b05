import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createTrpcRoute } from './handler.ts';
import { admin, FakeAccounts, FakeServer, failure } from './testing/fake-server.ts';

const POD = '/api/v1/namespaces/shop/pods/web';
let server: Server | undefined;

afterEach(() => server?.close());

/** Asks procedures over HTTP as a browser does. */
async function ask(fake: FakeServer, procedures: string, input: object): Promise<Response> {
  const route = createTrpcRoute({
    accounts: new FakeAccounts(),
    history: async () => [],
    past: fake.past,
  });
  server = createServer((request, response) => void route.handle(request, response, admin, fake.dispatch));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const query = `batch=1&input=${encodeURIComponent(JSON.stringify(input))}`;
  return fetch(`http://127.0.0.1:${port}/trpc/${procedures}?${query}`, { headers: { connection: 'close' } });
}

const pod = { resource: { group: '', version: 'v1', plural: 'pods' }, namespace: 'shop', name: 'web' };

it('answers for an object that is not there as for any other, and says so in the body', async () => {
  const answer = await ask(new FakeServer(), 'resources.get', { 0: pod });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject([{ error: { data: { code: 'NOT_FOUND', httpStatus: 404 } } }]);
});

it('answers other refusals with their status', async () => {
  const fake = new FakeServer().on(`GET ${POD}`, { status: 403, body: failure(403, 'Forbidden', 'no') });
  expect((await ask(fake, 'resources.get', { 0: pod })).status).toBe(403);
});

it('has no answer for a procedure that is not there', async () => {
  expect((await ask(new FakeServer(), 'resources.nothing', { 0: pod })).status).toBe(404);
});
