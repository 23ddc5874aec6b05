import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Plan, Repository } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { plans, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.start();
}, 60_000);
afterAll(() => fixture.close());

/** Once somebody has filled it in. */
const planned = (name: string, namespace: string): Promise<Plan> =>
  until(async () => {
    const plan = await fixture.cluster.admin.get<Plan>(plans, namespace, name);
    expect(plan.status?.phase).toMatch(/Ready|Refused|Failed/);
    return plan;
  });

const makePlan = async (
  name: string,
  namespace: string,
  application: string,
  revision?: string,
  client: Client = fixture.cluster.admin,
): Promise<Plan> => {
  await client.create<Plan>(plans, {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Plan',
    metadata: { name, namespace },
    spec: { application, ...(revision === undefined ? {} : { revision }) },
  });
  return planned(name, namespace);
};

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gears.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Gear, plural: gears, singular: gear}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                teeth: {type: integer, default: 12, maximum: 100}
                color: {type: string}
`;

describe('plans', () => {
  it('are kept of each push, owned by the Application, with the origin of each field', async () => {
    const work = await fixture.workTree('kept');
    await work.commit({ 'a.yaml': configMap('a', 'one'), 'old.yaml': configMap('old', 'x') });
    expect(await work.git('push', 'origin', 'main')).toMatchObject({ code: 0 });
    await fixture.settled('kept', { sync: 'Synced' });
    await fixture.setValue('kept', 'a', 'by hand');
    const commit = await work.commit({
      'a.yaml': configMap('a', 'two'),
      'old.yaml': undefined,
      'b.yaml': configMap('b', 'x'),
    });
    const said = await work.git('push', 'origin', 'main:feature');
    expect(said.text).toMatch(/plan: 1 to create, 1 to change, 1 to prune, 0 unchanged/);
    expect(said.text).toMatch(/~ ConfigMap\/a {2}data\.key: by hand → two \(a\.yaml:6, was set by [^)]+\)/);
    const { metadata, spec, status } = await planned(`kept-${commit.slice(0, 7)}`, 'kept');
    expect(metadata).toMatchObject({
      annotations: { 'gitops.gantry.dev/ref': 'feature' },
      ownerReferences: [{ kind: 'Application', name: 'kept' }],
    });
    expect(spec).toMatchObject({ application: 'kept', revision: commit, user: 'admin' });
    expect(status).toMatchObject({
      phase: 'Ready',
      commit,
      user: 'admin',
      ...{ created: 1, changed: 1, pruned: 1, unchanged: 0 },
      changes: [
        { kind: 'ConfigMap', name: 'old', operation: 'prune' },
        {
          operation: 'update',
          source: 'a.yaml:1',
          fields: [{ path: 'data.key', before: 'by hand', after: 'two', origin: 'Git', source: 'a.yaml:6' }],
        },
        { operation: 'create', name: 'b', fields: [{ path: 'data.key', after: 'x', origin: 'Git' }] },
      ],
    });
  });

  it('are made for a branch, a tag, a commit and its short form, by whoever asks', async () => {
    const work = await fixture.workTree('asked');
    const first = await work.commit({ 'a.yaml': configMap('a', 'one') });
    await work.git('tag', 'v1');
    await work.git('push', 'origin', 'main', 'v1');
    await fixture.settled('asked', { sync: 'Synced' });
    const second = await work.commit({ 'b.yaml': configMap('b', 'x') });
    await work.git('push', 'origin', 'main:next');
    for (const [name, revision, commit, created] of [
      ['branch', 'next', second, 1],
      ['tag', 'v1', first, 0],
      ['full', second, second, 1],
      ['short', second.slice(0, 8), second, 1],
      ['followed', undefined, first, 0],
    ] as const) {
      const { status } = await makePlan(name, 'asked', 'asked', revision);
      expect({ name, ...status }).toMatchObject({ name, phase: 'Ready', commit, created, user: 'admin' });
    }
    expect((await makePlan('nowhere', 'asked', 'asked', 'nope')).status).toMatchObject({
      phase: 'Failed',
      message: '"nope" is no branch, tag or commit of Repository asked',
    });
    expect((await makePlan('nobody', 'asked', 'nobody')).status).toMatchObject({
      phase: 'Failed',
      message: 'there is no Application "nobody" in namespace asked',
    });
  });

  it('that were asked for while no sync ran are made, and none waits for another', async () => {
    const { admin } = fixture.cluster;
    const work = await fixture.workTree('prompt');
    const commit = await work.commit({ 'a.yaml': configMap('a', 'one') });
    await work.git('push', 'origin', 'main');
    await fixture.settled('prompt', { sync: 'Synced' });
    const create = (name: string, application: string, revision?: string) =>
      admin.create<Plan>(plans, {
        apiVersion: 'gitops.gantry.dev/v1alpha1',
        kind: 'Plan',
        metadata: { name, namespace: 'prompt' },
        spec: { application, ...(revision === undefined ? {} : { revision }) },
      });
    await fixture.sync.kill('SIGKILL');
    await create('missed', 'prompt', 'main');
    fixture.sync = await fixture.cluster.startSync();
    expect((await planned('missed', 'prompt')).status).toMatchObject({ phase: 'Ready', commit });
    // A server that takes connections and never answers.
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = silent.address() as AddressInfo;
      await admin.create<Repository>(repositories, {
        apiVersion: 'gitops.gantry.dev/v1alpha1',
        kind: 'Repository',
        metadata: { name: 'silent', namespace: 'prompt' },
        spec: { url: `http://127.0.0.1:${port}/app.git`, interval: '24h' },
      });
      await fixture.createApplication('silent', 'prompt', {
        source: { repository: 'silent' },
        user: 'admin',
        groups: ['system:masters'],
      });
      for (const name of ['s1', 's2', 's3', 's4']) await create(name, 'silent', 'main');
      await until(async () => expect(sockets.size).toBeGreaterThan(2));
      expect((await makePlan('beside', 'prompt', 'prompt')).status).toMatchObject({ phase: 'Ready', commit });
      const { status } = await admin.get<Plan>(plans, 'prompt', 's1');
      expect(status?.phase ?? 'Pending').toBe('Pending');
    } finally {
      silent.close();
      for (const socket of sockets) socket.destroy();
    }
  });

  it('show whoever asked only what they may read', async () => {
    const work = await fixture.workTree('hidden');
    await work.commit({ 'a.yaml': configMap('a', 'one') });
    await work.git('push', 'origin', 'main');
    await fixture.settled('hidden', { sync: 'Synced' });
    await fixture.setValue('hidden', 'a', 'not for everybody');
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/hidden';
    const metadata = { name: 'planner' };
    const { admin } = fixture.cluster;
    await admin.request('POST', `${rbac}/roles`, {
      metadata,
      rules: [{ apiGroups: ['gitops.gantry.dev'], resources: ['plans'], verbs: ['create', 'get'] }],
    });
    await admin.request('POST', `${rbac}/rolebindings`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'planner' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'planner' }],
    });
    await makePlan('mine', 'hidden', 'hidden', undefined, admin.as('planner', ['system:authenticated']));
    const { spec, status } = await planned('mine', 'hidden');
    expect(spec).toMatchObject({ user: 'planner' });
    expect(status?.changes?.[0]).toMatchObject({
      note: 'who asked for the plan may not read this object: its live values are hidden',
      fields: [{ path: 'data.key', before: '(hidden)', after: 'one', origin: 'Git' }],
    });
    expect(status?.detailsOmitted).toBe(1);
    const whole = await makePlan('whole', 'hidden', 'hidden');
    expect(whole.status).not.toHaveProperty('detailsOmitted');
    expect(whole.status?.changes?.[0]?.fields?.[0]).toMatchObject({ before: 'not for everybody' });
  });

  it('keep nothing of other namespaces that the Application may not read, whoever pushed', async () => {
    const { admin } = fixture.cluster;
    const allow = async (namespace: string, verbs: string[]) => {
      await admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
      const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
      const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs }];
      await admin.request('POST', `${path}/roles`, { metadata: { name: 'sync' }, rules });
      await admin.request('POST', `${path}/rolebindings`, {
        metadata: { name: 'sync' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'sync' },
        subjects: [{ kind: 'ServiceAccount', name: 'sync', namespace: 'reach' }],
      });
    };
    await allow('reach', ['*']);
    await allow('far', ['create', 'patch']);
    await admin.request('POST', '/api/v1/namespaces/reach/serviceaccounts', { metadata: { name: 'sync' } });
    const work = await fixture.workTree('reach');
    const files = (value: string) => ({
      'far.yaml': configMap('far', value, '  namespace: far\n'),
      'near.yaml': configMap('near', value),
    });
    await work.commit(files('one'));
    await work.git('push', 'origin', 'HEAD:other');
    await fixture.createApplication('reach', 'reach', {
      source: { repository: 'reach' },
      serviceAccountName: 'sync',
    });
    await work.git('push', 'origin', 'main');
    await fixture.settled('reach', { sync: 'Synced' });
    const commit = await work.commit(files('two'));
    expect((await work.git('push', 'origin', 'main')).text).toContain('~ ConfigMap/far  data.key: one → two');
    const { status } = await planned(`reach-${commit.slice(0, 7)}`, 'reach');
    expect(status?.detailsOmitted).toBe(1);
    expect(status?.changes).toMatchObject([
      {
        name: 'far',
        fields: [{ path: 'data.key', before: '(hidden)', after: 'two' }],
        note: 'the Application may not read this object of another namespace: its live values are hidden',
      },
      { name: 'near', fields: [{ path: 'data.key', before: 'one', after: 'two' }] },
    ]);
  });

  it('take objects of a kind that the same commit defines, and its sync applies them together', async () => {
    const work = await fixture.workTree('gears');
    const gear = (spec: string) =>
      `apiVersion: example.com/v1\nkind: Gear\nmetadata: {name: g}\nspec: {${spec}}\n`;
    await work.commit({ 'a.yaml': gear('teeth: 101'), 'crd.yaml': CRD });
    const refused = await work.git('push', 'origin', 'main');
    expect(refused.text).toMatch(/a\.yaml:4: Gear\/g spec\.teeth: Invalid value: 101/);
    await work.commit({ 'a.yaml': gear('color: red') });
    const accepted = await work.git('push', 'origin', 'main');
    expect(accepted).toMatchObject({ code: 0 });
    await fixture.settled('gears', { sync: 'Synced' });
    const commit = (await work.git('rev-parse', 'HEAD')).text.trim();
    const { status } = await planned(`gears-${commit.slice(0, 7)}`, 'gears');
    const fields = status?.changes?.find(({ kind }) => kind === 'Gear')?.fields;
    expect(fields).toEqual([
      { path: 'spec.color', after: 'red', origin: 'Git', source: 'a.yaml:4' },
      { path: 'spec.teeth', after: 12, origin: 'Default' },
    ]);
  });

  it('say of a commit that the server refuses where and why, and only the newest twenty are kept', async () => {
    const work = await fixture.workTree('many');
    await work.commit({ 'a.yaml': configMap('a', 'one') });
    await work.git('push', 'origin', 'main');
    await fixture.settled('many', { sync: 'Synced' });
    const commit = await work.commit({ 'a.yaml': `${configMap('a', 'one')}dat: 1\n` });
    expect((await work.git('push', 'origin', 'main')).code).not.toBe(0);
    const { status } = await planned(`many-${commit.slice(0, 7)}`, 'many');
    expect(status).toMatchObject({
      phase: 'Refused',
      problems: [
        { file: 'a.yaml', line: 7, object: 'ConfigMap/a', field: 'dat', reason: 'unknown field "dat"' },
      ],
    });
    for (let index = 0; index < 22; index += 1) {
      await work.commit({ 'a.yaml': configMap('a', `value ${index}`) });
      await work.git('push', '--force', 'origin', 'HEAD:refs/heads/other');
    }
    await until(async () => {
      const { items } = await fixture.cluster.admin.list<Plan>(plans, { namespace: 'many' });
      expect(items.length).toBeLessThanOrEqual(20);
      expect(items.map(({ metadata }) => metadata.name)).not.toContain(`many-${commit.slice(0, 7)}`);
    });
  }, 60_000);
});
