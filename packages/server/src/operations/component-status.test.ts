import { builtinKinds } from '@gantry/api/kinds';
import { createMemoryStore } from '@gantry/store/memory-store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../api-server.ts';
import { admin } from '../testing/test-server.ts';

let server: Awaited<ReturnType<typeof createServer>>;
beforeAll(async () => {
  const quiet = () => undefined;
  server = await createServer({
    store: createMemoryStore({ busyResources: new Set() }),
    kinds: builtinKinds,
    services: { clusterIps: '10.96.0.0/24', nodePorts: '30000-30099' },
    version: { gantryVersion: '0.1.0', gitCommit: 'test', buildDate: '2026-01-01T00:00:00Z' },
    serverAddress: '127.0.0.1:6443',
    log: { info: quiet, warn: quiet, error: quiet },
    plugins: () => ({
      authenticate: () => admin,
      authorizer: { authorize: () => ({ allowed: true, reason: '' }) },
    }),
    components: {
      scheduler: async () => ({ healthy: false, message: 'HTTP probe failed with statuscode: 500' }),
      'etcd-0': async () => ({ healthy: true, message: 'ok' }),
      'controller-manager': () => Promise.reject(new Error('who?')),
    },
  });
});
afterAll(() => server.close());

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const [bare = '', query = ''] = path.split('?');
  const raw = await server.dispatch(admin, {
    ...{ method, path: `/api/v1/componentstatuses${bare}`, headers },
    query: new URLSearchParams(query),
  });
  return { status: raw.status, headers: raw.headers, body: JSON.parse(raw.body.toString()) as object };
};

it('tells of the parts that were asked, with the warning of a kind that is going', async () => {
  const { body, headers } = await get('');
  expect(body).toEqual({
    ...{ kind: 'ComponentStatusList', apiVersion: 'v1', metadata: {} },
    items: [
      {
        metadata: { name: 'controller-manager' },
        conditions: [{ type: 'Healthy', status: 'Unknown', error: 'who?' }],
      },
      { metadata: { name: 'etcd-0' }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] },
      {
        metadata: { name: 'scheduler' },
        conditions: [{ type: 'Healthy', status: 'False', message: 'HTTP probe failed with statuscode: 500' }],
      },
    ],
  });
  expect(headers.warning).toEqual(['299 - "v1 ComponentStatus is deprecated in v1.19+"']);
});

it('gives one, a table, and what a selector takes', async () => {
  expect((await get('/etcd-0')).body).toMatchObject({
    kind: 'ComponentStatus',
    metadata: { name: 'etcd-0' },
  });
  const table = await get('', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  expect(table.body).toMatchObject({
    rows: [
      { cells: ['controller-manager', 'Unhealthy', '', 'who?'] },
      { cells: ['etcd-0', 'Healthy', 'ok', ''] },
      { cells: ['scheduler', 'Unhealthy', 'HTTP probe failed with statuscode: 500', ''] },
    ],
  });
  expect((await get('?labelSelector=a')).body).toMatchObject({ items: [] });
  expect((await get('?fieldSelector=metadata.name%3Detcd-0')).body).toMatchObject({
    items: [{ metadata: { name: 'etcd-0' } }],
  });
});

it('knows no others, and is not written or watched', async () => {
  const missing = await get('/nope');
  expect([missing.status, missing.body]).toMatchObject([
    404,
    { message: 'componentstatus "nope" not found' },
  ]);
  for (const method of ['POST', 'DELETE']) expect((await get('', {}, method)).status).toBe(405);
  expect((await get('?watch=true')).status).toBe(405);
});
