import {
  CoreV1Api,
  type Informer,
  KubeConfig,
  makeInformer,
  type V1ConfigMap,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';

const namespace = 'default';
const MAPS = `/api/v1/namespaces/${namespace}/configmaps`;
const RECONNECT_MS = 100;

let gantry: Gantry;
let config: KubeConfig;
let core: CoreV1Api;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:1');
  config = new KubeConfig();
  config.loadFromFile(gantry.status.kubeconfig);
  core = config.makeApiClient(CoreV1Api);
});
afterAll(() => gantry?.purge());

const create = (name: string, suite: string): Promise<V1ConfigMap> =>
  core.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels: { suite } } } });

interface Seen {
  readonly type: string;
  readonly object: V1ConfigMap;
}

/** Watches until `enough` says so of the events so far. */
async function watch(
  query: Record<string, string | boolean>,
  enough: (seen: readonly Seen[]) => boolean,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const whole = Promise.withResolvers<void>();
  const controller = await new Watch(config).watch(
    MAPS,
    query,
    (type: string, object: V1ConfigMap) => {
      seen.push({ type, object });
      if (enough(seen)) whole.resolve();
    },
    () => whole.resolve(),
  );
  await whole.promise;
  controller.abort();
  return seen;
}

/** Follows the ConfigMaps of a suite, as programs do: what fails is started again a moment later. */
function follow(suite: string) {
  const seen: string[] = [];
  let lists = 0;
  let failures = 0;
  const list = () => {
    lists += 1;
    return core.listNamespacedConfigMap({ namespace, labelSelector: `suite=${suite}` });
  };
  const informer: Informer<V1ConfigMap> = makeInformer(config, MAPS, list, `suite=${suite}`);
  for (const event of ['add', 'update', 'delete'] as const)
    informer.on(event, ({ metadata }: V1ConfigMap) => seen.push(`${event} ${metadata?.name}`));
  let ended = false;
  informer.on('error', () => {
    failures += 1;
    // Its end is told as an error too.
    if (!ended) setTimeout(() => informer.start(), RECONNECT_MS);
  });
  const stop = (): Promise<void> => {
    ended = true;
    return informer.stop();
  };
  return { seen, start: () => informer.start(), stop, lists: () => lists, failures: () => failures };
}

describe('@kubernetes/client-node watches', () => {
  test('streams the state first, and a bookmark at its end', async () => {
    await create('one', 'state');
    await create('two', 'state');
    const seen = await watch(
      {
        labelSelector: 'suite=state',
        sendInitialEvents: true,
        resourceVersionMatch: 'NotOlderThan',
        allowWatchBookmarks: true,
      },
      (events) => events.some(({ type }) => type === 'BOOKMARK'),
    );
    expect(seen.map(({ type, object }) => `${type} ${object.metadata?.name ?? ''}`)).toEqual([
      'ADDED one',
      'ADDED two',
      'BOOKMARK ',
    ]);
    expect(seen[2]?.object.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(Number(seen[2]?.object.metadata?.resourceVersion)).toBeGreaterThanOrEqual(
      Number(seen[1]?.object.metadata?.resourceVersion),
    );
  });

  test('goes on from any version, and ends when it was told to', async () => {
    const first = await create('first', 'version');
    await create('second', 'version');
    await core.deleteNamespacedConfigMap({ namespace, name: 'first' });
    const seen = await watch(
      {
        labelSelector: 'suite=version',
        resourceVersion: first.metadata?.resourceVersion ?? '',
        timeoutSeconds: '1',
      },
      () => false,
    );
    expect(seen.map(({ type, object }) => `${type} ${object.metadata?.name}`)).toEqual([
      'ADDED second',
      'DELETED first',
    ]);
  });

  test('an informer goes on where it was when the server was killed', async () => {
    const { seen, start, stop, lists, failures } = follow('restart');
    await start();
    await create('before', 'restart');
    await eventually(() => expect(seen).toEqual(['add before']));
    const server = gantry.status.components.find(({ name }) => name === 'apiserver');
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await eventually(() => expect(failures()).toBeGreaterThan(0));
    await eventually(() => create('after', 'restart'), 60_000);
    await core.deleteNamespacedConfigMap({ namespace, name: 'before' });
    await eventually(() => expect(seen).toEqual(['add before', 'add after', 'delete before']));
    expect(lists()).toBe(1);
    await stop();
  });

  test('an informer goes on after the server was stopped and started', async () => {
    const { seen, start, stop, lists } = follow('stopped');
    await start();
    await create('early', 'stopped');
    await eventually(() => expect(seen).toEqual(['add early']));
    expect((await gantry.run('down')).code).toBe(0);
    await gantry.start();
    await create('late', 'stopped');
    await eventually(() => expect(seen).toEqual(['add early', 'add late']));
    expect(lists()).toBe(1);
    await stop();
  });
});
