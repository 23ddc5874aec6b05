import type { EndpointSlice, Endpoints } from '@gantry/api/generated/types';
import { endpointSlices, endpoints, services } from '@gantry/client/resources';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { endpointSliceMirroringController } from './controller.ts';
import { decideMirror } from './decide.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const custom = (subsets: NonNullable<Endpoints['subsets']>, more: object = {}): Endpoints => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'db', namespace: 'a', uid: 'e', ...more },
  subsets,
});
const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'a' },
  spec: { ports: [{ port: 5432, protocol: 'TCP' }], ...spec },
});
const stored = (slices: readonly EndpointSlice[]): EndpointSlice[] =>
  slices.map((slice, i) => ({ ...slice, metadata: { ...slice.metadata, name: `db-${i}` } }));

test('addresses go into one slice a family and set of ports, with labels and annotations', () => {
  const source = custom(
    [
      {
        addresses: [{ ip: '10.0.0.9', hostname: 'one' }, { ip: 'fd00::9' }],
        notReadyAddresses: [{ ip: '10.0.0.10', nodeName: 'n' }],
        ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
      },
    ],
    {
      labels: { team: 'x' },
      annotations: { note: 'y', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    },
  );
  const { create, update, remove } = decideMirror(source, []);
  expect([update, remove]).toEqual([[], []]);
  expect(create.map(({ addressType, endpoints: list }) => [addressType, list?.length])).toEqual([
    ['IPv4', 2],
    ['IPv6', 1],
  ]);
  expect(create[0]).toMatchObject({
    metadata: {
      generateName: 'db-',
      labels: {
        team: 'x',
        'kubernetes.io/service-name': 'db',
        'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
      },
      annotations: { note: 'y' },
      ownerReferences: [{ kind: 'Endpoints', name: 'db', controller: true }],
    },
    ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
    endpoints: [
      { addresses: ['10.0.0.9'], hostname: 'one', conditions: { ready: true } },
      { addresses: ['10.0.0.10'], nodeName: 'n', conditions: { ready: false } },
    ],
  });
  expect(create[0]?.metadata.annotations).toEqual({ note: 'y' });
});

test('mirroring again changes nothing, whatever was there before', () => {
  const subset = fc.record({
    addresses: fc.array(fc.integer({ min: 1, max: 9 }).map((n) => ({ ip: `10.0.0.${n}` }))),
    notReadyAddresses: fc.array(fc.integer({ min: 1, max: 9 }).map((n) => ({ ip: `fd00::${n}` }))),
    ports: fc.record({ name: fc.constantFrom('', 'x'), port: fc.constantFrom(1, 2) }).map((port) => [port]),
  });
  const scenes = fc.array(subset, { maxLength: 4 });
  fc.assert(
    fc.property(scenes, scenes, (before, after) => {
      const old = stored(decideMirror(custom(before), []).create);
      const plan = decideMirror(custom(after), old);
      const changed = new Map(plan.update.map((slice) => [slice.metadata.name, slice]));
      const next = [
        ...old
          .filter((slice) => !plan.remove.includes(slice))
          .map((slice) => changed.get(slice.metadata.name) ?? slice),
        ...plan.create.map((slice, i) => ({ ...slice, metadata: { ...slice.metadata, name: `new-${i}` } })),
      ];
      expect(decideMirror(custom(after), next)).toEqual({ create: [], update: [], remove: [], skipped: 0 });
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('slices follow the Endpoints of a Service without selector, and go with them', async () => {
  scene = harness([endpointSliceMirroringController()]);
  const { client } = scene;
  const list = async () => (await client.list(endpointSlices, { namespace: 'a' })).items;
  const addresses = async () =>
    (await list()).flatMap((slice) => (slice.endpoints ?? []).flatMap((one) => one.addresses));
  scene.start();
  await client.create(services, service({}));
  const made = await client.create(
    endpoints,
    custom([{ addresses: [{ ip: '10.1.2.3' }], ports: [{ port: 80 }] }]),
  );
  await vi.waitFor(async () => expect(await addresses()).toEqual(['10.1.2.3']));
  const [first] = await list();
  const moved = await client.update(endpoints, {
    ...made,
    subsets: [{ addresses: [{ ip: '10.2.3.4' }], ports: [{ port: 80 }] }],
  });
  await vi.waitFor(async () => expect(await addresses()).toEqual(['10.2.3.4']));
  expect((await list()).map(({ metadata }) => metadata.uid)).toEqual([first?.metadata.uid]);
  await client.update(endpoints, {
    ...moved,
    metadata: { ...moved.metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  });
  await vi.waitFor(async () => expect(await addresses()).toEqual([]));
});

test('Services with a selector are left to their own controller', async () => {
  scene = harness([endpointSliceMirroringController()]);
  const { client } = scene;
  await client.create(services, service({ selector: { app: 'db' } }));
  await client.create(endpoints, custom([{ addresses: [{ ip: '10.1.2.3' }] }]));
  await client.create(services, { ...service({}), metadata: { name: 'other', namespace: 'a' } });
  await client.create(endpoints, {
    ...custom([{ addresses: [{ ip: '10.1.2.4' }] }]),
    metadata: { name: 'other', namespace: 'a' },
  });
  scene.start();
  await vi.waitFor(async () => {
    const { items } = await client.list(endpointSlices, { namespace: 'a' });
    expect(items.map(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'])).toEqual(['other']);
  });
});
