import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Event, Namespace, Repository } from '@gantry/api/generated/types';
import { events, namespaces, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

describe('a push', () => {
  test('makes what is missing, is answered with plan and progress, and is one entry of the history', async () => {
    const tree = await fixture.workTree('shop');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one'), 'b.yaml': configMap('b', 'one') });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('remote: plan: ');
    expect(said.text).toMatch(/remote: \+ ConfigMap\/a/);
    expect(said.text).toMatch(/remote: shop {2}applied {2}2 created, 0 changed, 0 pruned {2}[\d.]+ s/);
    expect(said.text).toMatch(/remote: shop {2}health {2}Healthy/);
    expect(said.code).toBe(0);
    const second = await tree.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': undefined });
    expect((await tree.git('push', 'origin', 'main')).text).toMatch(/0 created, 1 changed, 1 pruned/);
    expect(await fixture.value('shop', 'a')).toBe('two');
    await expect(fixture.value('shop', 'b')).rejects.toThrow('configmaps "b" not found');
    const { status, spec } = await fixture.application('shop');
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
    const tree = await fixture.workTree('shop');
    expect((await tree.git('fetch', 'origin')).code).toBe(0);
    expect((await tree.git('show', 'origin/main:a.yaml')).text).toContain('key: "two"');
  });

  test('that is wrong is rejected with file, line and reason, and changes nothing', async () => {
    const tree = await fixture.workTree('strict');
    const good = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({
      'a.yaml': configMap('a', 'two'),
      'b.yaml': configMap('b', 'x', 'immutible: true\n'),
    });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('b.yaml:5: ConfigMap/b immutible: unknown field "immutible"');
    expect(said.text).toContain('pre-receive hook declined');
    expect(await fixture.ref('strict')).toBe(good);
    expect(await fixture.value('strict', 'a')).toBe('one');
    await until(async () => {
      const { items } = await fixture.cluster.admin.list<Event>(events, { namespace: 'strict' });
      const rejected = items.find(({ reason }) => reason === 'PushRejected');
      expect(rejected?.message).toMatch(
        /^commit \w{7} by admin:\nb\.yaml:5: ConfigMap\/b immutible: unknown/,
      );
    });
    await fixture.settled('strict', { commit: good, sync: 'Synced', health: 'Healthy' });
  });

  test('of a kustomization in a folder says what to run, and goes through after that', async () => {
    const tree = await fixture.workTree('folders');
    await tree.commit({
      'deploy/kustomization.yaml': 'resources: [a.yaml]\n',
      'deploy/a.yaml': configMap('a', 'one'),
    });
    const refused = await tree.git('push', 'origin', 'main');
    expect(refused.code).not.toBe(0);
    expect(refused.text).toContain(
      'kubectl create namespace folders && gantry app create folders -n folders --path deploy && git push origin main',
    );
    await fixture.cluster.admin.create<Namespace>(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'folders' },
      spec: {},
    });
    await fixture.createApplication('folders', 'folders', {
      source: { repository: 'folders', path: 'deploy' },
    });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('folders  health  Healthy');
    expect(await fixture.value('folders', 'a')).toBe('one');
  });

  test('of another branch shows a plan and applies nothing', async () => {
    const tree = await fixture.workTree('shop');
    await tree.git('pull', '--quiet', 'origin', 'main');
    await tree.git('checkout', '-q', '-b', 'feature');
    await tree.commit({ 'c.yaml': configMap('c', 'x'), 'a.yaml': undefined });
    const said = await tree.git('push', 'origin', 'feature');
    expect(said.text).toContain(
      'feature is followed by no Application; for shop it would be: plan: 1 to create, 0 to change, 1 to prune',
    );
    expect(said.code).toBe(0);
    await expect(fixture.value('shop', 'c')).rejects.toThrow('not found');
    expect((await tree.git('push', 'origin', '--delete', 'feature')).code).toBe(0);
  });

  test('may be forced, and may not delete a branch that is followed', async () => {
    const tree = await fixture.workTree('forced');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await tree.git('push', 'origin', 'main');
    await tree.git('reset', '--quiet', '--hard', first);
    const third = await tree.commit({ 'a.yaml': configMap('a', 'three') });
    expect((await tree.git('push', 'origin', 'main')).code).not.toBe(0);
    expect((await tree.git('push', '--force', 'origin', 'main')).code).toBe(0);
    expect(await fixture.value('forced', 'a')).toBe('three');
    const said = await tree.git('push', 'origin', '--delete', 'main');
    expect(said.text).toContain("main is followed by Application forced: it can't be deleted");
    expect(await fixture.ref('forced')).toBe(third);
  });

  test('and another at the same time both take effect', async () => {
    const tree = await fixture.workTree('twice');
    await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    const main = await tree.commit({ 'a.yaml': configMap('a', 'main') });
    await tree.git('checkout', '-q', '-b', 'other');
    const other = await tree.commit({ 'a.yaml': configMap('a', 'other') });
    const both = await Promise.all([tree.git('push', 'origin', 'main'), tree.git('push', 'origin', 'other')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const { status } = await fixture.cluster.admin.get<Repository>(repositories, 'twice', 'twice');
    expect(status?.branches).toEqual({ main, other });
    expect(await fixture.value('twice', 'a')).toBe('main');
  });

  test('without manifests prunes nothing', async () => {
    const tree = await fixture.workTree('emptied');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await tree.commit({ 'a.yaml': undefined, 'README.md': 'nothing' });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('that would prune its only object');
    expect(await fixture.ref('emptied')).toBe(first);
  });
});

describe('who may push', () => {
  test('wrong credentials and bad names are answered in words', async () => {
    const tree = await fixture.workTree('shop');
    const denied = await tree.git('ls-remote', fixture.address('shop', 'admin', 'wrong'));
    expect(denied.text).toContain('Authentication failed');
    const call = (path: string, user: string | undefined) =>
      fetch(fixture.origin + path, {
        headers: user === undefined ? {} : { authorization: `Basic ${btoa(user)}` },
      });
    const admin = `admin:${fixture.cluster.password}`;
    expect((await call('/git/shop.git/info/refs?service=git-upload-pack', undefined)).status).toBe(401);
    const bad = await call('/git/No_Good.git/info/refs?service=git-receive-pack', admin);
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("can't name a repository")]);
    expect((await call('/git/..%2Fshop.git/info/refs', admin)).status).toBe(400);
    expect((await call('/git/shop.git/HEAD', admin)).status).toBe(404);
    expect((await call('/git/never.git/info/refs?service=git-upload-pack', admin)).status).toBe(404);
    expect(existsSync(join(fixture.sync.gitRoot, 'never.git'))).toBe(false);
  });
});

test('a sync that was killed between the push and its apply makes good for it at its next start', async () => {
  const tree = await fixture.workTree('killed');
  await tree.commit({ 'a.yaml': configMap('a', 'one') });
  await tree.git('push', 'origin', 'main');
  const next = await tree.commit({ 'a.yaml': configMap('a', 'two') });
  await fixture.sync.kill('SIGKILL');
  // As if it had died when the ref had moved.
  await tree.git('push', join(fixture.sync.gitRoot, 'killed.git'), 'main');
  fixture.sync = await fixture.cluster.startSync();
  await fixture.settled('killed', { commit: next, sync: 'Synced', health: 'Healthy' });
  expect(await fixture.value('killed', 'a')).toBe('two');
});

test('what happened is counted', async () => {
  const metrics = await new Promise<string>((resolve, reject) => {
    get({ socketPath: fixture.sync.healthSocket, path: '/metrics' }, async (response) => {
      resolve(await text(response));
    }).on('error', reject);
  });
  expect(metrics).toMatch(/^gantry_sync_total\{result="applied"\} [1-9]/m);
  expect(metrics).toMatch(/^gantry_sync_duration_seconds_count [1-9]/m);
});
