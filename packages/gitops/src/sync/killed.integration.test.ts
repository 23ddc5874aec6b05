import type { Application } from '@gantry/api/generated/types';
import { applications, jobs } from '@gantry/client/resources';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { deployment, endHook, hook, hooksOf, ready, wave } from '../testing/workloads.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

test('a sync that is killed in the middle of it goes on where it was', async () => {
  const tree = await fixture.workTree('struck');
  const commit = await tree.commit({
    'pre.yaml': hook('pre', 'gitops.gantry.dev/hook: PreSync'),
    'a.yaml': configMap('a', 'x', wave(-1)),
    'b.yaml': deployment('web'),
    'c.yaml': configMap('c', 'x', wave(1)),
  });
  const push = tree.git('push', 'origin', 'main');
  const [job] = await until(async () => {
    const all = await hooksOf(fixture, 'struck', 'pre');
    expect(all).toHaveLength(1);
    return all;
  });
  await fixture.sync.kill('SIGKILL');
  await push;
  fixture.sync = await fixture.cluster.startSync();
  await until(async () =>
    expect((await fixture.application('struck')).status?.operation?.phase).toBe('PreSync'),
  );
  // The same run of the hook, not a second one.
  const same = await endHook(fixture, 'struck', 'pre', 'Complete');
  expect(same.metadata.uid).toBe(job?.metadata.uid);
  await until(async () => {
    const { operation } = (await fixture.application('struck')).status ?? {};
    expect(operation).toMatchObject({ phase: 'Sync', wave: 0, applied: true });
  });
  await fixture.sync.kill('SIGKILL');
  await ready(fixture, 'struck', 'web');
  fixture.sync = await fixture.cluster.startSync();
  const status = await fixture.settled('struck', { sync: 'Synced', health: 'Healthy', commit });
  expect(status?.history).toMatchObject([{ commit, result: 'Applied', waves: 3, created: 3 }]);
  const { spec } = await fixture.cluster.admin.get<Application>(applications, 'struck', 'struck');
  expect(spec.user).toBe('admin');
});

test('a sync that is killed between the transactions of a large commit stores the rest at its next start', async () => {
  const count = 4_100;
  const tree = await fixture.workTree('huge');
  await tree.commit({ 'a.yaml': configMap('first', 'x') });
  await tree.git('push', 'origin', 'main');
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index += 1) {
    const file = `part-${index % 41}.yaml`;
    files[file] = `${files[file] ?? ''}---\n${configMap(`map-${index}`, 'x')}`;
  }
  const commit = await tree.commit(files);
  const push = tree.git('push', 'origin', 'main');
  const stored = async (): Promise<number> => {
    const list = await fixture.cluster.admin.request<{
      items: unknown[];
      metadata: { remainingItemCount?: number };
    }>('GET', '/api/v1/namespaces/huge/configmaps?limit=1');
    return list.items.length + (list.metadata.remainingItemCount ?? 0);
  };
  while ((await stored()) === 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await fixture.sync.kill('SIGKILL');
  await push;
  // Whole transactions, never a part of one.
  const part = await stored();
  expect(part === count + 1 || part % 125 === 0).toBe(true);
  fixture.sync = await fixture.cluster.startSync();
  // A busy machine takes its time over so many.
  const done = { sync: 'Synced', health: 'Healthy', commit } as const;
  const status = await fixture.settled('huge', done, 'huge', 180_000);
  expect(await stored()).toBe(count + 1);
  expect(status?.objects).toHaveLength(count + 1);
  expect(status?.history?.[0]).toMatchObject({ transactions: 33, created: count });
}, 300_000);

test('a hook that ended and went while no sync ran has ended as it did, and is not run again', async () => {
  const tree = await fixture.workTree('went');
  const commit = await tree.commit({
    'pre.yaml': hook('pre', 'gitops.gantry.dev/hook: PreSync'),
    'a.yaml': configMap('a', 'x'),
  });
  const push = tree.git('push', 'origin', 'main');
  await until(async () => {
    const { operation } = (await fixture.application('went')).status ?? {};
    expect(operation).toMatchObject({ phase: 'PreSync', applied: true });
  });
  await fixture.sync.kill('SIGKILL');
  await push;
  const job = await endHook(fixture, 'went', 'pre', 'Complete');
  await fixture.cluster.admin.delete(jobs, 'went', job.metadata.name, { propagationPolicy: 'Background' });
  expect(await hooksOf(fixture, 'went', 'pre')).toHaveLength(0);
  fixture.sync = await fixture.cluster.startSync();
  const status = await fixture.settled('went', { sync: 'Synced', health: 'Healthy', commit });
  expect(status?.history).toMatchObject([{ commit, result: 'Applied', created: 1 }]);
  expect(await hooksOf(fixture, 'went', 'pre')).toHaveLength(0);
});
