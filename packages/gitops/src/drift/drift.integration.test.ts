import type { ConfigMap, Event, Service } from '@gantry/api/generated/types';
import { configMaps, events, services } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});

afterAll(() => fixture.close());

async function pushed(name: string, files: Record<string, string>) {
  const tree = await fixture.workTree(name);
  const commit = await tree.commit(files);
  expect((await tree.git('push', 'origin', 'main')).text).toContain('Healthy');
  return { tree, commit };
}

const eventsOf = async (name: string, reason: string): Promise<string[]> => {
  const { items } = await fixture.cluster.admin.list<Event>(events, { namespace: name });
  return items.filter((event) => event.reason === reason).map(({ message = '' }) => message);
};

/** Changes `data.key` as the given field manager. */
const change = (namespace: string, name: string, data: object, fieldManager: string) =>
  fixture.cluster.admin.patch(configMaps, namespace, name, { data }, { type: 'merge', fieldManager });

/** The Application's revision stays as it is while changes would be looked at. */
async function rests(name: string): Promise<void> {
  const first = (await fixture.application(name)).metadata.resourceVersion;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await fixture.application(name)).metadata.resourceVersion).toBe(first);
}

test('drift is shown with who did it, when, and to which fields, until it is over', async () => {
  await pushed('shown', { 'a.yaml': configMap('a', 'one') });
  await change('shown', 'a', { key: 'two' }, 'kubectl-edit');
  const status = await fixture.settled('shown', { sync: 'OutOfSync' });
  expect(status?.objects).toMatchObject([
    {
      name: 'a',
      sync: 'OutOfSync',
      touched: { user: 'tester', manager: 'kubectl-edit', fields: ['data.key'] },
    },
  ]);
  expect(status?.objects?.[0]?.touched?.time).toMatch(/^\d{4}-/);
  await until(async () =>
    expect((await eventsOf('shown', 'Drifted'))[0]).toContain(
      'says: data.key of ConfigMap/a (by tester with kubectl-edit)',
    ),
  );
  await change('shown', 'a', { key: 'one' }, 'kubectl-edit');
  const after = await fixture.settled('shown', { sync: 'Synced' });
  expect(after?.objects?.[0]).not.toHaveProperty('touched');
  await fixture.cluster.admin.delete(configMaps, 'shown', 'a');
  const gone = await fixture.settled('shown', { sync: 'OutOfSync', health: 'Missing' });
  expect(gone?.objects?.[0]?.touched).toMatchObject({
    user: 'tester',
    time: expect.stringMatching(/^\d{4}-/),
  });
  await rests('shown');
});

describe('what others may change', () => {
  test('is no drift, is not healed, and is not overwritten by the next commit', async () => {
    const map = (key: string, mine: string): string => `${configMap('a', key)}  mine: ${mine}\n`;
    const { tree } = await pushed('ignoring', { 'a.yaml': map('one', 'x') });
    await fixture.patchApplication('ignoring', {
      spec: {
        syncPolicy: { selfHeal: true },
        ignoreDifferences: [{ kind: 'ConfigMap', group: '', jsonPointers: ['/data/key'] }],
      },
    });
    await until(async () =>
      expect((await fixture.application('ignoring')).status?.observedGeneration).toBe(2),
    );
    await change('ignoring', 'a', { key: 'theirs', mine: 'y' }, 'tuner');
    await until(async () => {
      const { data } = await fixture.cluster.admin.get<ConfigMap>(configMaps, 'ignoring', 'a');
      expect(data).toEqual({ key: 'theirs', mine: 'x' });
    });
    await fixture.settled('ignoring', { sync: 'Synced' });
    await tree.commit({ 'a.yaml': map('two', 'z') });
    await tree.git('push', 'origin', 'main');
    await until(async () => {
      const { data } = await fixture.cluster.admin.get<ConfigMap>(configMaps, 'ignoring', 'a');
      expect(data).toEqual({ key: 'theirs', mine: 'z' });
    });
    await fixture.settled('ignoring', { sync: 'Synced' });
    await rests('ignoring');
  });

  test('by manager; a rule that comes later ends the drift', async () => {
    await pushed('managers', { 'a.yaml': configMap('a', 'one') });
    await change('managers', 'a', { key: 'theirs' }, 'tuner');
    await fixture.settled('managers', { sync: 'OutOfSync' });
    await fixture.patchApplication('managers', {
      spec: { ignoreDifferences: [{ kind: '*', managers: ['tuner'] }] },
    });
    await fixture.settled('managers', { sync: 'Synced' });
    await change('managers', 'a', { key: 'other' }, 'somebody-else');
    const status = await fixture.settled('managers', { sync: 'OutOfSync' });
    expect(status?.objects?.[0]?.touched?.manager).toBe('somebody-else');
  });
});

