import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AnyObject } from '@gantry/machinery/object';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBody } from '../cache/encode-body.ts';
import {
  type Received,
  startHttpsServer,
  type TestHttpsServer,
  testAuthority,
  testAuthorityBundle,
} from '../outbound/testing/review-server.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url));
const PATH = '/apis/apiregistration.k8s.io/v1/apiservices';
const NAME = 'v1alpha1.wardle.example.com';

let remote: TestHttpsServer;
let api: TestServer;
let port = 0;
let close: () => Promise<void>;

const RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'wardle.example.com/v1alpha1',
  resources: [
    { name: 'flunders', singularName: 'flunder', namespaced: true, kind: 'Flunder', verbs: ['get', 'list'] },
    { name: 'flunders/status', singularName: '', namespaced: true, kind: 'Flunder', verbs: ['get'] },
  ],
};

function answer({ path }: Received): unknown {
  if (path === '/apis') return { kind: 'APIGroupList', groups: [] };
  if (path === '/apis/wardle.example.com/v1alpha1') return RESOURCES;
  if (path === '/openapi/v3')
    return {
      paths: { 'apis/wardle.example.com/v1alpha1': { serverRelativeURL: '/openapi/v3/x?hash=abc' } },
    };
  if (path === '/openapi/v3/apis/wardle.example.com/v1alpha1') return { openapi: '3.0.0', info: 'wardle' };
  if (path === '/openapi/v2')
    return {
      swagger: '2.0',
      paths: {
        '/apis/wardle.example.com/v1alpha1/flunders': {
          get: { responses: { 200: { schema: { $ref: '#/definitions/wardle.Flunder' } } } },
        },
        '/apis/other/v1/things': {},
      },
      definitions: { 'wardle.Flunder': { type: 'object' }, 'wardle.Unused': { type: 'object' } },
    };
  return { kind: 'Flunder', path };
}

beforeAll(async () => {
  remote = await startHttpsServer(answer);
  api = await startTestServer();
  const { server } = api;
  const tls = { cert: pem('server.crt'), key: pem('server.key'), clientCa: pem('ca.crt') };
  const listening = await server.listen({ tls, host: '127.0.0.1', port: 0 });
  port = listening.port;
  close = () => listening.close(0);
  await server.start();
  await api.call('POST', '/api/v1/namespaces', { body: { metadata: { name: 'demo' } } });
});

afterAll(async () => {
  await close();
  await api.close();
  await remote.close();
});

interface Condition {
  readonly reason: string;
  readonly status: string;
  readonly message: string;
}

async function condition(): Promise<Condition | undefined> {
  const { body } = await api.call('GET', `${PATH}/${NAME}`);
  return (body.status?.conditions as unknown as readonly Condition[] | undefined)?.[0];
}

