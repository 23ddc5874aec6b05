import type { Event, Namespace } from '@gantry/api/generated/types';
import { applications, configMaps, events, namespaces } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { APPROVE_PRUNE } from './budget.ts';
import { CASCADE_FINALIZER } from './cascade-finalizer.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `c${from + index}`);
const files = (all: readonly string[], value: string | undefined, more = '') =>
  Object.fromEntries(
    all.map((name) => [`${name}.yaml`, value === undefined ? undefined : configMap(name, value, more)]),
  );

/** A repository with ConfigMaps, pushed and healthy. */
async function pushed(name: string, all: readonly string[], more = '') {
  const tree = await fixture.workTree(name);
  const commit = await tree.commit(files(all, 'one', more));
  expect((await tree.git('push', 'origin', 'main')).text).toContain('Healthy');
  return { tree, commit };
}

const liveNames = async (namespace: string): Promise<string[]> => {
  const { items } = await fixture.cluster.admin.list(configMaps, { namespace });
  return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('c'));
};
const annotate = (name: string, annotations: Record<string, string>) =>
  fixture.patchApplication(name, { metadata: { annotations } });

describe('more deletions than the budget allows', () => {
  test('wait for an approval of just them, while the rest is applied; a push says so', async () => {
    const { tree } = await pushed('budget', names(0, 10));
    const commit = await tree.commit({
      ...files(names(1, 10), undefined),
      'c0.yaml': configMap('c0', 'two'),
    });
    const said = (await tree.git('push', 'origin', 'main')).text;
    expect(said).toContain('plan: 0 to create, 1 to change, 9 to prune');
    expect(said).toContain('would delete 9 of 10 objects, more than the budget of 20 objects or 50 %');
    const status = await fixture.settled('budget', { sync: 'OutOfSync', commit, health: 'Healthy' });
    expect(status?.pendingPrune).toMatchObject({ commit, count: 9, of: 10 });
    expect(status?.pendingPrune?.objects).toContain('/ConfigMap/budget/c9');
    expect(status?.message).toContain('they stay until that is approved');
    expect(status?.objects?.find(({ name }) => name === 'c5')).toMatchObject({
      sync: 'OutOfSync',
      message: 'no longer in Git; its deletion waits for an approval',
    });
    expect(await fixture.value('budget', 'c0')).toBe('two');
    expect(await liveNames('budget')).toHaveLength(10);

    const told = async () => (await fixture.cluster.admin.list<Event>(events, { namespace: 'budget' })).items;
    await until(async () => expect((await told()).map(({ reason }) => reason)).toContain('PruneHeld'));

    await annotate('budget', { [APPROVE_PRUNE]: `${commit.slice(0, 7)}:8` });
    const next = await tree.commit({ 'c0.yaml': configMap('c0', 'three') });
    await tree.git('push', 'origin', 'main');
    const later = await fixture.settled('budget', { sync: 'OutOfSync', commit: next });
    const approval = later?.pendingPrune?.approval ?? '';
    expect(approval).not.toBe(status?.pendingPrune?.approval);
    expect(await liveNames('budget')).toHaveLength(10);

    await annotate('budget', { [APPROVE_PRUNE]: approval });
    const done = await fixture.settled('budget', { sync: 'Synced', commit: next });
    expect(done).not.toHaveProperty('pendingPrune');
    expect(done).not.toHaveProperty('message');
    expect(done?.objects).toHaveLength(1);
    expect(await liveNames('budget')).toEqual(['c0']);
  });

  test('go on when the budget is raised', async () => {
    const { tree } = await pushed('raised', names(0, 4));
    await fixture.patchApplication('raised', { spec: { syncPolicy: { pruneBudget: { count: 0 } } } });
    await tree.commit(files(['c1'], undefined));
    await tree.git('push', 'origin', 'main');
    await fixture.settled('raised', { sync: 'OutOfSync', pendingPrune: { count: 1, of: 4 } as never });
    await fixture.patchApplication('raised', { spec: { syncPolicy: { pruneBudget: { count: 1 } } } });
    await fixture.settled('raised', { sync: 'Synced' });
    expect(await liveNames('raised')).toEqual(['c0', 'c2', 'c3']);
  });
});

describe('what never deletes', () => {
  test('an empty commit and a folder that went, pushed or followed', async () => {
    const { tree } = await pushed('vanishing', ['c0']);
    await tree.commit({ 'c0.yaml': undefined });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('that would prune its only object, so nothing was changed');
    expect(said.code).not.toBe(0);
    await fixture.patchApplication('vanishing', { spec: { source: { path: 'nowhere' } } });
    await until(async () =>
      expect((await fixture.application('vanishing')).status?.message).toContain(
        'there is no folder "nowhere"',
      ),
    );
    expect(await liveNames('vanishing')).toEqual(['c0']);
  });
});