test('who fights is named, and is put back less and less often', async () => {
  await pushed('fought', { 'a.yaml': configMap('a', 'one'), 'b.yaml': configMap('b', 'one') });
  await fixture.patchApplication('fought', { spec: { syncPolicy: { selfHeal: true } } });
  await until(async () => expect((await fixture.application('fought')).status?.observedGeneration).toBe(2));
  await change('fought', 'a', { key: '1' }, 'fighter');
  await until(async () => expect(await fixture.value('fought', 'a')).toBe('one'));
  await change('fought', 'a', { key: '2' }, 'fighter');
  await until(async () => expect(await fixture.value('fought', 'a')).toBe('one'));
  await change('fought', 'a', { key: '3' }, 'fighter');
  await until(async () =>
    expect((await fixture.application('fought')).status?.message).toMatch(
      /^put back 2 times and changed again each time, next at 20.*Z: data.key of ConfigMap\/a \(by tester with fighter\)$/,
    ),
  );
  // Another object is not held up by it.
  await change('fought', 'b', { key: 'x' }, 'visitor');
  await until(async () => expect(await fixture.value('fought', 'b')).toBe('one'));
  expect(await fixture.value('fought', 'a')).toBe('3');
  await until(async () => {
    const all = (await eventsOf('fought', 'Healed')).join('\n');
    expect(all).toContain('Put back data.key of ConfigMap/a (by tester with fighter)');
    expect(all).toContain('Put back data.key of ConfigMap/b (by tester with visitor)');
  });
  await until(async () => expect(await fixture.value('fought', 'a')).toBe('one'));
  const status = await fixture.settled('fought', { sync: 'Synced' });
  expect(status).not.toHaveProperty('message');
});

describe('no loop', () => {
  test('by defaults, nor by what the server fills in', async () => {
    const service = `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n  selector: {app: web}\n`;
    const { commit } = await pushed('defaults', { 'a.yaml': service });
    await fixture.patchApplication('defaults', { spec: { syncPolicy: { selfHeal: true } } });
    await until(async () =>
      expect((await fixture.application('defaults')).status?.observedGeneration).toBe(2),
    );
    const { admin } = fixture.cluster;
    const added = { metadata: { labels: { team: 'a' } }, spec: { sessionAffinity: 'ClientIP' } };
    await admin.patch<Service>(services, 'defaults', 'web', added, { type: 'merge' });
    await fixture.settled('defaults', { sync: 'Synced', commit });
    await rests('defaults');
    expect(await eventsOf('defaults', 'Healed')).toEqual([]);
    expect((await admin.get<Service>(services, 'defaults', 'web')).spec?.sessionAffinity).toBe('ClientIP');
  });

  test('by admission that rewrites what Git says', async () => {
    const { admin } = fixture.cluster;
    const group = '/apis/admissionregistration.k8s.io/v1';
    const apiVersion = 'admissionregistration.k8s.io/v1';
    await admin.request('POST', `${group}/mutatingadmissionpolicies`, {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'rewrite' },
      spec: {
        matchConstraints: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'rewritten' } },
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              resources: ['configmaps'],
              operations: ['CREATE', 'UPDATE'],
            },
          ],
        },
        failurePolicy: 'Fail',
        reinvocationPolicy: 'IfNeeded',
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: { expression: 'Object{data: {"key": "rewritten", "extra": "added"}}' },
          },
        ],
      },
    });
    await admin.request('POST', `${group}/mutatingadmissionpolicybindings`, {
      apiVersion,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'rewrite' },
      spec: { policyName: 'rewrite' },
    });
    await until(async () => {
      const probe = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'rewritten' } };
      await admin.request('POST', '/api/v1/namespaces', probe).catch(() => undefined);
      const dry = await admin.create<ConfigMap>(
        configMaps,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: 'rewritten' } },
        { dryRun: true },
      );
      expect(dry.data).toMatchObject({ key: 'rewritten' });
    });
    const { commit } = await pushed('rewritten', { 'a.yaml': configMap('a', 'one') });
    expect(await fixture.value('rewritten', 'a')).toBe('rewritten');
    await fixture.patchApplication('rewritten', { spec: { syncPolicy: { selfHeal: true } } });
    await until(async () =>
      expect((await fixture.application('rewritten')).status?.observedGeneration).toBe(2),
    );
    await admin.patch(configMaps, 'rewritten', 'a', { metadata: { labels: { a: 'b' } } }, { type: 'merge' });
    await change('rewritten', 'a', { key: 'mine' }, 'kubectl-edit');
    await fixture.settled('rewritten', { sync: 'Synced', commit });
    await rests('rewritten');
    expect(await fixture.value('rewritten', 'a')).toBe('rewritten');
    expect(await eventsOf('rewritten', 'Healed')).toEqual([]);
    const { status } = await fixture.application('rewritten');
    expect(status?.history).toHaveLength(1);
  });
});
