import { configMaps, namespaces, pods, serviceAccounts } from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { rootCaController } from '../root-ca/controller.ts';
import { serviceAccountController } from '../serviceaccount/controller.ts';
import { type Harness, harness } from '../testing/harness.ts';
import { namespaceController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const namespace = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
  spec: { finalizers: ['kubernetes'] },
});

test('a namespace gets its service account and CA, and when deleted goes after all it holds', async () => {
  scene = harness([namespaceController(), serviceAccountController(), rootCaController('PEM')]);
  const { client } = scene;
  scene.start();
  await client.create(namespaces, namespace('a'));
  await client.create(namespaces, namespace('b'));
  await vi.waitFor(() => {
    expect(client.peek(serviceAccounts, 'a', 'default')?.metadata.name).toBe('default');
    expect(client.peek(configMaps, 'b', 'kube-root-ca.crt')?.data).toEqual({ 'ca.crt': 'PEM' });
  });
  await client.create(pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'a', finalizers: ['test/hold'] },
    spec: { containers: [], nodeName: 'n' },
  });
  await client.delete(namespaces, '', 'a');
  await vi.waitFor(() => {
    const conditions = client.peek(namespaces, '', 'a')?.status?.conditions ?? [];
    expect(conditions.map(({ type, status, reason, message }) => [type, status, reason, message])).toEqual([
      [
        'NamespaceDeletionDiscoveryFailure',
        'False',
        'ResourcesDiscovered',
        'All resources successfully discovered',
      ],
      [
        'NamespaceDeletionGroupVersionParsingFailure',
        'False',
        'ParsedGroupVersions',
        'All legacy kube types successfully parsed',
      ],
      [
        'NamespaceDeletionContentFailure',
        'False',
        'ContentDeleted',
        'All content successfully deleted, may be waiting on finalization',
      ],
      [
        'NamespaceContentRemaining',
        'True',
        'SomeResourcesRemain',
        'Some resources are remaining: pods. has 1 resource instances',
      ],
      [
        'NamespaceFinalizersRemaining',
        'True',
        'SomeFinalizersRemain',
        'Some content in the namespace has finalizers remaining: test/hold in 1 resource instances',
      ],
    ]);
  });
  const pod = await client.get(pods, 'a', 'p');
  await client.update(pods, { ...pod, metadata: { ...pod.metadata, finalizers: [] } });
  await client.delete(pods, 'a', 'p', { gracePeriodSeconds: 0 }).catch(() => undefined);
  await vi.waitFor(() => expect(client.peek(namespaces, '', 'a')).toBeUndefined(), { timeout: 8000 });
  expect(client.all(configMaps).map(({ metadata }) => metadata.namespace)).toEqual(['b']);
});

test('a namespace goes though the server was away when it was its turn', async () => {
  scene = harness([namespaceController()]);
  const { client } = scene;
  const refused = new Error('connect ECONNREFUSED 127.0.0.1:6443');
  const get = vi.spyOn(client, 'get').mockRejectedValue(refused);
  scene.start();
  await client.create(namespaces, namespace('a'));
  await client.delete(namespaces, '', 'a');
  await vi.waitFor(() => expect(get).toHaveBeenCalled());
  get.mockRestore();
  await vi.waitFor(() => expect(client.peek(namespaces, '', 'a')).toBeUndefined(), { timeout: 8000 });
});
