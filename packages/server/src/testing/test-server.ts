import { builtinKinds } from '@gantry/api/kinds';
import { createMemoryStore } from '@gantry/store/memory-store';
import type { Store } from '@gantry/store/port';
import { type ApiServer, createServer, type DispatchRequest, type Plugins } from '../api-server.ts';
import type { ApiResponse } from '../http/response.ts';
import type { OperationsOptions } from '../operations/options.ts';
import type { UserInfo } from '../request.ts';

export const admin: UserInfo = { name: 'admin', groups: ['system:masters', 'system:authenticated'] };

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface TestServer {
  readonly server: ApiServer;
  readonly store: Store;
  /** Sends as admin; parses a JSON body. */
  call(method: string, path: string, options?: Omit<DispatchRequest, 'method' | 'path'>): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** JSON of unknown shape, to look into with `?.`; leaves are compared, never used. */
export interface Loose {
  readonly [key: string]: Loose | undefined;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: ApiResponse['headers'];
  readonly body: Loose;
  readonly raw: ApiResponse;
}

/** A whole API server over the in-memory store, reached through dispatch. Everybody may do everything. */
export async function startTestServer(
  plugins: Partial<Plugins> = {},
  store: Store = createMemoryStore({
    busyResources: new Set(['leases.coordination.k8s.io', 'events', 'nodes']),
  }),
  operations: OperationsOptions = {},
): Promise<TestServer> {
  const server = await createServer({
    store,
    kinds: builtinKinds,
    services: { clusterIps: '10.96.0.0/24', nodePorts: '30000-30099' },
    version: { gantryVersion: '0.1.0', gitCommit: 'test', buildDate: '2026-01-01T00:00:00Z' },
    serverAddress: '127.0.0.1:6443',
    log: quiet,
    operations,
    plugins: () => ({
      authenticate: () => admin,
      authorizer: { authorize: () => ({ allowed: true, reason: '' }) },
      ...plugins,
    }),
  });
  const call: TestServer['call'] = async (method, path, options = {}) => {
    const [bare = '', query = ''] = path.split('?');
    const raw = await server.dispatch(admin, {
      method,
      path: bare,
      query: new URLSearchParams(query),
      ...options,
    });
    const json = String(raw.headers['content-type'] ?? '').includes('json') && raw.body.length > 0;
    return {
      status: raw.status,
      headers: raw.headers,
      body: (json ? JSON.parse(raw.body.toString()) : raw.body.toString()) as Loose,
      raw,
    };
  };
  const created = await call('POST', '/api/v1/namespaces', { body: { metadata: { name: 'default' } } });
  if (created.status !== 201 && created.status !== 409)
    throw new Error(`no namespace: ${JSON.stringify(created.body)}`);
  return {
    server,
    store,
    call,
    async close() {
      server.close();
      await store.close();
    },
  };
}
