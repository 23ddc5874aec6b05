import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application, ConfigMap, Repository } from '@gantry/api/generated/types';
import { applications, configMaps, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type SyncProcess, startTestCluster, type TestCluster } from '../testing/api-server.ts';
import { bridge, makeWorkTree, runGit, type WorkTree } from '../testing/git-client.ts';

let cluster: TestCluster;
let sync: SyncProcess;
let front: Awaited<ReturnType<typeof bridge>>;
const trees: WorkTree[] = [];

beforeAll(async () => {
  cluster = await startTestCluster();
  sync = await cluster.startSync();
  front = await bridge(sync.gitSocket);
});

afterAll(async () => {
  front.close();
  await cluster.close();
  await Promise.all(trees.map((tree) => tree.remove()));
});

const address = (name: string, user = 'admin', password = cluster.password): string =>
  `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${front.port}/git/${name}.git`;

async function workTree(name: string): Promise<WorkTree> {
  const tree = await makeWorkTree(address(name));
  trees.push(tree);
  return tree;
}

const configMap = (name: string, value: string, extra = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${extra}data:\n  key: ${JSON.stringify(value)}\n`;
const application = (name: string, namespace = name) =>
  cluster.admin.get<Application>(applications, namespace, name);
const valueOf = async (namespace: string, name: string) =>
  (await cluster.admin.get<ConfigMap>(configMaps, namespace, name)).data?.key;
const refOf = async (name: string, ref = 'main') =>
  (await runGit(sync.gitRoot, ['--git-dir', `${name}.git`, 'rev-parse', ref])).text.trim();
/** What an Application's status says once it is about a commit. */
const settled = (name: string, commit: string) =>
  vi.waitFor(
    async () => {
      const { status } = await application(name);
      expect([status?.commit, status?.sync, status?.health]).toEqual([commit, 'Synced', 'Healthy']);
      return status;
    },
    { timeout: 20_000, interval: 100 },
  );

describe('a push', () => {
  test('makes what is missing, is answered with plan and progress, and is one entry of the history', async () => {
    const tree = await workTree('shop');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one'), 'b.yaml': configMap('b', 'one') });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('remote: plan: ');
    expect(said.text).toMatch(/remote: \+ ConfigMap\/a/);
    expect(said.text).toMatch(/remote: shop {2}applied {2}2 created, 0 changed, 0 pruned {2}[\d.]+ s/);
    expect(said.text).toMatch(/remote: shop {2}health {2}Healthy/);
    expect(said.code).toBe(0);
    const second = await tree.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': undefined });
    expect((await tree.git('push', 'origin', 'main')).text).toMatch(/0 created, 1 changed, 1 pruned/);
    expect(await valueOf('shop', 'a')).toBe('two');
    await expect(valueOf('shop', 'b')).rejects.toThrow('configmaps "b" not found');
    const { status, spec } = await application('shop');
    expect(status?.history?.map(({ commit, result }) => [commit, result])).toEqual([
      [second, 'Applied'],
      [first, 'Applied'],
    ]);
    expect(status?.history?.[0]).toMatchObject({ user: 'admin', author: 'Ann <ann@example.com>' });
    expect(status?.objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'a',
        namespace: 'shop',
        source: 'a.yaml:1',
        sync: 'Synced',
        health: 'Healthy',
      },
    ]);
    expect(spec.user).toBe('admin');
  });

  test('comes back by clone and fetch', async () => {
    const tree = await workTree('shop');
    expect((await tree.git('fetch', 'origin')).code).toBe(0);
    expect((await tree.git('show', 'origin/main:a.yaml')).text).toContain('key: "two"');
  });

  test('that is wrong is rejected with file, line and reason, and changes nothing', async () => {
    const tree = await workTree('strict');
    const good = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({
      'a.yaml': configMap('a', 'two'),
      'b.yaml': configMap('b', 'x', 'immutible: true\n'),
    });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('b.yaml:5: ConfigMap/b immutible: unknown field "immutible"');
    expect(said.text).toContain('pre-receive hook declined');
    expect(await refOf('strict')).toBe(good);
    expect(await valueOf('strict', 'a')).toBe('one');
    await settled('strict', good);
  });

  test('of another branch shows a plan and applies nothing', async () => {
    const tree = await workTree('shop');
    await tree.git('pull', '--quiet', 'origin', 'main');
    await tree.git('checkout', '-q', '-b', 'feature');
    await tree.commit({ 'c.yaml': configMap('c', 'x'), 'a.yaml': undefined });
    const said = await tree.git('push', 'origin', 'feature');
    expect(said.text).toContain(
      'feature is followed by no Application; for shop it would be: plan: 1 to create, 0 to change, 1 to prune',
    );
    expect(said.code).toBe(0);
    await expect(valueOf('shop', 'c')).rejects.toThrow('not found');
    expect((await tree.git('push', 'origin', '--delete', 'feature')).code).toBe(0);
  });

  test('may be forced, and may not delete a branch that is followed', async () => {
    const tree = await workTree('forced');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await tree.git('push', 'origin', 'main');
    await tree.git('reset', '--quiet', '--hard', first);
    const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
    expect((await tree.git('push', 'origin', 'main')).code).not.toBe(0);
    expect((await tree.git('push', '--force', 'origin', 'main')).code).toBe(0);
    expect(await valueOf('forced', 'a')).toBe('three');
    const said = await tree.git('push', 'origin', '--delete', 'main');
    expect(said.text).toContain("main is followed by Application forced: it can't be deleted");
    expect(await refOf('forced')).toBe(third);
  });

  test('and another at the same time both take effect', async () => {
    const tree = await workTree('twice');
    await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    const main = await tree.commit({ 'a.yaml': configMap('a', 'main') });
    await tree.git('checkout', '-q', '-b', 'other');
    const other = await tree.commit({ 'a.yaml': configMap('a', 'other') });
    const both = await Promise.all([tree.git('push', 'origin', 'main'), tree.git('push', 'origin', 'other')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const { status } = await cluster.admin.get<Repository>(repositories, 'twice', 'twice');
    expect(status?.branches).toEqual({ main, other });
    expect(await valueOf('twice', 'a')).toBe('main');
  });

  test('without manifests prunes nothing', async () => {
    const tree = await workTree('emptied');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({ 'a.yaml': undefined, 'README.md': 'nothing' });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('that would prune all 1 objects');
    expect(await refOf('emptied')).toBe(first);
  });
});

describe('who may push', () => {
  test('wrong credentials and bad names are answered in words', async () => {
    const tree = await workTree('shop');
    const denied = await tree.git('ls-remote', address('shop', 'admin', 'wrong'));
    expect(denied.text).toContain('Authentication failed');
    const call = (path: string, user: string | undefined) =>
      fetch(`http://127.0.0.1:${front.port}${path}`, {
        headers: user === undefined ? {} : { authorization: `Basic ${btoa(user)}` },
      });
    const admin = `admin:${cluster.password}`;
    expect((await call('/git/shop.git/info/refs?service=git-upload-pack', undefined)).status).toBe(401);
    const bad = await call('/git/No_Good.git/info/refs?service=git-receive-pack', admin);
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("can't name a repository")]);
    expect((await call('/git/..%2Fshop.git/info/refs', admin)).status).toBe(400);
    expect((await call('/git/shop.git/HEAD', admin)).status).toBe(404);
    expect((await call('/git/never.git/info/refs?service=git-upload-pack', admin)).status).toBe(404);
    expect(existsSync(join(sync.gitRoot, 'never.git'))).toBe(false);
  });
});

test('a sync that was killed between the push and its apply makes good for it at its next start', async () => {
  const tree = await workTree('killed');
  await tree.commit({ 'a.yaml': configMap('a', 'one') });
  await tree.git('push', 'origin', 'main');
  const next = await tree.commit({ 'a.yaml': configMap('a', 'two') });
  await sync.kill('SIGKILL');
  // As if it had died when the ref had moved.
  await tree.git('push', join(sync.gitRoot, 'killed.git'), 'main');
  sync = await cluster.startSync();
  await settled('killed', next);
  expect(await valueOf('killed', 'a')).toBe('two');
});
