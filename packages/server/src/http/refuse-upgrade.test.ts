import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { afterEach, expect, it, vi } from 'vitest';
import type { AdmissionPlugin } from '../request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const tls = { cert: pem('server.crt'), key: pem('server.key') };
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await test?.close();
});

/** Asks for an upgrade that must not happen; what is answered instead. */
function refusal(port: number, path: string, method = 'GET'): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'SPDY/3.1' };
    const target = { host: '127.0.0.1', port, path, method, headers };
    const outgoing = httpsRequest({ ...target, agent: false, rejectUnauthorized: false });
    outgoing.on('response', (response: IncomingMessage) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve([response.statusCode, text]));
    });
    outgoing.on('upgrade', () => reject(new Error('upgraded')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

it('gives back the seats of a large answer once it is sent', async () => {
  const server = await startTestServer();
  test = server;
  await server.server.start();
  const listening = await server.server.listen({ tls, host: '127.0.0.1', port: 0 });
  const data = { text: 'x'.repeat(300 * 1024) };
  await server.call('POST', CONFIG_MAPS, { body: { metadata: { name: 'large' }, data } });
  const executing = async (): Promise<string | undefined> => {
    const { raw } = await server.call('GET', '/metrics');
    return /^apiserver_current_inflight_requests\{request_kind="readOnly"\} (.+)$/m.exec(
      raw.body.toString(),
    )?.[1];
  };
  const before = await executing();
  // Seats also come back after a while whatever happens: that must not be what gives them back here.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const [status, text] = await refusal(listening.port, `${CONFIG_MAPS}/large`);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ kind: 'ConfigMap', data });
  while ((await executing()) !== before) await new Promise((resolve) => setImmediate(resolve));
  vi.useRealTimers();
  await listening.close(0);
});

it('is what an upgrade gets while the server ends', async () => {
  const [arrived, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: AdmissionPlugin = {
    name: 'Slow',
    handles: (kind, operation) => kind.plural === 'configmaps' && operation === 'CREATE',
    async mutate() {
      arrived.resolve();
      await gate.promise;
    },
  };
  const upgraded: string[] = [];
  const exec = {
    ...{ group: '', resource: 'pods', subresource: 'exec' },
    upgrade: async (request: IncomingMessage) => void upgraded.push(request.url ?? ''),
  };
  const server = await startTestServer({ admission: [slow], connectHandlers: [exec] });
  test = server;
  const { port, close } = await server.server.listen({ tls, host: '127.0.0.1', port: 0 });
  const underWay = server.call('POST', CONFIG_MAPS, { body: { metadata: { name: 'a' } } });
  await arrived.promise;
  const closing = close();
  for (const [method, path] of [
    ['POST', '/api/v1/namespaces/default/pods/p/exec?command=ls'],
    ['GET', CONFIG_MAPS],
  ] as const) {
    const [status, text] = await refusal(port, path, method);
    expect([status, JSON.parse(text)]).toMatchObject([503, { message: 'apiserver is shutting down' }]);
  }
  expect(upgraded).toEqual([]);
  gate.resolve();
  expect((await underWay).status).toBe(201);
  await closing;
});
