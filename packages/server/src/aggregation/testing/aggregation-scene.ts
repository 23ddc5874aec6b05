import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AnyObject } from '@gantry/machinery/object';
import { expect, vi } from 'vitest';
import { encodeBody } from '../../cache/encode-body.ts';
import {
  type Received,
  startHttpsServer,
  type TestHttpsServer,
  testAuthority,
  testAuthorityBundle,
} from '../../outbound/testing/review-server.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const pem = (name: string): Buffer =>
  readFileSync(new URL(`../../outbound/testdata/${name}`, import.meta.url));
export const PATH = '/apis/apiregistration.k8s.io/v1/apiservices';
export const NAME = 'v1alpha1.wardle.example.com';

/** What the remote server tells of its resources. */
export const RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'wardle.example.com/v1alpha1',
  resources: [
    { name: 'flunders', singularName: 'flunder', namespaced: true, kind: 'Flunder', verbs: ['get', 'list'] },
    { name: 'flunders/status', singularName: '', namespaced: true, kind: 'Flunder', verbs: ['get'] },
  ],
};

/** A remote API server with discovery, OpenAPI, and an echo of the path for the rest. */
export function answer({ path }: Received): unknown {
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

interface Condition {
  readonly reason: string;
  readonly status: string;
  readonly message: string;
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

export interface AggregationScene {
  readonly api: TestServer;
  /** Where `api` listens. */
  readonly port: number;
  /** The server behind the Service; answers as `answer` does, until told otherwise. */
  readonly remote: TestHttpsServer;
  /** GET over TLS. */
  call(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Creates the APIService. */
  register(): Promise<void>;
  /** Creates the Service's EndpointSlice, which leads to `remote`. */
  putSlice(): Promise<void>;
  /** The condition Available, once it is as expected. */
  available(reason: string): Promise<Condition | undefined>;
  /** Registers the APIService with all that it needs. */
  serve(): Promise<void>;
  close(): Promise<void>;
}

/** An API server that listens, and a server to aggregate. */
export async function startAggregation(): Promise<AggregationScene> {
  const remote = await startHttpsServer(answer);
  const api = await startTestServer();
  const { server } = api;
  const tls = { cert: pem('server.crt'), key: pem('server.key'), clientCa: pem('ca.crt') };
  const listening = await server.listen({ tls, host: '127.0.0.1', port: 0 });
  await server.start();
  await api.call('POST', '/api/v1/namespaces', { body: { metadata: { name: 'demo' } } });
  const { port } = listening;
  const scene: AggregationScene = {
    api,
    port,
    remote,
    call: (path, headers = {}) => get(port, path, headers),
    register: () => register(api),
    putSlice: () => putSlice(api, remote.port),
    async available(reason) {
      const seen = async () => expect(await condition(api)).toMatchObject({ reason });
      await vi.waitFor(seen, { timeout: 10_000 });
      return condition(api);
    },
    async serve() {
      await api.call('POST', '/api/v1/namespaces/demo/services', {
        body: { metadata: { name: 'hook' }, spec: { ports: [{ port: 443 }] } },
      });
      await scene.putSlice();
      await scene.register();
      await scene.available('Passed');
    },
    async close() {
      await listening.close(0);
      await api.close();
      await remote.close();
    },
  };
  return scene;
}

async function register(api: TestServer): Promise<void> {
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
}

async function condition(api: TestServer): Promise<Condition | undefined> {
  const { body } = await api.call('GET', `${PATH}/${NAME}`);
  return (body.status?.conditions as unknown as readonly Condition[] | undefined)?.[0];
}

function get(port: number, path: string, headers: Record<string, string>): Promise<Answer> {
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
async function putSlice(api: TestServer, port: number): Promise<void> {
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
    ports: [{ name: '', port, protocol: 'TCP' }],
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