describe('a protected object', () => {
  test.each([
    ['gitops.gantry.dev/prune', 'false'],
    ['argocd.argoproj.io/sync-options', 'Prune=false'],
    ['helm.sh/resource-policy', 'keep'],
  ])(
    'by %s stays when it leaves Git, also when somebody took the annotation off',
    async (annotation, value) => {
      const name = `kept-${value.toLowerCase().replace('=', '-')}`;
      const { tree } = await pushed(name, ['c0', 'c1', 'c2']);
      await tree.commit(files(['c1'], 'one', `  annotations:\n    ${annotation}: "${value}"\n`));
      await tree.git('push', 'origin', 'main');
      const admin = fixture.cluster.admin;
      const patch = (object: string, to: string | null) =>
        admin.patch(
          configMaps,
          name,
          object,
          { metadata: { annotations: { [annotation]: to } } },
          { type: 'merge' },
        );
      await patch('c1', null);
      await patch('c2', value);
      await tree.commit(files(['c1', 'c2'], undefined));
      expect((await tree.git('push', 'origin', 'main')).text).toContain('0 pruned');
      const status = await fixture.settled(name, { sync: 'Synced', health: 'Healthy' });
      expect(status?.objects?.map(({ message }) => message?.slice(0, 26))).toEqual([
        undefined,
        'no longer in Git; kept, si',
        'no longer in Git; kept, si',
      ]);
      expect(await liveNames(name)).toEqual(['c0', 'c1', 'c2']);
      await admin.delete(configMaps, name, 'c1');
      await until(async () => expect((await fixture.application(name)).status?.objects).toHaveLength(2));
    },
  );
});

describe('two Applications that claim one object', () => {
  test('are told so on both sides, until one of them lets go', async () => {
    await pushed('first', ['c0', 'c1']);
    await fixture.createApplication('second', 'first', { source: { repository: 'first' } });
    const condition = async (name: string) =>
      (await fixture.application(name, 'first')).status?.conditions?.find(({ type }) => type === 'Contested')
        ?.message;
    await until(async () => {
      expect(await condition('first')).toBe(
        'Application first/second would apply ConfigMap/c0, ConfigMap/c1 too, which this one holds: remove it from one of them',
      );
      expect(await condition('second')).toContain(
        'Application first/first holds ConfigMap/c0, ConfigMap/c1 already',
      );
    });
    await fixture.cluster.admin.delete(applications, 'first', 'second');
    await until(async () => expect(await condition('first')).toBeUndefined());
  });
});

describe('an Application without rights', () => {
  test('contests nothing: the holder neither hears of it nor spares an object for it', async () => {
    const { tree } = await pushed('holder', ['c0', 'c1']);
    const other = await fixture.workTree('thief');
    await other.commit(files(['c1'], 'mine', '  namespace: holder\n'));
    await other.git('push', 'origin', 'HEAD:branch');
    await fixture.createApplication('thief', 'thief', {
      source: { repository: 'thief', branch: 'branch' },
      user: 'eve',
      groups: [],
    });
    await until(async () =>
      expect((await fixture.application('thief')).status?.message).toContain(
        'User "eve" cannot patch resource "configmaps"',
      ),
    );
    await tree.commit(files(['c1'], undefined));
    expect((await tree.git('push', 'origin', 'main')).text).toContain('- ConfigMap/c1');
    const status = await fixture.settled('holder', { sync: 'Synced', health: 'Healthy' });
    await until(async () => expect(await liveNames('holder')).toEqual(['c0']));
    expect(status?.conditions?.map(({ type }) => type)).not.toContain('Contested');
  });
});

