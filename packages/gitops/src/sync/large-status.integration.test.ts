import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Fixture } from '../testing/fixture.ts';

const COUNT = 5_000;

/** Tries until nothing throws; each try reads megabytes. */
const until = <T>(check: () => Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 120_000, interval: 1_000 });

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(() => fixture.close());

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: valves.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Valve, plural: valves, singular: valve}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;

/** Names and messages of which the status of all would be larger than a request may be. */
const valve = (index: number): string =>
  JSON.stringify({
    apiVersion: 'example.com/v1',
    kind: 'Valve',
    metadata: { name: `valve-${'x'.repeat(130)}-${index}` },
    status: {
      conditions: [
        { type: 'Ready', status: 'False', reason: 'Stuck', message: `${index} is stuck: ${'y'.repeat(300)}` },
      ],
    },
  });

/** As files of a thousand objects. */
const valves = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(count / 1_000) }, (_, file) => [
      `valves-${file}.yaml`,
      Array.from({ length: Math.min(1_000, count - file * 1_000) }, (__, index) =>
        valve(file * 1_000 + index),
      ).join('\n---\n'),
    ]),
  );

test('five thousand objects that fail are told of within what a status may hold', async () => {
  const tree = await fixture.workTree('valves');
  const commit = await tree.commit({
    'crd.yaml': CRD,
    ...valves(COUNT),
  });
  const said = await tree.git('push', 'origin', 'main');
  expect(said).toMatchObject({ code: 0, text: expect.stringContaining('valves  applied') });
  const status = await until(async () => {
    const { status: now } = await fixture.application('valves');
    expect(now).toMatchObject({ commit, sync: 'Synced', health: 'Degraded' });
    expect(now?.objects?.filter(({ health }) => health === 'Degraded')).toHaveLength(COUNT);
    return now;
  });
  expect(Buffer.byteLength(JSON.stringify(status))).toBeLessThan(3 << 20);
  const bare = status?.objects?.filter(
    ({ health, message }) => health === 'Degraded' && message === undefined,
  );
  expect(bare?.length).toBeGreaterThan(0);
  expect(status?.detailsOmitted).toBe(bare?.length);
  expect(fixture.sync.log()).not.toContain('too large');
  // The next commit goes through, too: what is held is known though not all of it is told.
  const next = await tree.commit({
    ...valves(COUNT - 1),
  });
  await tree.git('push', 'origin', 'main');
  await until(async () => {
    const { status: now } = await fixture.application('valves');
    expect(now).toMatchObject({ commit: next, sync: 'Synced' });
    expect(now?.objects).toHaveLength(COUNT);
  });
}, 600_000);
