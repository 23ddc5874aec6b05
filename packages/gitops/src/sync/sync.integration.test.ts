import type { Application, Event, Namespace, Repository, Secret } from '@gantry/api/generated/types';
import {
  applications,
  configMaps,
  events,
  namespaces,
  repositories,
  secrets,
} from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { SYNC_REQUESTED } from './request.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

/** A repository with a ConfigMap `a`, pushed and healthy. */
async function pushed(name: string) {
  const tree = await fixture.workTree(name);
  const commit = await tree.commit({ 'a.yaml': configMap('a', 'one') });
  expect((await tree.git('push', 'origin', 'main')).text).toContain('Healthy');
  return { tree, commit };
}

const reasonsOf = async (name: string): Promise<string[]> => {
  const { items } = await fixture.cluster.admin.list<Event>(events, { namespace: name });
  return items
    .filter(({ involvedObject }) => involvedObject.kind === 'Application')
    .map(({ reason = '' }) => reason);
};

/** Revision of an Application, twice the same a moment apart. */
async function restingRevision(name: string): Promise<void> {
  const first = (await fixture.application(name)).metadata.resourceVersion;
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect((await fixture.application(name)).metadata.resourceVersion).toBe(first);
}

describe('drift', () => {
  test('is reported, not healed unasked, and over when somebody puts it back', async () => {
    const { commit } = await pushed('drifting');
    await fixture.setValue('drifting', 'a', 'changed');
    const status = await fixture.settled('drifting', { sync: 'OutOfSync', commit });
    expect(status?.objects).toMatchObject([{ name: 'a', sync: 'OutOfSync', health: 'Healthy' }]);
    await until(async () => expect(await reasonsOf('drifting')).toContain('Drifted'));
    expect(await fixture.value('drifting', 'a')).toBe('changed');
    await fixture.setValue('drifting', 'a', 'one');
    await fixture.settled('drifting', { sync: 'Synced' });
    await restingRevision('drifting');
  });

  test('by deletion is reported as missing and mended by a sync on request', async () => {
    await pushed('gone');
    await fixture.cluster.admin.delete(configMaps, 'gone', 'a');
    await fixture.settled('gone', { sync: 'OutOfSync', health: 'Missing' });
    await fixture.patchApplication('gone', { metadata: { annotations: { [SYNC_REQUESTED]: 'now' } } });
    const status = await fixture.settled('gone', { sync: 'Synced', health: 'Healthy' });
    expect(status?.history?.[0]).toMatchObject({ result: 'Applied', created: 1 });
    await restingRevision('gone');
  });

  test('is healed when asked to, again and again but not in a hurry', async () => {
    await pushed('healing');
    await fixture.patchApplication('healing', { spec: { syncPolicy: { selfHeal: true } } });
    for (const change of ['once', 'twice']) {
      await fixture.setValue('healing', 'a', change);
      await until(async () => expect(await fixture.value('healing', 'a')).toBe('one'));
      await fixture.settled('healing', { sync: 'Synced', health: 'Healthy' });
    }
    await fixture.cluster.admin.delete(configMaps, 'healing', 'a');
    await until(async () => expect(await fixture.value('healing', 'a')).toBe('one'));
    await fixture.settled('healing', { sync: 'Synced', health: 'Healthy' });
    expect(await reasonsOf('healing')).toContain('Healed');
    await restingRevision('healing');
  });
});

describe('the sync policy', () => {
  test('without automation a push waits for a request', async () => {
    const { tree, commit } = await pushed('manual');
    await fixture.patchApplication('manual', { spec: { syncPolicy: { automated: false } } });
    await until(async () => expect((await fixture.application('manual')).status?.observedGeneration).toBe(2));
    const next = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('automated sync is off');
    const status = await fixture.settled('manual', { sync: 'OutOfSync', commit, targetCommit: next });
    expect(status?.message).toContain('automated sync is off');
    await fixture.patchApplication('manual', { metadata: { annotations: { [SYNC_REQUESTED]: '1' } } });
    await fixture.settled('manual', { sync: 'Synced', commit: next });
    expect(await fixture.value('manual', 'a')).toBe('two');
  });

  test('without pruning what Git no longer holds stays and is told', async () => {
    const { tree } = await pushed('keeping');
    await fixture.patchApplication('keeping', { spec: { syncPolicy: { prune: false } } });
    await until(async () =>
      expect((await fixture.application('keeping')).status?.observedGeneration).toBe(2),
    );
    await tree.commit({ 'b.yaml': configMap('b', 'x'), 'a.yaml': undefined });
    await tree.git('push', 'origin', 'main');
    const status = await fixture.settled('keeping', { sync: 'OutOfSync', health: 'Healthy' });
    expect(status?.objects).toMatchObject([
      { name: 'b', sync: 'Synced' },
      { name: 'a', sync: 'OutOfSync', message: 'no longer in Git; pruning is off' },
    ]);
    await fixture.patchApplication('keeping', { spec: { syncPolicy: { prune: true } } });
    await fixture.settled('keeping', { sync: 'Synced' });
    await expect(fixture.value('keeping', 'a')).rejects.toThrow('not found');
  });
});

