import {
  AppsV1Api,
  CoreV1Api,
  type Informer,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  type V1ConfigMap,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';

const namespace = 'default';
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

const map = (name: string, data: Record<string, string> = {}): V1ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { suite: 'client' } },
  data,
});

describe('@kubernetes/client-node', () => {
  test('reads, lists and writes typed objects', async () => {
    await core.createNamespacedConfigMap({ namespace, body: map('typed', { a: '1' }) });
    const read = await core.readNamespacedConfigMap({ namespace, name: 'typed' });
    expect(read.data).toEqual({ a: '1' });
    expect(read.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const replaced = await core.replaceNamespacedConfigMap({
      namespace,
      name: 'typed',
      body: { ...read, data: { b: '2' } },
    });
    expect(replaced.data).toEqual({ b: '2' });
    await expect(
      core.replaceNamespacedConfigMap({ namespace, name: 'typed', body: read }),
    ).rejects.toMatchObject({ code: 409 });
    const nodes = await core.listNode();
    expect(nodes.items.map((node) => node.metadata?.name)).toEqual(['sim-0']);
    const status = await core.deleteNamespacedConfigMap({ namespace, name: 'typed' });
    expect(status.status).toBe('Success');
    await expect(core.readNamespacedConfigMap({ namespace, name: 'typed' })).rejects.toMatchObject({
      code: 404,
    });
  });

  test('an informer follows from the list through every change', async () => {
    await core.createNamespacedConfigMap({ namespace, body: map('before') });
    const list = () => core.listNamespacedConfigMap({ namespace, labelSelector: 'suite=client' });
    const informer: Informer<V1ConfigMap> = makeInformer(
      config,
      `/api/v1/namespaces/${namespace}/configmaps`,
      list,
      'suite=client',
    );
    const seen: string[] = [];
    for (const event of ['add', 'update', 'delete'] as const)
      informer.on(event, (object: V1ConfigMap) =>
        seen.push(`${event} ${object.metadata?.name} ${object.data?.a ?? ''}`),
      );
    await informer.start();
    await core.createNamespacedConfigMap({ namespace, body: map('during', { a: '1' }) });
    await core.patchNamespacedConfigMap({
      namespace,
      name: 'during',
      body: [{ op: 'replace', path: '/data/a', value: '2' }],
    });
    await core.deleteNamespacedConfigMap({ namespace, name: 'during' });
    await eventually(() =>
      expect(seen).toEqual(['add before ', 'add during 1', 'update during 2', 'delete during 2']),
    );
    await informer.stop();
  });

  test('a watch gives events until it is ended', async () => {
    const seen: string[] = [];
    const ended = Promise.withResolvers<void>();
    const controller = await new Watch(config).watch(
      '/api/v1/namespaces',
      { labelSelector: 'kubernetes.io/metadata.name=watched' },
      (type, object: { metadata: { name: string } }) => seen.push(`${type} ${object.metadata.name}`),
      () => ended.resolve(),
    );
    await core.createNamespace({ body: { metadata: { name: 'watched' } } });
    await eventually(() => expect(seen).toContain('ADDED watched'));
    controller.abort();
    await ended.promise;
  });

  test('server-side apply of any object', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const spec = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'applied', namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'applied' } },
        template: {
          metadata: { labels: { app: 'applied' } },
          spec: { containers: [{ name: 'c', image: 'nginx' }] },
        },
      },
    };
    await objects.patch(spec, undefined, undefined, 'suite', true, PatchStrategy.ServerSideApply);
    const apps = config.makeApiClient(AppsV1Api);
    await eventually(async () => {
      const deployment = await apps.readNamespacedDeployment({ namespace, name: 'applied' });
      expect(deployment.status?.readyReplicas).toBe(1);
    });
    const other = { ...spec, spec: { ...spec.spec, replicas: 2 } };
    await expect(
      objects.patch(other, undefined, undefined, 'other', false, PatchStrategy.ServerSideApply),
    ).rejects.toMatchObject({ code: 409 });
    const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'applied' });
    expect(scale.spec?.replicas).toBe(1);
  });
});
