import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '@gantry/api/generated/types';
import { nodes, persistentVolumeClaims, persistentVolumes, storageClasses } from '@gantry/client/resources';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { claimProtectionController, volumeProtectionController } from '../volume-protection/controller.ts';
import { persistentVolumeController } from './controller.ts';

let scene: Harness;
beforeEach(() => {
  scene = harness([
    persistentVolumeController('/data'),
    claimProtectionController(),
    volumeProtectionController(),
  ]);
  scene.start();
});
afterEach(() => scene.stop());

const claim = (name: string, storageClassName: string, storage = '1Gi'): PersistentVolumeClaim => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'a' },
  spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});
const volume = (name: string, storage: string): PersistentVolume => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: { capacity: { storage }, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], hostPath: { path: '/x' } },
});
const localPath: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local-path' },
  provisioner: 'gantry.dev/local-path',
  volumeBindingMode: 'WaitForFirstConsumer',
};
const claimOf = (name: string) => scene.client.peek(persistentVolumeClaims, 'a', name);
const soon = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });

test('a claim gets the smallest volume that is large enough; one that none fits waits', async () => {
  const { client } = scene;
  await client.create(persistentVolumes, volume('large', '10Gi'));
  await client.create(persistentVolumes, volume('medium', '2Gi'));
  await client.create(persistentVolumes, volume('small', '500Mi'));
  await soon(() =>
    expect(client.all(persistentVolumes).map(({ status }) => status?.phase)).toEqual([
      'Available',
      'Available',
      'Available',
    ]),
  );
  await client.create(persistentVolumeClaims, claim('c', '', '1Gi'));
  await client.create(persistentVolumeClaims, claim('huge', '', '1Ti'));
  await soon(() => {
    expect(claimOf('c')?.spec.volumeName).toBe('medium');
    expect(claimOf('c')?.status).toMatchObject({ phase: 'Bound', capacity: { storage: '2Gi' } });
    expect(claimOf('huge')?.status?.phase).toBe('Pending');
  });
  await client.delete(persistentVolumeClaims, 'a', 'c');
  await soon(() => expect(client.peek(persistentVolumes, '', 'medium')?.status?.phase).toBe('Released'));
});

test('a claim is bound to a volume of the attributes class that it asks for, and tells of it once', async () => {
  const { client } = scene;
  const gold = { volumeAttributesClassName: 'gold' };
  const made = volume('gold', '5Gi');
  await client.create(persistentVolumes, volume('plain', '1Gi'));
  await client.create(persistentVolumes, { ...made, spec: { ...made.spec, ...gold } });
  const asks = claim('c', '');
  await client.create(persistentVolumeClaims, { ...asks, spec: { ...asks.spec, ...gold } });
  await soon(() => expect(claimOf('c')?.status?.phase).toBe('Bound'));
  expect(claimOf('c')?.spec.volumeName).toBe('gold');
  expect(claimOf('c')?.status?.currentVolumeAttributesClassName).toBe('gold');
  const bound = claimOf('c');
  if (bound === undefined) throw new Error('no claim');
  const status = { ...bound.status, currentVolumeAttributesClassName: 'silver' };
  await client.update(persistentVolumeClaims, { ...bound, status }, { subresource: 'status' });
  await client.create(persistentVolumeClaims, claim('d', ''));
  await soon(() => expect(claimOf('d')?.status?.phase).toBe('Bound'));
  expect(claimOf('c')?.status?.currentVolumeAttributesClassName).toBe('silver');
});

test('a local-path claim waits for a node, then has a folder there; both go with the claim', async () => {
  const { client, events } = scene;
  await client.create(nodes, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', labels: { 'kubernetes.io/hostname': 'host-1' } },
    spec: {},
  });
  await client.create(storageClasses, localPath);
  const made = await client.create(persistentVolumeClaims, claim('c', 'local-path'));
  await soon(() => expect(claimOf('c')?.status?.phase).toBe('Pending'));
  expect(events).toContain(
    'Normal WaitForFirstConsumer waiting for first consumer to be created before binding',
  );
  await client.patch(
    persistentVolumeClaims,
    'a',
    'c',
    { metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'n1' } } },
    { type: 'merge' },
  );
  const name = `pvc-${made.metadata.uid}`;
  await soon(() => expect(claimOf('c')?.status?.phase).toBe('Bound'));
  const bound = client.peek(persistentVolumes, '', name);
  expect(bound?.spec.hostPath).toEqual({
    path: `/data/pvc-${made.metadata.uid}_a_c`,
    type: 'DirectoryOrCreate',
  });
  expect(JSON.stringify(bound?.spec.nodeAffinity)).toContain('"values":["host-1"]');
  await client.delete(persistentVolumeClaims, 'a', 'c');
  await soon(() => expect(client.all(persistentVolumes)).toEqual([]));
  expect(claimOf('c')).toBeUndefined();
});
