import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied } from '../admission/denial.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const tls = { cert: pem('server.crt'), key: pem('server.key'), clientCa: pem('ca.crt') };

const seen: AdmissionRequest[] = [];
const noAttach: AdmissionPlugin = {
  name: 'NoAttach',
  handles: (_kind, operation) => operation === 'CONNECT',
  validate(request) {
    seen.push(request);
    if (request.attributes.subresource === 'attach') throw denied(request, 'nobody attaches here');
  },
};

let api: TestServer;
let port = 0;
let close: () => Promise<void>;

beforeAll(async () => {
  const handler = (subresource: string, resource = 'pods') => ({
    ...{ group: '', resource, subresource },
    request: async (_request: unknown, response: { end(text: string): unknown }) =>
      void response.end(`${subresource} runs`),
  });
  api = await startTestServer({
    admission: [noAttach],
    connectHandlers: [
      ...['exec', 'attach', 'log', 'proxy'].map((subresource) => handler(subresource)),
      handler('proxy', 'services'),
    ],
  });
  const listening = await api.server.listen({ tls, host: '127.0.0.1', port: 0 });
  port = listening.port;
  close = () => listening.close(0);
});
afterAll(async () => {
  await close();
  await api.close();
});

function call(path: string, method = 'POST', headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      { host: 'localhost', port, path, method, ca: pem('ca.crt'), headers },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve(`${response.statusCode} ${text}`));
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const PODS = '/api/v1/namespaces/default/pods/p';

describe('connections', () => {
  it('go through admission with their query as an object', async () => {
    seen.length = 0;
    expect(await call(`${PODS}/exec?command=ls&command=-l&stdin=true&container=c`)).toBe('200 exec runs');
    expect(seen[0]).toMatchObject({
      operation: 'CONNECT',
      attributes: { name: 'p', namespace: 'default', subresource: 'exec' },
      object: {
        kind: 'PodExecOptions',
        apiVersion: 'v1',
        command: ['ls', '-l'],
        stdin: true,
        container: 'c',
      },
    });
  });

  it('are refused before anything happens, upgraded or not', async () => {
    const message = 'pods \\"p\\" is forbidden: nobody attaches here';
    expect(await call(`${PODS}/attach?stdin=true`)).toContain(message);
    const upgrade = { connection: 'Upgrade', upgrade: 'SPDY/3.1' };
    expect(await call(`${PODS}/attach?stdin=true`, 'POST', upgrade)).toMatch(/^4/);
  });

  it('are not asked about logs, which are reads', async () => {
    seen.length = 0;
    expect(await call(`${PODS}/log`, 'GET')).toBe('200 log runs');
    expect(seen).toEqual([]);
  });

  it('of a proxy pass every method on, OPTIONS too; others have their own', async () => {
    for (const resource of ['pods', 'services'])
      expect(await call(`/api/v1/namespaces/default/${resource}/p/proxy/x`, 'OPTIONS')).toBe(
        '200 proxy runs',
      );
    const refused = JSON.parse((await call(`${PODS}/exec`, 'OPTIONS')).slice('405 '.length)) as object;
    expect(refused).toMatchObject({ kind: 'Status', reason: 'MethodNotAllowed', code: 405 });
  });
});
