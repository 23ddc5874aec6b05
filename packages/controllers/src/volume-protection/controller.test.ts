import type { VolumeAttributesClass } from '@gantry/api/generated/types';
import { persistentVolumeClaims, volumeAttributesClasses } from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { attributesClassProtectionController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const named = (name: string): VolumeAttributesClass => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttributesClass',
  metadata: { name, finalizers: ['kubernetes.io/vac-protection'] },
  driverName: 'driver.example.com',
});

test('a class of volume attributes that is deleted goes once no claim names it', async () => {
  scene = harness([attributesClassProtectionController()]);
  const { client } = scene;
  await client.create(volumeAttributesClasses, named('free'));
  await client.create(volumeAttributesClasses, named('used'));
  await client.create(persistentVolumeClaims, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'claim', namespace: 'a' },
    spec: { volumeAttributesClassName: 'used' },
  });
  scene.start();
  await client.delete(volumeAttributesClasses, '', 'used');
  await client.delete(volumeAttributesClasses, '', 'free');
  await vi.waitFor(() => expect(client.peek(volumeAttributesClasses, '', 'free')).toBeUndefined());
  expect(client.peek(volumeAttributesClasses, '', 'used')?.metadata).toMatchObject({
    deletionTimestamp: expect.any(String),
    finalizers: ['kubernetes.io/vac-protection'],
  });
  await client.delete(persistentVolumeClaims, 'a', 'claim');
  await vi.waitFor(() => expect(client.peek(volumeAttributesClasses, '', 'used')).toBeUndefined());
});
