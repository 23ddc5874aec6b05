import type { ConfigMap } from '@gantry/api/generated/types';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoffMs } from './informer.ts';
import { createInformerFactory } from './informer-factory.ts';
import { configMaps } from './resources.ts';
import { FakeClient } from './testing/fake-client.ts';

const configMap = (name: string, labels: Record<string, string> = {}): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'default', name, labels },
});

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
});
afterEach(() => stop.abort());

test('holds what was listed, follows changes and tells handlers in order', async () => {
  const client = new FakeClient();
  await client.create(configMaps, configMap('a'));
  const factory = createInformerFactory(client);
  const informer = factory.informer(configMaps);
  const seen: string[] = [];
  informer.addHandler({
    onUpdate: (object, old, initial) =>
      seen.push(
        `${initial ? 'initial ' : ''}${old === undefined ? 'add' : 'update'} ${object.metadata.name}`,
      ),
    onDelete: (object) => seen.push(`delete ${object.metadata.name}`),
  });
  await factory.startAll(stop.signal);
  const b = await client.create(configMaps, configMap('b'));
  await client.update(configMaps, { ...b, data: { x: '1' } });
  await client.delete(configMaps, 'default', 'a');
  await vi.waitFor(() => expect(seen).toEqual(['initial add a', 'add b', 'update b', 'delete a']));
  expect(informer.list('default').map((object) => object.metadata.name)).toEqual(['b']);
  expect(informer.get('default', 'b')?.data).toEqual({ x: '1' });
});

test('lists anew when the server has forgotten the revision, and reports what went meanwhile', async () => {
  const client = new FakeClient();
  await client.create(configMaps, configMap('a'));
  const factory = createInformerFactory(client);
  const informer = factory.informer(configMaps);
  const gone: string[] = [];
  informer.addHandler({ onDelete: (object) => gone.push(object.metadata.name) });
  await factory.startAll(stop.signal);
  vi.spyOn(client, 'watch').mockImplementationOnce(async function* () {
    yield* [];
  });
  client.compact();
  await client.delete(configMaps, 'default', 'a');
  client.compact();
  await client.create(configMaps, configMap('b'));
  await vi.waitFor(() => expect(informer.get('default', 'b')).toBeDefined(), { timeout: 5000 });
  expect(gone).toEqual(['a']);
});

test('an object that leaves the selection is deleted', async () => {
  const client = new FakeClient();
  const factory = createInformerFactory(client);
  const informer = factory.informer(configMaps, { labelSelector: 'app=x' });
  const seen: string[] = [];
  informer.addHandler({
    onUpdate: (object, old) => seen.push(`${old === undefined ? 'add' : 'update'} ${object.metadata.name}`),
    onDelete: (object) => seen.push(`delete ${object.metadata.name}`),
  });
  await factory.startAll(stop.signal);
  const made = await client.create(configMaps, configMap('a', { app: 'x' }));
  await client.create(configMaps, configMap('other'));
  await client.update(configMaps, { ...made, metadata: { ...made.metadata, labels: {} } });
  await vi.waitFor(() => expect(seen).toEqual(['add a', 'delete a']));
});

test('a server that is away is asked again within seconds, however long that takes', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(backoffMs(1, refused, 0.5)).toBe(800);
  expect(backoffMs(20, refused, 1)).toBe(4_500);
  expect(backoffMs(20, new Error('refused'), 1)).toBe(45_000);
  expect(backoffMs(2, undefined, 0)).toBe(800);
});