/** The condition Available, once it is as expected. */
async function available(reason: string): Promise<Condition | undefined> {
  await expect.poll(condition, { timeout: 10_000 }).toMatchObject({ reason });
  return condition();
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

function call(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      { host: 'localhost', port, path, ca: testAuthority, headers },
      (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Past validation, which takes no loopback address. */
async function putSlice(): Promise<void> {
  const slice: AnyObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'hook-1',
      namespace: 'demo',
      uid: 'e1',
      labels: { 'kubernetes.io/service-name': 'hook' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
    ports: [{ name: '', port: remote.port, protocol: 'TCP' }],
  } as unknown as AnyObject;
  const key = { resource: 'endpointslices.discovery.k8s.io', namespace: 'demo', name: 'hook-1' };
  await api.store.write({
    op: 'create',
    key,
    uid: 'e1',
    body: encodeBody(slice),
    guards: [],
    author: 'test',
  });
}

describe('local APIServices', () => {
  it('exist for each group and version, and are available', async () => {
    const { body } = await api.call('GET', `${PATH}/v1.apps`);
    expect(body).toMatchObject({
      metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } },
      spec: { group: 'apps', version: 'v1', groupPriorityMinimum: 17_800, versionPriority: 15 },
    });
    await expect
      .poll(async () => (await api.call('GET', `${PATH}/v1.apps`)).body.status?.conditions)
      .toMatchObject([
        {
          type: 'Available',
          status: 'True',
          reason: 'Local',
          message: 'Local APIServices are always available',
        },
      ]);
    expect((await api.call('GET', `${PATH}/v1.`)).status).toBe(200);
    expect((await api.call('GET', `${PATH}/v1.apiregistration.k8s.io`)).status).toBe(404);
  });
});

describe('a remote APIService', () => {
  it('turns available as its Service does', async () => {
    await api.call('POST', PATH, {
      body: {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: NAME },
        spec: {
          group: 'wardle.example.com',
          version: 'v1alpha1',
          service: { namespace: 'demo', name: 'hook', port: 443 },
          caBundle: testAuthorityBundle,
          groupPriorityMinimum: 2000,
          versionPriority: 200,
        },
      },
    });
    expect(await available('ServiceNotFound')).toMatchObject({
      status: 'False',
      message: 'service/hook in "demo" is not present',
    });
    expect(await call('/apis/wardle.example.com/v1alpha1/flunders')).toEqual({
      status: 503,
      type: 'text/plain; charset=utf-8',
      text: 'service unavailable\n',
    });
    await api.call('POST', '/api/v1/namespaces/demo/services', {
      body: { metadata: { name: 'hook' }, spec: { ports: [{ port: 444 }] } },
    });
    expect((await available('ServicePortError'))?.message).toBe(
      'service/hook in "demo" is not listening on port 443',
    );
    await api.call('PATCH', '/api/v1/namespaces/demo/services/hook', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { ports: [{ port: 443 }] } },
    });
    expect((await available('EndpointsNotFound'))?.message).toBe(
      'cannot find endpointslices for service/hook in "demo"',
    );
    await putSlice();
    expect(await available('Passed')).toMatchObject({ status: 'True', message: 'all checks passed' });
    const check = remote.received.at(0);
    expect(check?.headers).toMatchObject({
      'x-remote-user': 'system:kube-aggregator',
      'x-remote-group': 'system:masters',
    });
  });

  it('gets requests with their user', async () => {
    remote.received.length = 0;
    const path = '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders/a?x=1';
    const { status, text } = await call(path, { authorization: 'Basic secret', 'x-remote-user': 'root' });
    expect([status, JSON.parse(text)]).toEqual([200, { kind: 'Flunder', path }]);
    const headers = remote.received.find((one) => one.path === path)?.headers;
    expect(headers).toMatchObject({
      'x-remote-user': 'admin',
      'x-remote-group': 'system:masters, system:authenticated',
    });
    expect(headers?.authorization).toBeUndefined();
  });

  it('shows in discovery, by its priority', async () => {
    const groups = (await call('/apis')).text;
    const names = (JSON.parse(groups) as { groups: { name: string }[] }).groups.map(({ name }) => name);
    expect(names).toContain('wardle.example.com');
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    await expect
      .poll(async () => {
        const { text } = await call('/apis', { accept });
        const { items } = JSON.parse(text) as { items: { metadata: { name: string } }[] };
        return items.find(({ metadata }) => metadata.name === 'wardle.example.com');
      })
      .toMatchObject({
        versions: [
          {
            version: 'v1alpha1',
            freshness: 'Current',
            resources: [
              {
                resource: 'flunders',
                responseKind: { group: '', version: '', kind: 'Flunder' },
                scope: 'Namespaced',
                subresources: [{ subresource: 'status', verbs: ['get'] }],
              },
            ],
          },
        ],
      });
    expect(JSON.parse((await call('/apis/wardle.example.com')).text)).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { version: 'v1alpha1' },
    });
    expect(JSON.parse((await call('/apis/wardle.example.com/v1alpha1')).text)).toEqual(RESOURCES);
  });

  it('shows in OpenAPI', async () => {
    const path = 'apis/wardle.example.com/v1alpha1';
    await expect
      .poll(async () => (JSON.parse((await call('/openapi/v3')).text) as { paths: object }).paths)
      .toMatchObject({ [path]: { serverRelativeURL: `/openapi/v3/${path}?hash=abc` } });
    expect(JSON.parse((await call(`/openapi/v3/${path}?hash=abc`)).text)).toMatchObject({ info: 'wardle' });
    const swagger = JSON.parse((await call('/openapi/v2')).text) as {
      paths: Record<string, unknown>;
      definitions: Record<string, unknown>;
    };
    expect(swagger.paths).toHaveProperty([`/${path}/flunders`]);
    expect(swagger.paths).not.toHaveProperty(['/apis/other/v1/things']);
    expect(swagger.definitions).toHaveProperty(['wardle.Flunder']);
    expect(swagger.definitions).not.toHaveProperty(['wardle.Unused']);
    expect(swagger.definitions).toHaveProperty(['io.k8s.api.core.v1.Pod']);
  });

  it('is reached over HTTP/2 with a body', async () => {
    remote.answer(({ body }) => ({ kind: 'Echo', body }));
    const session = connect(`https://localhost:${port}`, { ca: testAuthority });
    const stream = session.request({
      ':method': 'POST',
      ':path': '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders',
      'content-type': 'application/json',
    });
    stream.end(JSON.stringify({ kind: 'Flunder' }));
    let text = '';
    for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString();
    session.close();
    expect(JSON.parse(text)).toEqual({ kind: 'Echo', body: { kind: 'Flunder' } });
    remote.answer(answer);
  });

  it('streams its answers', async () => {
    let more = (): void => undefined;
    remote.answer((_received, response) => {
      response.write('first\n');
      more = () => void response.end('second\n');
    });
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const path = '/apis/wardle.example.com/v1alpha1/flunders?watch=true';
      const outgoing = httpsRequest({ host: 'localhost', port, path, ca: testAuthority }, (response) => {
        response.on('data', (chunk: Buffer) => {
          seen.push(chunk.toString());
          if (seen.length === 1) more();
        });
        response.on('end', resolve);
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
    expect(seen).toEqual(['first\n', 'second\n']);
    remote.answer(answer);
  });

  it('takes over upgraded connections', async () => {
    const path = '/apis/wardle.example.com/v1alpha1/namespaces/demo/flunders/a/shell';
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { connection: 'Upgrade', upgrade: 'echo' };
      const outgoing = httpsRequest({ host: 'localhost', port, path, ca: testAuthority, headers });
      outgoing.on('upgrade', (_response, socket, head: Buffer) => {
        let read = head.toString();
        const look = (): void => {
          if (!read.endsWith('hello\n')) return;
          socket.destroy();
          resolve(read);
        };
        socket.on('data', (chunk: Buffer) => {
          read += chunk.toString();
          look();
        });
        socket.on('error', reject);
        socket.write('hello\n');
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
    expect(text).toBe(`admin ${path}\nhello\n`);
  });

  it('does not lead anywhere else', async () => {
    remote.answer((_received, response) => void response.writeHead(302, { location: '/' }).end());
    expect((await call('/apis/wardle.example.com/v1alpha1/flunders')).status).toBe(502);
    remote.answer(answer);
  });

  it('is unavailable once its server fails', async () => {
    remote.answer((_received, response) => void response.writeHead(500).end());
    await api.call('PATCH', `${PATH}/${NAME}`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { versionPriority: 201 } },
    });
    expect((await available('FailedDiscoveryCheck'))?.message).toMatch(
      /^failing or missing response from https:\/\/127\.0\.0\.1:\d+\/apis\/wardle\.example\.com\/v1alpha1: bad status from .*: 500$/,
    );
    remote.answer(answer);
    await available('Passed');
  });
});
