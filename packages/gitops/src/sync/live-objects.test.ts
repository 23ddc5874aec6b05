import type { Informer, InformerFactory, InformerHandler } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import type { ServedKinds } from '../render/kinds.ts';
import { LiveObjects } from './live-objects.ts';

const configMap = (resourceVersion: string, uid = 'u'): AnyObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'ns', uid, resourceVersion },
});

function fixture() {
  let held: AnyObject | undefined;
  let handler: InformerHandler<AnyObject> = {};
  const informer = {
    addHandler: (given: InformerHandler<AnyObject>) => {
      handler = given;
    },
    start: () => undefined,
    whenSynced: async () => undefined,
    get: () => held,
  } as unknown as Informer<AnyObject>;
  const factory = { informer: () => informer } as unknown as InformerFactory;
  const kinds = { find: async () => ({ plural: 'configmaps', verbs: ['watch'] }) } as unknown as ServedKinds;
  const live = new LiveObjects(factory, kinds, new AbortController().signal);
  return {
    live,
    holds: (object: AnyObject | undefined) => {
      held = object;
    },
    deleted: (object: AnyObject) => handler.onDelete?.(object),
    version: async () => (await live.get('v1', 'ConfigMap', 'ns', 'a'))?.metadata.resourceVersion,
  };
}

test('an apply is believed until the informer has seen as much', async () => {
  const { live, holds, version } = fixture();
  holds(configMap('9'));
  live.applied([configMap('10')]);
  expect(await version()).toBe('10');
  holds(configMap('11'));
  expect(await version()).toBe('11');
});

test('an object that was deleted or made anew is not hidden by what was applied before', async () => {
  const { live, holds, version, deleted } = fixture();
  holds(configMap('9'));
  live.applied([configMap('20')]);
  await version();
  deleted(configMap('20'));
  holds(undefined);
  expect(await version()).toBeUndefined();
  live.applied([configMap('30')]);
  holds(configMap('25', 'another'));
  expect(await version()).toBe('25');
});
