import type { Application, Job, RoleBinding, ServiceAccount } from '@gantry/api/generated/types';
import { jobs, roleBindings, serviceAccounts } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { deployment, end, endHook, hook, hooksOf, ready, wave } from '../testing/workloads.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

describe('waves', () => {
  test('are applied in their order, each when the one before is healthy', async () => {
    const tree = await fixture.workTree('waves');
    const commit = await tree.commit({
      'a.yaml': configMap('first', 'x', wave(-1)),
      'b.yaml': deployment('web'),
      'c.yaml': configMap('last', 'x', wave(2)),
    });
    const push = tree.git('push', 'origin', 'main');
    const waiting = await until(async () => {
      const { status } = await fixture.application('waves');
      expect(status?.operation).toMatchObject({ phase: 'Sync', wave: 0, waves: 3, applied: true });
      return status;
    });
    expect(waiting?.operation?.message).toMatch(/^wave 0 \(2 of 3\) waits for Deployment\/web: /);
    expect(waiting?.objects?.map(({ name, wave: at }) => [name, at])).toEqual([
      ['first', -1],
      ['web', undefined],
    ]);
    await expect(fixture.value('waves', 'last')).rejects.toThrow('not found');
    await ready(fixture, 'waves', 'web');
    const said = await push;
    expect(said.text).toMatch(/waves {2}sync {2}wave 0 \(2 of 3\) waits for Deployment\/web/);
    expect(said.text).toMatch(/waves {2}applied {2}3 created, 0 changed, 0 pruned in 3 waves/);
    const status = await fixture.settled('waves', { sync: 'Synced', health: 'Healthy', commit });
    expect(status).not.toHaveProperty('operation');
    expect(status?.history).toMatchObject([{ commit, result: 'Applied', waves: 3, created: 3 }]);
    await tree.commit({ 'c.yaml': undefined });
    await tree.git('push', 'origin', 'main');
    await expect(fixture.value('waves', 'last')).rejects.toThrow('not found');
  });

  test('that do not get healthy in time are told and tried again, until a newer commit comes', async () => {
    const tree = await fixture.workTree('late');
    await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await fixture.patchApplication('late', {
      spec: { syncPolicy: { timeout: '2s', retry: { limit: 1, first: '1s' } } },
    });
    const bad = await tree.commit({ 'b.yaml': deployment('web', wave(-1)) });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toMatch(/sync {2}failed: wave -1 \(1 of 2\) timed out after 2 s: Deployment\/web: /);
    const given = await until(async () => {
      const { status } = await fixture.application('late');
      expect(status?.message).toMatch(/^commit \w{40} failed 2 times and is not tried again: wave -1/);
      return status;
    });
    expect(given?.history?.[0]).toMatchObject({ commit: bad, result: 'Failed', cause: 'Retry' });
    expect(given).not.toHaveProperty('operation');
    const good = await tree.commit({ 'b.yaml': undefined });
    await tree.git('push', 'origin', 'main');
    const status = await fixture.settled('late', { sync: 'Synced', health: 'Healthy', commit: good });
    expect(status?.history?.[0]).toMatchObject({ result: 'Applied', pruned: 1 });
  });

  test('are left when a newer commit comes, which the history tells', async () => {
    const tree = await fixture.workTree('newer');
    const first = await tree.commit({ 'a.yaml': deployment('web', wave(-1)), 'b.yaml': configMap('b', '1') });
    const push = tree.git('push', 'origin', 'main');
    await until(async () =>
      expect((await fixture.application('newer')).status?.operation).toMatchObject({ applied: true }),
    );
    const second = await tree.commit({ 'a.yaml': undefined });
    expect((await tree.git('push', 'origin', 'main')).text).toContain('newer  health  Healthy');
    expect((await push).text).toContain('newer  sync  superseded');
    const { status } = await fixture.application('newer');
    expect(status?.history?.map(({ commit, result }) => [commit, result])).toEqual([
      [second, 'Applied'],
      [first, 'Superseded'],
    ]);
    expect(status?.history?.[1]?.reason).toMatch(/^commit \w{7} came before it was done: wave -1 /);
    expect(status?.history?.[0]).toMatchObject({ created: 1, pruned: 1 });
  });

  test('bring a definition before its objects, in one push', async () => {
    const tree = await fixture.workTree('defining');
    await tree.commit({
      'a.yaml': `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 3}\n`,
      'b.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer}}}}
`,
    });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toMatch(/applied {2}2 created, 0 changed, 0 pruned in 2 waves/);
    expect(said.text).toContain('defining  health  Healthy');
  });
});

describe('hooks', () => {
  test('run before and after, once a sync, and are not held', async () => {
    const tree = await fixture.workTree('hooked');
    const commit = await tree.commit({
      'a.yaml': configMap('a', 'one'),
      'pre.yaml': hook('pre', 'gitops.gantry.dev/hook: PreSync', 'generateName: pre-'),
      'post.yaml': hook(
        'post',
        'helm.sh/hook: "post-install,post-upgrade", helm.sh/hook-delete-policy: hook-succeeded',
      ),
      'test.yaml': hook('test', 'helm.sh/hook: test'),
    });
    const push = tree.git('push', 'origin', 'main');
    const first = await until(async () => {
      const all = await hooksOf(fixture, 'hooked', 'pre');
      expect(all).toHaveLength(1);
      return all[0] as Job;
    });
    await expect(fixture.value('hooked', 'a')).rejects.toThrow('not found');
    await end(fixture, first, 'Complete');
    await endHook(fixture, 'hooked', 'post', 'Complete');
    const said = await push;
    expect(said.text).toMatch(/hooked {2}sync {2}PreSync hooks waits? for Job\/pre-/);
    expect(said.text).toContain('hooked  health  Healthy');
    const status = await fixture.settled('hooked', { sync: 'Synced', commit });
    expect(status?.objects?.map(({ name }) => name)).toEqual(['a']);
    await until(async () => expect(await hooksOf(fixture, 'hooked', 'post')).toEqual([]));
    expect(await hooksOf(fixture, 'hooked', 'test')).toEqual([]);
    // The next sync runs them again, each as a new object.
    await tree.commit({ 'a.yaml': configMap('a', 'two') });
    const again = tree.git('push', 'origin', 'main');
    await until(async () => expect(await hooksOf(fixture, 'hooked', 'pre')).toHaveLength(2));
    for (const job of await hooksOf(fixture, 'hooked', 'pre'))
      if (job.metadata.uid !== first.metadata.uid) await end(fixture, job, 'Complete');
    await endHook(fixture, 'hooked', 'post', 'Complete');
    expect((await again).text).toContain('hooked  health  Healthy');
    expect(await fixture.value('hooked', 'a')).toBe('two');
  });

  test('that go by themselves as soon as they are done have succeeded', async () => {
    const tree = await fixture.workTree('gone');
    await tree.commit({
      'a.yaml': configMap('a', 'one'),
      'pre.yaml': hook('pre', 'gitops.gantry.dev/hook: PreSync').replace(
        'spec:\n',
        'spec:\n  ttlSecondsAfterFinished: 0\n',
      ),
    });
    const push = tree.git('push', 'origin', 'main');
    const job = await until(async () => {
      const [one] = await hooksOf(fixture, 'gone', 'pre');
      expect(one).toBeDefined();
      return one as Job;
    });
    await end(fixture, job, 'Complete');
    await fixture.cluster.admin.delete(jobs, 'gone', 'pre', { propagationPolicy: 'Background' });
    expect((await push).text).toContain('gone  health  Healthy');
    expect(await fixture.value('gone', 'a')).toBe('one');
  });

  test('that fail stop the sync, and SyncFail hooks run', async () => {
    const tree = await fixture.workTree('broken');
    await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await fixture.patchApplication('broken', { spec: { syncPolicy: { retry: { limit: 0 } } } });
    const bad = await tree.commit({
      'a.yaml': configMap('a', 'two'),
      'pre.yaml': hook('pre', 'argocd.argoproj.io/hook: PreSync'),
      'fail.yaml': hook('fail', 'argocd.argoproj.io/hook: SyncFail'),
    });
    const push = tree.git('push', 'origin', 'main');
    await endHook(fixture, 'broken', 'pre', 'Failed');
    await endHook(fixture, 'broken', 'fail', 'Complete');
    expect((await push).text).toMatch(/broken {2}sync {2}failed: PreSync hooks: Job\/pre: the test says so/);
    const { status } = await fixture.application('broken');
    expect(status?.history?.[0]).toMatchObject({ commit: bad, result: 'Failed' });
    expect(await fixture.value('broken', 'a')).toBe('one');
    // With the former run of the hook still there, the next commit's runs.
    await tree.commit({ 'a.yaml': configMap('a', 'three') });
    const next = tree.git('push', 'origin', 'main');
    await until(async () => {
      const [job] = await hooksOf(fixture, 'broken', 'pre');
      expect(job?.status?.conditions ?? []).toEqual([]);
    });
    await endHook(fixture, 'broken', 'pre', 'Complete');
    expect((await next).text).toContain('broken  health  Healthy');
    expect(await fixture.value('broken', 'a')).toBe('three');
  });

  test('and waves with annotations that say nothing are refused at the push', async () => {
    const tree = await fixture.workTree('odd');
    await tree.commit({
      'a.yaml': configMap('a', 'x', '  annotations:\n    gitops.gantry.dev/wave: soon\n'),
      'b.yaml': hook('b', 'gitops.gantry.dev/hook: BeforeSync'),
    });
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toContain('a.yaml:6: ConfigMap/a metadata.annotations[gitops.gantry.dev/wave]');
    expect(said.text).toContain('Unsupported value: "BeforeSync": supported values: PreSync, Sync');
    expect(said.code).not.toBe(0);
  });
});

describe('dependencies', () => {
  test('are synced and healthy first, and wake who waits for them', async () => {
    const tree = await fixture.workTree('stack');
    await tree.commit({
      'README.md': 'folders',
      'base/a.yaml': deployment('base'),
      'top/b.yaml': configMap('top', 'x'),
    });
    await tree.git('push', 'origin', 'HEAD:other');
    for (const [name, dependsOn] of [
      ['base', []],
      ['top', [{ name: 'base' }]],
    ] as const)
      await fixture.createApplication(name, 'stack', {
        source: { repository: 'stack', path: name },
        dependsOn: [...dependsOn],
      });
    const push = tree.git('push', 'origin', 'main');
    const status = await until(async () => {
      const top = await fixture.application('top', 'stack');
      expect(top.status?.message).toContain('waits for Application stack/base: it is Progressing');
      return top.status;
    });
    expect(status?.commit).toBeUndefined();
    await ready(fixture, 'stack', 'base');
    expect((await push).text).toContain('top  health  Healthy');
    expect(await fixture.value('stack', 'top')).toBe('x');
  });

  test('in a circle are told', async () => {
    const tree = await fixture.workTree('circle');
    await tree.commit({ 'a/a.yaml': configMap('a', 'x'), 'b/b.yaml': configMap('b', 'x') });
    await tree.git('push', 'origin', 'HEAD:other');
    const make = (name: string, on: string): Promise<Application> =>
      fixture.createApplication(name, 'circle', {
        source: { repository: 'circle', branch: 'other', path: name },
        dependsOn: [{ name: on }],
      });
    await make('a', 'b');
    await make('b', 'a');
    await fixture.settled(
      'a',
      {
        sync: 'OutOfSync',
        message:
          'spec.dependsOn goes round in a circle: circle/a → circle/b → circle/a; none of them can begin',
      },
      'circle',
    );
  });
});

test('an Application acts as its own service account: what that may not write no push brings', async () => {
  const tree = await fixture.workTree('own');
  const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
  await tree.git('push', 'origin', 'main');
  const { admin } = fixture.cluster;
  await admin.create<ServiceAccount>(serviceAccounts, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'deployer', namespace: 'own' },
  });
  const applies = (rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[]) =>
    admin.request(
      'PATCH',
      '/apis/rbac.authorization.k8s.io/v1/namespaces/own/roles/deployer?fieldManager=t',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'deployer' },
        rules,
      },
      { 'content-type': 'application/apply-patch+yaml' },
    );
  await applies([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] }]);
  await admin.create<RoleBinding>(roleBindings, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'deployer', namespace: 'own' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'deployer' },
    subjects: [{ kind: 'ServiceAccount', namespace: 'own', name: 'deployer' }],
  });
  await fixture.patchApplication('own', { spec: { serviceAccountName: 'deployer' } });
  await tree.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': `# new\n${configMap('b', 'x')}` });
  const refused = await tree.git('push', 'origin', 'main');
  expect(refused.code).not.toBe(0);
  expect(refused.text).toContain(
    'b.yaml:2: ConfigMap/b: configmaps "b" is forbidden: User "system:serviceaccount:own:deployer" cannot create resource "configmaps" in API group "" in the namespace "own"',
  );
  expect(await fixture.ref('own')).toBe(first);
  expect(await fixture.value('own', 'a')).toBe('one');
  await applies([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch', 'create'] }]);
  expect((await tree.git('push', 'origin', 'main')).text).toContain('own  health  Healthy');
  expect(await fixture.value('own', 'b')).toBe('x');
  expect((await fixture.application('own')).spec.user).toBe('admin');
});

test('a selective sync takes what it names only', async () => {
  const tree = await fixture.workTree('picked');
  await tree.commit({ 'a.yaml': configMap('a', 'one'), 'b.yaml': configMap('b', 'one') });
  const said = await tree.git('push', 'origin', 'main');
  expect(said.code).toBe(0);
  await fixture.patchApplication('picked', { spec: { syncPolicy: { automated: false } } });
  const next = await tree.commit({ 'a.yaml': configMap('a', 'two'), 'b.yaml': configMap('b', 'two') });
  await tree.git('push', 'origin', 'main');
  const ask = (value: string, objects: string | null) =>
    fixture.patchApplication('picked', {
      metadata: {
        annotations: {
          'gitops.gantry.dev/sync-requested-at': value,
          'gitops.gantry.dev/sync-objects': objects,
        },
      },
    });
  await ask('1', 'ConfigMap/b');
  await until(async () => expect(await fixture.value('picked', 'b')).toBe('two'));
  const status = await until(async () => {
    const { status: now } = await fixture.application('picked');
    expect(now?.history?.[0]).toMatchObject({
      commit: next,
      cause: 'Request',
      reason: 'only ConfigMap/b',
      changed: 1,
    });
    return now;
  });
  expect(status?.commit).not.toBe(next);
  expect(await fixture.value('picked', 'a')).toBe('one');
  await ask('2', '/ConfigMap/picked/zzz');
  await until(async () =>
    expect((await fixture.application('picked')).status?.history?.[0]?.reason).toContain(
      'holds no such object',
    ),
  );
  await ask('3', null);
  await fixture.settled('picked', { sync: 'Synced', commit: next });
  expect(await fixture.value('picked', 'a')).toBe('two');
});

test('a push that many Applications follow tells only of those that it changes', async () => {
  const tree = await fixture.workTree('crowd');
  const names = Array.from({ length: 12 }, (_, index) => `one-${index}`);
  const files = (value: string) =>
    Object.fromEntries(names.map((name) => [`${name}/a.yaml`, configMap(name, value)]));
  await tree.commit(files('first'));
  await tree.git('push', 'origin', 'HEAD:other');
  for (const name of names)
    await fixture.createApplication(name, 'crowd', { source: { repository: 'crowd', path: name } });
  await tree.git('push', 'origin', 'main');
  for (const name of names) await fixture.settled(name, { sync: 'Synced', health: 'Healthy' }, 'crowd');
  const commit = await tree.commit({ 'one-3/a.yaml': configMap('one-3', 'second') });
  const said = await tree.git('push', 'origin', 'main');
  expect(said.text).toContain('11 Applications that follow this repository: nothing to change');
  expect(said.text).toContain('one-3  health  Healthy');
  expect(said.text).not.toContain('one-4');
  for (const name of names) await fixture.settled(name, { sync: 'Synced', commit }, 'crowd');
});