describe('several Applications', () => {
  test('follow other folders and branches into other namespaces, and leave their objects when deleted', async () => {
    const { tree } = await pushed('many');
    await fixture.createApplication('staging', 'many', {
      source: { repository: 'many', branch: 'staging', path: 'deploy' },
      destination: { namespace: 'many-staging' },
    });
    const branch = 'branch "staging" is not there (yet) in Repository many';
    await fixture.settled('staging', { sync: 'Unknown', message: branch }, 'many');
    await tree.git('checkout', '-q', '-b', 'staging');
    const commit = await tree.commit({ 'deploy/b.yaml': configMap('b', 'staged') });
    expect((await tree.git('push', 'origin', 'staging')).text).toContain('staging  health  Healthy');
    await fixture.settled('staging', { sync: 'Synced', commit }, 'many');
    expect(await fixture.value('many-staging', 'b')).toBe('staged');
    await fixture.cluster.admin.delete(applications, 'many', 'staging');
    await until(async () => expect((await tree.git('push', 'origin', '--delete', 'staging')).code).toBe(0));
    expect(await fixture.value('many-staging', 'b')).toBe('staged');
  });

  test('that claim one object are told so, both by name', async () => {
    await pushed('owner');
    const tree = await fixture.workTree('thief');
    await tree.commit({ 'a.yaml': configMap('a', 'mine', '  namespace: owner\n') });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain(
      'a.yaml:1: ConfigMap/a: Application owner/owner holds this object already, and thief/thief would too',
    );
    expect(said.code).not.toBe(0);
    await fixture.createApplication('second', 'owner', { source: { repository: 'owner' } });
    const status = await fixture.settled('second', { sync: 'OutOfSync' }, 'owner');
    expect(status?.message).toContain('Application owner/owner holds this object already');
    expect(await fixture.value('owner', 'a')).toBe('one');
    await until(async () => expect(await reasonsOf('owner')).toContain('SyncFailed'));
  });
});

describe('a Repository', () => {
  const repository = (namespace: string, name: string, spec: Repository['spec']) =>
    fixture.cluster.admin.create<Repository>(repositories, {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'Repository',
      metadata: { name, namespace },
      spec,
    });
  const ready = async (namespace: string, name: string) => {
    const { status } = await fixture.cluster.admin.get<Repository>(repositories, namespace, name);
    return status?.conditions?.find(({ type }) => type === 'Ready');
  };

  test('elsewhere is polled with the credentials of its Secret, and what cannot be read changes nothing', async () => {
    const { tree, commit } = await pushed('upstream');
    const { admin } = fixture.cluster;
    await admin.create<Namespace>(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'mirror' },
      spec: {},
    });
    const url = `${fixture.origin}/git/upstream.git`;
    await repository('mirror', 'far', { url, interval: '5s', secretRef: { name: 'login' } });
    await fixture.createApplication('mirror', 'mirror', { source: { repository: 'far' } });
    await until(async () =>
      expect(await ready('mirror', 'far')).toMatchObject({
        status: 'False',
        message: 'spec.secretRef: there is no Secret "login" in this namespace',
      }),
    );
    await admin.create<Secret>(secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'mirror' },
      stringData: { username: 'admin', password: fixture.cluster.password },
    });
    await fixture.settled('mirror', { sync: 'Synced', health: 'Healthy', commit });
    expect(await fixture.value('mirror', 'a')).toBe('one');
    const next = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await tree.git('push', 'origin', 'main');
    await fixture.settled('mirror', { sync: 'Synced', commit: next });
    await admin.delete(secrets, 'mirror', 'login');
    await until(async () => expect(await ready('mirror', 'far')).toMatchObject({ status: 'False' }));
    expect(await fixture.value('mirror', 'a')).toBe('two');
    await fixture.settled('mirror', { health: 'Healthy', commit: next });
  });

  test("leads to no other namespace's hosted repository", async () => {
    await pushed('private');
    await pushed('curious');
    await repository('curious', 'private', { hosted: true });
    await until(async () =>
      expect((await ready('curious', 'private'))?.message).toContain('belongs to the namespace private'),
    );
  });

  test('with an interval that is no duration is refused', async () => {
    await expect(
      repository('default', 'odd', { url: `${fixture.origin}/git/x.git`, interval: 'soon' }),
    ).rejects.toThrow('spec.interval: Invalid value: "soon": must be a duration such as 30s or 5m');
  });
});

describe('a failing sync', () => {
  test('is told once, retried in the background, and does not hold up the next push', async () => {
    const { tree, commit } = await pushed('failing');
    // What a push checked may be refused a moment later: here the rights went.
    await fixture.patchApplication('failing', {
      spec: { user: 'nobody', groups: [], syncPolicy: { automated: false } },
    });
    const next = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await tree.git('push', 'origin', 'main');
    await fixture.patchApplication('failing', {
      spec: { user: 'nobody', groups: [], syncPolicy: { automated: true } },
    });
    await until(async () => {
      const { status } = await fixture.application('failing');
      expect(status).toMatchObject({ sync: 'OutOfSync', commit, targetCommit: next });
      expect(status?.history).toMatchObject([{ commit: next, result: 'Failed' }, { commit }]);
      expect(status?.message).toMatch(/User "nobody" cannot/);
    });
    await restingRevision('failing');
    const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('Healthy');
    const after = await fixture.settled('failing', { sync: 'Synced', commit: third });
    expect(after).not.toHaveProperty('message');
  });
});

test('a namespace that goes takes its Application along, and a new push begins anew', async () => {
  const { tree } = await pushed('leaving');
  const { metadata } = await fixture.application('leaving');
  await fixture.cluster.admin.delete(applications, 'leaving', 'leaving');
  await fixture.cluster.admin.create<Application>(applications, {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name: 'leaving', namespace: 'leaving' },
    spec: { source: { repository: 'leaving' } },
  });
  const status = await fixture.settled('leaving', { sync: 'Synced', health: 'Healthy' });
  expect(status?.history).toHaveLength(1);
  expect((await fixture.application('leaving')).metadata.uid).not.toBe(metadata.uid);
  await fixture.cluster.admin.delete(namespaces, '', 'leaving');
  await tree.commit({ 'b.yaml': configMap('b', 'late') });
  expect((await tree.git('push', 'origin', 'main')).text).toMatch(/being terminated/);
});