describe('deleting an Application', () => {
  const isGone = async (name: string, namespace = name): Promise<void> => {
    await until(async () => {
      await expect(fixture.application(name, namespace)).rejects.toThrow('not found');
    });
  };

  test('that orphans leaves its objects', async () => {
    await pushed('orphans', ['c0']);
    expect((await fixture.application('orphans')).metadata.finalizers).toBeUndefined();
    await fixture.cluster.admin.delete(applications, 'orphans', 'orphans');
    await isGone('orphans');
    expect(await liveNames('orphans')).toEqual(['c0']);
  });

  test('that cascades deletes them first, but not what is protected, and says what it waits for', async () => {
    const { tree } = await pushed('cascades', ['c0', 'c1']);
    await tree.commit(files(['c2'], 'one', '  annotations:\n    gitops.gantry.dev/prune: "false"\n'));
    await tree.git('push', 'origin', 'main');
    await fixture.patchApplication('cascades', { spec: { deletionPolicy: 'Cascade' } });
    await until(async () =>
      expect((await fixture.application('cascades')).metadata.finalizers).toEqual([CASCADE_FINALIZER]),
    );
    const { admin } = fixture.cluster;
    const hold = (finalizers: string[]) =>
      admin.patch(configMaps, 'cascades', 'c1', { metadata: { finalizers } }, { type: 'merge' });
    await hold(['test/hold']);
    await admin.delete(applications, 'cascades', 'cascades');
    await until(async () =>
      expect((await fixture.application('cascades')).status?.message).toBe(
        'being deleted: waits until 1 objects are gone: ConfigMap/c1 (held by test/hold)',
      ),
    );
    expect(await liveNames('cascades')).toEqual(['c1', 'c2']);
    await fixture.sync.kill('SIGKILL');
    fixture.sync = await fixture.cluster.startSync();
    await hold([]);
    await isGone('cascades');
    expect(await liveNames('cascades')).toEqual(['c2']);
  });

  test('whose policy is changed on the way lets go', async () => {
    await pushed('changes', ['c0']);
    await fixture.patchApplication('changes', {
      spec: { deletionPolicy: 'Cascade', user: 'nobody', groups: [] },
    });
    await until(async () =>
      expect((await fixture.application('changes')).metadata.finalizers).toEqual([CASCADE_FINALIZER]),
    );
    await fixture.cluster.admin.delete(applications, 'changes', 'changes');
    await until(async () =>
      expect((await fixture.application('changes')).status?.message).toMatch(
        /^can't be deleted with what it holds: .*"nobody" cannot.*set spec.deletionPolicy to Orphan/,
      ),
    );
    await fixture.patchApplication('changes', { spec: { deletionPolicy: 'Orphan' } });
    await isGone('changes');
    expect(await liveNames('changes')).toEqual(['c0']);
  });

  test('with its namespace holds nothing up, and takes along what it holds elsewhere', async () => {
    const { admin } = fixture.cluster;
    for (const name of ['away', 'guarded'])
      await admin.create<Namespace>(namespaces, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
        spec: {},
      });
    const tree = await fixture.workTree('going');
    await tree.commit({
      'a.yaml': configMap('c0', 'x', '  namespace: away\n'),
      'b.yaml': configMap('c1', 'x'),
    });
    await tree.git('push', 'origin', 'main');
    await fixture.settled('going', { health: 'Healthy' });
    await fixture.patchApplication('going', { spec: { deletionPolicy: 'Cascade' } });
    await until(async () =>
      expect((await fixture.application('going')).metadata.finalizers).toEqual([CASCADE_FINALIZER]),
    );
    await admin.delete(namespaces, '', 'going');
    // No namespace controller runs here: what it would do.
    await admin.delete(applications, 'going', 'going');
    await isGone('going');
    expect(await liveNames('away')).toEqual([]);
  });

  test('with its namespace leaves what its rights no longer reach, and says so', async () => {
    const { admin } = fixture.cluster;
    const tree = await fixture.workTree('powerless');
    await tree.commit({ 'a.yaml': configMap('c5', 'x', '  namespace: guarded\n') });
    await tree.git('push', 'origin', 'main');
    await fixture.settled('powerless', { health: 'Healthy' });
    await fixture.patchApplication('powerless', {
      spec: { deletionPolicy: 'Cascade', user: 'nobody', groups: [] },
    });
    await until(async () =>
      expect((await fixture.application('powerless')).metadata.finalizers).toEqual([CASCADE_FINALIZER]),
    );
    await admin.delete(namespaces, '', 'powerless');
    await admin.delete(applications, 'powerless', 'powerless');
    await isGone('powerless');
    expect(await liveNames('guarded')).toEqual(['c5']);
    await until(async () => {
      const { items } = await admin.list<Event>(events, { namespace: 'default' });
      const told = items.find(({ reason }) => reason === 'LeftBehind')?.message;
      expect(told).toMatch(/^Application powerless left ConfigMap\/c5 behind: .*"nobody" cannot/);
    });
  });
});

test('an Application of Applications does not delete itself or wait for itself', async () => {
  const child = (name: string): string =>
    `apiVersion: gitops.gantry.dev/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  source:\n    repository: parent\n    path: ${name === 'parent' ? '.' : name}\n`;
  const tree = await fixture.workTree('parent');
  await tree.commit({ 'c0.yaml': configMap('c0', 'x') });
  await tree.git('push', 'origin', 'main');
  const own = child('parent').replace('path: .', 'path: .\n  deletionPolicy: Cascade');
  await tree.commit({ 'app.yaml': own });
  await tree.git('push', 'origin', 'main');
  await until(async () =>
    expect((await fixture.application('parent')).metadata.finalizers).toEqual([CASCADE_FINALIZER]),
  );
  await tree.commit({ 'app.yaml': undefined });
  await tree.git('push', 'origin', 'main');
  const status = await fixture.settled('parent', { sync: 'Synced', health: 'Healthy' });
  expect(status?.objects).toHaveLength(1);
  await fixture.cluster.admin.delete(applications, 'parent', 'parent');
  await until(async () => expect(fixture.application('parent')).rejects.toThrow('not found'));
  expect(await liveNames('parent')).toEqual([]);
});
