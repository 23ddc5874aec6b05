import type { Application, ConfigMap, Namespace, Repository } from '@gantry/api/generated/types';
import { configMaps, namespaces, repositories } from '@gantry/client/resources';
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

describe('of a repository elsewhere, at which two Repositories look each in its time', () => {
  const look = (namespace: string, value: string): Promise<Repository> =>
    fixture.cluster.admin.patch<Repository>(
      repositories,
      namespace,
      'app',
      { metadata: { annotations: { 'gitops.gantry.dev/sync-requested-at': value } } },
      { type: 'merge' },
    );

  test('an object stays that moves, when the old one looks long before the new one', async () => {
    const x = (value: string) => configMap('x', value, '  namespace: old\n');
    const first = await server.commit({
      'old/keep.yaml': configMap('keep', '1'),
      'old/x.yaml': x('one'),
      'new/keep.yaml': configMap('keep', '1'),
    });
    for (const namespace of ['old', 'new']) {
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
      await fixture.createApplication(namespace, namespace, {
        source: { repository: 'app', path: namespace },
        user: 'admin',
        groups: ['system:masters'],
      });
    }
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
});
