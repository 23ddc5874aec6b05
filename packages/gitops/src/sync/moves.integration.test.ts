import type {
  Application,
  ApplicationSpec,
  ConfigMap,
  Namespace,
  Repository,
} from '@gantry/api/generated/types';
import { applications, configMaps, namespaces, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { type GitServer, startGitServer } from '../testing/git-server.ts';

let fixture: Fixture;
let server: GitServer;

beforeAll(async () => {
  [fixture, server] = await Promise.all([Fixture.start(), startGitServer()]);
});

afterAll(() => Promise.all([fixture.close(), server.close()]));

const uidOf = async (namespace: string, name: string): Promise<string | undefined> =>
  (await fixture.cluster.admin.get<ConfigMap>(configMaps, namespace, name)).metadata.uid;

const names = ({ status }: Application): string[] => (status?.objects ?? []).map(({ name }) => name).sort();

/** Once an Application is at a commit and holds just these. */
const holds = (name: string, namespace: string, commit: string, expected: readonly string[]) =>
  until(async () => {
    const application = await fixture.application(name, namespace);
    expect(application.status).toMatchObject({ commit, sync: 'Synced' });
    expect(names(application)).toEqual(expected);
    return application;
  });

test('what moves from one folder to another in one push is neither deleted nor contested', async () => {
  const tree = await fixture.workTree('moves');
  const x = (value: string) => configMap('x', value);
  const first = await tree.commit({
    'a/keep.yaml': configMap('keep-a', '1'),
    'a/x.yaml': x('one'),
    'b/keep.yaml': configMap('keep-b', '1'),
  });
  await tree.git('push', 'origin', 'HEAD:other');
  for (const path of ['a', 'b'])
    await fixture.createApplication(path, 'moves', { source: { repository: 'moves', path } });
  await tree.git('push', 'origin', 'main');
  await holds('a', 'moves', first, ['keep-a', 'x']);
  await holds('b', 'moves', first, ['keep-b']);
  const uid = await uidOf('moves', 'x');
  const over = await tree.commit({ 'a/x.yaml': undefined, 'b/x.yaml': x('one') });
  const said = await tree.git('push', 'origin', 'main');
  expect(said.text).toContain('> ConfigMap/x  no longer in Git; it goes over to Application moves/b');
  expect(said.text).not.toContain('- ConfigMap/x');
  await holds('a', 'moves', over, ['keep-a']);
  await holds('b', 'moves', over, ['keep-b', 'x']);
  expect([await uidOf('moves', 'x'), await fixture.value('moves', 'x')]).toEqual([uid, 'one']);
  const back = await tree.commit({ 'a/x.yaml': x('three'), 'b/x.yaml': undefined });
  expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
  await holds('a', 'moves', back, ['keep-a', 'x']);
  await holds('b', 'moves', back, ['keep-b']);
  expect([await uidOf('moves', 'x'), await fixture.value('moves', 'x')]).toEqual([uid, 'three']);
  await tree.commit({ 'b/x.yaml': x('four') });
  const both = await tree.git('push', 'origin', 'main');
  expect(both.code).not.toBe(0);
  expect(both.text).toContain(
    'b/x.yaml:1: ConfigMap/x: Application moves/a holds this object already, and moves/b would too: remove it from one of them',
  );
});

/** Two Applications `a` and `b` of one hosted repository, each at its folder; `more` is of `a`. */
async function twoFolders(name: string, files: Record<string, string>, more: Partial<ApplicationSpec> = {}) {
  const tree = await fixture.workTree(name);
  const first = await tree.commit(files);
  await tree.git('push', 'origin', 'HEAD:other');
  await fixture.createApplication('a', name, { source: { repository: name, path: 'a' }, ...more });
  await fixture.createApplication('b', name, { source: { repository: name, path: 'b' } });
  await tree.git('push', 'origin', 'main');
  return { tree, first };
}

test('a folder that goes as a whole lets go of what moves, and its Application is done with it', async () => {
  const { tree, first } = await twoFolders('whole', {
    'a/x.yaml': configMap('x', 'one'),
    'b/keep.yaml': configMap('keep', '1'),
  });
  await holds('a', 'whole', first, ['x']);
  await holds('b', 'whole', first, ['keep']);
  const uid = await uidOf('whole', 'x');
  const over = await tree.commit({ 'a/x.yaml': undefined, 'b/x.yaml': configMap('x', 'two') });
  const said = await tree.git('push', 'origin', 'main');
  expect(said.text).toContain('a: nothing is left in a');
  expect(said.text).toContain('> ConfigMap/x  no longer in Git; it goes over to Application whole/b');
  expect(said.code).toBe(0);
  await holds('b', 'whole', over, ['keep', 'x']);
  await holds('a', 'whole', over, []);
  expect([await uidOf('whole', 'x'), await fixture.value('whole', 'x')]).toEqual([uid, 'two']);
  const next = await tree.commit({ 'b/x.yaml': configMap('x', 'three') });
  expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
  await holds('a', 'whole', next, []);
});

test('an Application without automation lets go of what its Git no longer holds', async () => {
  const { tree, first } = await twoFolders(
    'manual',
    {
      'a/keep.yaml': configMap('keep-a', '1'),
      'a/x.yaml': configMap('x', 'one'),
      'b/keep.yaml': configMap('keep', '1'),
    },
    { syncPolicy: { selfHeal: true } },
  );
  await holds('a', 'manual', first, ['keep-a', 'x']);
  await fixture.patchApplication('a', { spec: { syncPolicy: { automated: false } } }, 'manual');
  const over = await tree.commit({ 'a/x.yaml': undefined, 'b/x.yaml': configMap('x', 'two') });
  expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
  await holds('b', 'manual', over, ['keep', 'x']);
  await until(async () => expect(names(await fixture.application('a', 'manual'))).toEqual(['keep-a']));
  expect((await fixture.application('a', 'manual')).status).toMatchObject({
    commit: first,
    targetCommit: over,
  });
  expect(await fixture.value('manual', 'x')).toBe('two');
});

test('what an heir never takes is told of, and deleted once that one is no longer to have it', async () => {
  const { tree, first } = await twoFolders('heirs', {
    'a/keep.yaml': configMap('keep-a', '1'),
    'a/x.yaml': configMap('x', 'one'),
    'b/keep.yaml': configMap('keep', '1'),
  });
  await holds('a', 'heirs', first, ['keep-a', 'x']);
  await holds('b', 'heirs', first, ['keep']);
  await fixture.patchApplication('b', { spec: { syncPolicy: { automated: false } } }, 'heirs');
  const over = await tree.commit({ 'a/x.yaml': undefined, 'b/x.yaml': configMap('x', 'two') });
  await tree.git('push', 'origin', 'main');
  await until(async () => {
    const { status } = await fixture.application('a', 'heirs');
    expect(status).toMatchObject({ commit: over, sync: 'OutOfSync' });
    expect(status?.objects?.find(({ name }) => name === 'x')).toMatchObject({
      sync: 'OutOfSync',
      message:
        'no longer in Git; it goes over to Application heirs/b, which has not taken it: it waits for a request, since its automated sync is off',
    });
  });
  expect(await fixture.value('heirs', 'x')).toBe('one');
  await fixture.cluster.admin.delete(applications, 'heirs', 'b');
  await holds('a', 'heirs', over, ['keep-a']);
  await expect(uidOf('heirs', 'x')).rejects.toThrow('not found');
});

test('what is to go over outlives the Application that goes with all that it holds', async () => {
  const { tree, first } = await twoFolders('cascade', {
    'a/keep.yaml': configMap('keep-a', '1'),
    'a/x.yaml': configMap('x', 'one'),
    'b/keep.yaml': configMap('keep', '1'),
  });
  await holds('a', 'cascade', first, ['keep-a', 'x']);
  await holds('b', 'cascade', first, ['keep']);
  const uid = await uidOf('cascade', 'x');
  await fixture.patchApplication('b', { spec: { syncPolicy: { automated: false } } }, 'cascade');
  await fixture.patchApplication('a', { spec: { deletionPolicy: 'Cascade' } }, 'cascade');
  const over = await tree.commit({ 'a/x.yaml': undefined, 'b/x.yaml': configMap('x', 'two') });
  await tree.git('push', 'origin', 'main');
  await until(async () =>
    expect((await fixture.application('a', 'cascade')).status).toMatchObject({ commit: over }),
  );
  await fixture.cluster.admin.delete(applications, 'cascade', 'a');
  await until(async () => {
    await expect(fixture.application('a', 'cascade')).rejects.toThrow('not found');
  });
  await expect(uidOf('cascade', 'keep-a')).rejects.toThrow('not found');
  expect(await uidOf('cascade', 'x')).toBe(uid);
  await fixture.patchApplication('b', { spec: { syncPolicy: { automated: true } } }, 'cascade');
  await holds('b', 'cascade', over, ['keep', 'x']);
  expect(await uidOf('cascade', 'x')).toBe(uid);
});

describe('of a repository elsewhere, at which two Repositories look each in its time', () => {
  const look = (namespace: string, value: string): Promise<Repository> =>
    fixture.cluster.admin.patch<Repository>(
      repositories,
      namespace,
      'app',
      { metadata: { annotations: { 'gitops.gantry.dev/sync-requested-at': value } } },
      { type: 'merge' },
    );

  /** The folder of its name, followed by a Repository and an Application of a namespace of that name. */
  const follow = async (namespace: string, user: string, groups: string[]): Promise<void> => {
    await fixture.cluster.admin.create<Namespace>(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
      spec: {},
    });
    await fixture.cluster.admin.create<Repository>(repositories, {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'Repository',
      metadata: { name: 'app', namespace },
      spec: { url: server.url, interval: '24h' },
    });
    const source = { repository: 'app', path: namespace };
    await fixture.createApplication(namespace, namespace, { source, user, groups });
  };

  test('an object stays that moves, when the old one looks long before the new one', async () => {
    const x = (value: string) => configMap('x', value, '  namespace: old\n');
    const first = await server.commit({
      'old/keep.yaml': configMap('keep', '1'),
      'old/x.yaml': x('one'),
      'new/keep.yaml': configMap('keep', '1'),
    });
    for (const namespace of ['old', 'new']) await follow(namespace, 'admin', ['system:masters']);
    await holds('old', 'old', first, ['keep', 'x']);
    await holds('new', 'new', first, ['keep']);
    const uid = await uidOf('old', 'x');
    const second = await server.commit({ 'old/x.yaml': undefined, 'new/x.yaml': x('two') });
    await look('old', '1');
    const left = await holds('old', 'old', second, ['keep', 'x']);
    expect(left.status?.objects).toContainEqual(
      expect.objectContaining({
        name: 'x',
        sync: 'Synced',
        message: 'no longer in Git; it goes over to Application new/new',
      }),
    );
    expect([await uidOf('old', 'x'), await fixture.value('old', 'x')]).toEqual([uid, 'one']);
    await look('new', '1');
    await holds('new', 'new', second, ['keep', 'x']);
    await holds('old', 'old', second, ['keep']);
    expect([await uidOf('old', 'x'), await fixture.value('old', 'x')]).toEqual([uid, 'two']);
    const third = await server.commit({ 'new/x.yaml': undefined });
    await look('new', '2');
    await holds('new', 'new', third, ['keep']);
    await expect(uidOf('old', 'x')).rejects.toThrow('not found');
  });

  test('who may not apply an object keeps nobody from deleting it', async () => {
    const z = configMap('z', 'one', '  namespace: owner\n');
    const first = await server.commit({ 'owner/keep.yaml': configMap('keep', '1'), 'owner/z.yaml': z });
    await follow('owner', 'admin', ['system:masters']);
    await follow('stranger', 'nobody', []);
    await holds('owner', 'owner', first, ['keep', 'z']);
    const second = await server.commit({ 'owner/z.yaml': undefined, 'stranger/z.yaml': z });
    await look('owner', '1');
    await holds('owner', 'owner', second, ['keep']);
    await expect(uidOf('owner', 'z')).rejects.toMatchObject({ reason: 'NotFound' });
  });
});
