import type { ConfigMap } from '@gantry/api/generated/types';
import { configMaps } from '@gantry/client/resources';
import type { OwnerReference } from '@gantry/machinery/object';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { garbageCollectorController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const configMap = (name: string, ...owners: OwnerReference[]): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'a', name, ...(owners.length === 0 ? {} : { ownerReferences: owners }) },
});

const ref = ({ metadata }: ConfigMap, block = false): OwnerReference => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: metadata.name,
  uid: metadata.uid ?? '',
  blockOwnerDeletion: block,
});

const start = () => {
  const here = harness([garbageCollectorController()]);
  scene = here;
  here.start();
  return {
    ...here,
    names: () => here.client.all(configMaps).map(({ metadata }) => metadata.name),
    make: (name: string, ...owners: OwnerReference[]) =>
      here.client.create(configMaps, configMap(name, ...owners)),
  };
};
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 10 });

test('dependents follow their owner, down to the last, and one with another owner only loses the reference', async () => {
  const { client, names, make } = start();
  const owner = await make('owner');
  const other = await make('other');
  const child = await make('child', ref(owner));
  await make('grandchild', ref(child));
  await make('shared', ref(owner), ref(other));
  await client.delete(configMaps, 'a', 'owner');
  await soon(() => expect(names().sort()).toEqual(['other', 'shared']));
  await soon(() =>
    expect(client.peek(configMaps, 'a', 'shared')?.metadata.ownerReferences).toEqual([ref(other)]),
  );
});

test('an object whose owner never existed goes; one with the right uid stays', async () => {
  const { names, make } = start();
  const owner = await make('owner');
  await make('kept', ref(owner));
  await make('lost', { ...ref(owner), uid: 'other-uid' });
  await soon(() => expect(names().sort()).toEqual(['kept', 'owner']));
});

test('a foreground deletion ends after the dependents that block it', async () => {
  const { client, names, make } = start();
  const owner = await make('owner');
  const child = await make('child', ref(owner, true));
  await client.update(configMaps, { ...child, metadata: { ...child.metadata, finalizers: ['test/hold'] } });
  await client.delete(configMaps, 'a', 'owner', { propagationPolicy: 'Foreground' });
  await soon(() => expect(client.peek(configMaps, 'a', 'child')?.metadata.deletionTimestamp).toBeDefined());
  expect(names().sort()).toEqual(['child', 'owner']);
  const held = await client.get(configMaps, 'a', 'child');
  await client.update(configMaps, { ...held, metadata: { ...held.metadata, finalizers: [] } });
  await soon(() => expect(names()).toEqual([]));
});

test('a foreground deletion ends when the last dependent lets go of the owner', async () => {
  const { client, names, make } = start();
  const [owner, other] = [await make('owner'), await make('other')];
  const child = await make('child', ref(owner, true), ref(other));
  await client.delete(configMaps, 'a', 'owner', { propagationPolicy: 'Foreground' });
  await soon(() => expect(names().sort()).toEqual(['child', 'other']));
  expect(client.peek(configMaps, 'a', 'child')?.metadata).toMatchObject({
    uid: child.metadata.uid,
    ownerReferences: [ref(other)],
  });
});

test('the Orphan policy sets dependents free', async () => {
  const { client, names, make } = start();
  const owner = await make('owner');
  await make('child', ref(owner));
  await client.delete(configMaps, 'a', 'owner', { propagationPolicy: 'Orphan' });
  await soon(() => expect(names()).toEqual(['child']));
  expect(client.peek(configMaps, 'a', 'child')?.metadata.ownerReferences).toBeUndefined();
});
