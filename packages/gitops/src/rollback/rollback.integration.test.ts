import type { Event, Namespace, Repository } from '@gantry/api/generated/types';
import { events, namespaces, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYNC_REQUESTED } from '../sync/request.ts';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { ROLLBACK_TO } from './goal.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

/** A repository with two commits, both applied. */
async function pushedTwice(name: string) {
  const tree = await fixture.workTree(name);
  const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
  await tree.git('push', 'origin', 'main');
  await fixture.settled(name, { commit: first, health: 'Healthy' });
  const second = await tree.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': configMap('b', 'new') });
  await tree.git('push', 'origin', 'main');
  await fixture.settled(name, { commit: second, health: 'Healthy' });
  return { tree, first, second };
}

const annotate = (name: string, annotations: Record<string, string>, namespace = name) =>
  fixture.patchApplication(name, { metadata: { annotations } }, namespace);

/** Stays at a commit although the sync has every occasion to go on. */
async function staysAt(name: string, commit: string): Promise<void> {
  await fixture.setValue(name, 'a', 'touched');
  await fixture.settled(name, { sync: 'OutOfSync', commit });
  await fixture.setValue(name, 'a', 'one');
  await fixture.settled(name, { sync: 'Synced', commit });
}

test('a rollback holds against auto-sync until another commit comes', async () => {
  const { tree, first, second } = await pushedTwice('back');
  await annotate('back', { [ROLLBACK_TO]: first.slice(0, 10) });
  const status = await fixture.settled('back', { sync: 'Synced', commit: first, targetCommit: second });
  expect(status?.quarantine).toMatchObject({ commit: second, rolledBackTo: first });
  expect(status?.history?.[0]).toMatchObject({
    commit: first,
    cause: 'Rollback',
    result: 'Applied',
    pruned: 1,
  });
  expect(status?.message).toContain(`${second.slice(0, 7)} is not applied again until another commit comes`);
  expect(await fixture.value('back', 'a')).toBe('one');
  await expect(fixture.value('back', 'b')).rejects.toThrow('not found');
  const { items } = await fixture.cluster.admin.list<Event>(events, { namespace: 'back' });
  expect(items.filter(({ reason }) => reason === 'RolledBack')).toHaveLength(1);
  await staysAt('back', first);
  await fixture.sync.kill('SIGKILL');
  fixture.sync = await fixture.cluster.startSync();
  await staysAt('back', first);
  const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
  expect((await tree.git('push', 'origin', 'main')).text).toContain('Healthy');
  const after = await fixture.settled('back', { sync: 'Synced', commit: third });
  expect(after).not.toHaveProperty('quarantine');
  expect(after).not.toHaveProperty('message');
});

test('a request for a sync lifts the quarantine', async () => {
  const { first, second } = await pushedTwice('lifted');
  await annotate('lifted', { [ROLLBACK_TO]: first });
  await fixture.settled('lifted', { commit: first });
  await annotate('lifted', { [SYNC_REQUESTED]: 'now' });
  const status = await fixture.settled('lifted', { sync: 'Synced', commit: second });
  expect(status).not.toHaveProperty('quarantine');
  expect(await fixture.value('lifted', 'a')).toBe('two');
  await annotate('lifted', { [ROLLBACK_TO]: `${first}@again` });
  await fixture.settled('lifted', { sync: 'Synced', commit: first });
});

test('reaches a commit that a forced push has left behind', async () => {
  const { tree, second } = await pushedTwice('forced');
  await tree.git('reset', '-q', '--hard', 'HEAD~1');
  const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
  await tree.git('push', '--force', 'origin', 'main');
  await fixture.settled('forced', { sync: 'Synced', commit: third });
  await annotate('forced', { [ROLLBACK_TO]: second });
  await fixture.settled('forced', { sync: 'Synced', commit: second, targetCommit: third });
  expect(await fixture.value('forced', 'a')).toBe('two');
  // The other way round: what is followed again is another commit than the quarantined one.
  await tree.git('push', '--force', 'origin', `${second}:main`);
  const status = await fixture.settled('forced', { sync: 'Synced', commit: second, targetCommit: second });
  expect(status).not.toHaveProperty('quarantine');
});

test('works without automation, and says what it can not go back to', async () => {
  const { first, second } = await pushedTwice('careful');
  await fixture.patchApplication('careful', { spec: { syncPolicy: { automated: false } } });
  await annotate('careful', { [ROLLBACK_TO]: 'f00ba12' });
  await until(async () =>
    expect((await fixture.application('careful')).status?.message).toBe(
      `gitops.gantry.dev/rollback-to "f00ba12": not the id, or at least seven digits of it, of one commit that this Application has applied (the latest: ${second.slice(0, 7)}, ${first.slice(0, 7)})`,
    ),
  );
  await annotate('careful', { [ROLLBACK_TO]: first });
  const status = await fixture.settled('careful', { sync: 'Synced', commit: first });
  expect(status?.quarantine?.commit).toBe(second);
});

test('of a repository elsewhere, to a commit that is fetched by its id', async () => {
  const { tree, second } = await pushedTwice('origin');
  const { admin } = fixture.cluster;
  await admin.create<Namespace>(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'elsewhere' },
    spec: {},
  });
  await admin.create({ group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true }, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'elsewhere' },
    stringData: { username: 'admin', password: fixture.cluster.password },
  } as never);
  await admin.create<Repository>(repositories, {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Repository',
    metadata: { name: 'far', namespace: 'elsewhere' },
    spec: { url: `${fixture.origin}/git/origin.git`, interval: '5s', secretRef: { name: 'login' } },
  });
  await fixture.createApplication('far', 'elsewhere', { source: { repository: 'far' } });
  await fixture.settled('far', { sync: 'Synced', commit: second }, 'elsewhere');
  const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
  await tree.git('push', 'origin', 'main');
  await fixture.settled('far', { sync: 'Synced', commit: third }, 'elsewhere');
  await annotate('far', { [ROLLBACK_TO]: second }, 'elsewhere');
  const status = await fixture.settled('far', { sync: 'Synced', commit: second }, 'elsewhere');
  expect(status?.quarantine?.commit).toBe(third);
  expect(await fixture.value('elsewhere', 'a')).toBe('two');
});
