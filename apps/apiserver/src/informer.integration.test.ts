import { join } from 'node:path';
import { startPostgres } from '@gantry/postgres/launcher';
import { openPostgresStore } from '@gantry/store/postgres-store';
import { CoreV1Api, KubeConfig, makeInformer, type V1ConfigMap, Watch } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const [namespace, labelSelector] = ['default', 'suite=informer'];
const PATIENCE = { timeout: 30_000 };

let server: ApiProcess;
let config: KubeConfig;
let core: CoreV1Api;
beforeAll(async () => {
  server = await startApiProcess(() => []);
  config = new KubeConfig();
  config.loadFromFile(server.kubeconfig);
  core = config.makeApiClient(CoreV1Api);
});
afterAll(() => server?.stop());

const create = (name: string): Promise<V1ConfigMap> =>
  core.createNamespacedConfigMap({
    namespace,
    body: { metadata: { name, labels: { suite: 'informer' } } },
  });

/** Drops all history, as time would. */
async function forget(): Promise<void> {
  const { connection } = await startPostgres({ dataDir: join(server.data, 'postgres') });
  const store = await openPostgresStore({ connection, busyResources: new Set() });
  await store.compact({ objectsMs: 0, busyMs: 0, now: Date.now() + 1000 });
  await store.close();
}

it('an informer whose version is forgotten lists again, and misses nothing', async () => {
  let lists = 0;
  const seen: string[] = [];
  const list = () => {
    lists += 1;
    return core.listNamespacedConfigMap({ namespace, labelSelector });
  };
  const informer = makeInformer<V1ConfigMap>(config, MAPS, list, labelSelector);
  for (const event of ['add', 'delete'] as const)
    informer.on(event, ({ metadata }) => seen.push(`${event} ${metadata?.name}`));
  const early = await create('early');
  await create('gone');
  await informer.start();
  await vi.waitFor(() => expect(seen).toEqual(['add early', 'add gone']), PATIENCE);

  // While it is away, and the server's memory begins after that.
  await informer.stop();
  await create('late');
  await core.deleteNamespacedConfigMap({ namespace, name: 'gone' });
  await forget();
  await server.restart();
  await informer.start();
  await vi.waitFor(() => expect(seen.slice(2).toSorted()).toEqual(['add late', 'delete gone']), PATIENCE);
  expect(lists).toBe(2);
  await create('last');
  await vi.waitFor(() => expect(seen).toContain('add last'), PATIENCE);
  expect(lists).toBe(2);
  await informer.stop();

  const told: unknown[] = [];
  await new Promise((resolve) => {
    const query = { resourceVersion: early.metadata?.resourceVersion ?? '' };
    new Watch(config).watch(MAPS, query, (_type, object) => told.push(object), resolve);
  });
  expect(told).toMatchObject([{ kind: 'Status', code: 410, reason: 'Expired' }]);
});
