import { describe, expect, it } from 'vitest';
import type { ObjectChange } from './port.ts';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const REVIEWS = 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const configMap = (value: string, revision = '') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop', uid: 'u1', resourceVersion: revision },
  data: { value },
});
const secret = (value: string, revision = '') => ({
  ...configMap(value, revision),
  kind: 'Secret',
  metadata: { ...configMap(value, revision).metadata, annotations: { [LAST_APPLIED]: value, other: 'x' } },
  data: { password: value, same: 'same' },
});
const change = (
  revision: number,
  op: ObjectChange['op'],
  more: Partial<ObjectChange> = {},
): ObjectChange => ({
  ...{ revision, op, time: revision * 1_000, author: 'ann', body: '' },
  ...more,
});
const update = (revision: number, before: object, after: object, more: Partial<ObjectChange> = {}) =>
  change(revision, 'update', {
    ...{
      previousBody: JSON.stringify(before),
      previousRevision: revision - 5,
      body: JSON.stringify(after),
      ...more,
    },
  });

const ref = { resource: { group: '', version: 'v1', plural: 'configmaps' }, namespace: 'shop', name: 'c' };
const secretRef = { ...ref, resource: { ...ref.resource, plural: 'secrets' } };

const served = (name: string, version: string, resources: readonly string[]) => ({
  items: [
    { metadata: { name }, versions: [{ version, resources: resources.map((resource) => ({ resource })) }] },
  ],
});

function server(allowed = true): FakeServer {
  return new FakeServer()
    .on(REVIEWS, { status: 201, body: { status: { allowed } } })
    .on('GET /api', { status: 200, body: served('', 'v1', ['configmaps', 'secrets']) })
    .on('GET /apis', { status: 200, body: served('rbac.authorization.k8s.io', 'v1', ['roles']) })
    .on('GET /api/v1/namespaces/shop/configmaps/c', { status: 200, body: configMap('three', '30') })
    .on('GET /api/v1/namespaces/shop/secrets/c', { status: 200, body: secret('dGhyZWU=', '30') });
}

describe('an object', () => {
  const history = [
    update(30, configMap('two'), configMap('three'), { origin: 'git:abc shop/web s1' }),
    update(20, configMap('one'), configMap('two'), { author: 'bob', previousRevision: 10 }),
  ];

  it('is as it was, with what changed since and who did it', async () => {
    const fake = server();
    fake.history = history;
    const past = await fake.as(admin).history.objectAt({ ...ref, revision: 25 });
    expect(past.object).toMatchObject({ data: { value: 'two' }, metadata: { resourceVersion: '20' } });
    expect(past.differences).toEqual([{ field: 'data.value', before: 'two', after: 'three' }]);
    expect(past.changes).toMatchObject([
      { revision: 30, author: 'ann', commit: 'abc', application: { namespace: 'shop', name: 'web' } },
    ]);
    expect(past.now?.revision).toBe(30);
    // Before the first change that is known, but not before the state that it replaced.
    const older = await fake.as(admin).history.objectAt({ ...ref, revision: 12 });
    expect([older.object?.data, older.revision, older.changes.length]).toEqual([{ value: 'one' }, 10, 2]);
  });

  it('was not there, or is beyond what is known', async () => {
    const fake = server();
    fake.past = {
      ...fake.past,
      oldestMs: async () => Date.parse('2026-01-01T00:00:00Z'),
      listAt: async (_resource, _namespace, revision) => (revision < 3 ? undefined : []),
    };
    fake.history = history;
    await expect(fake.as(admin).history.objectAt({ ...ref, revision: 5 })).rejects.toThrow(
      'the change log reaches back to 2026-01-01T00:00:00.000Z only',
    );
    fake.history = [...history, change(10, 'create', { body: JSON.stringify(configMap('one')) })];
    expect((await fake.as(admin).history.objectAt({ ...ref, revision: 5 })).object).toBeNull();
    await expect(fake.as(admin).history.objectAt({ ...ref, revision: 2 })).rejects.toThrow('reaches back to');
    fake.history = [change(40, 'delete', { body: JSON.stringify(configMap('three')) }), ...history];
    fake.on('GET /api/v1/namespaces/shop/configmaps/c', {
      status: 404,
      body: failure(404, 'NotFound', 'gone'),
    });
    const gone = await fake.as(admin).history.objectAt({ ...ref, revision: 35 });
    expect([gone.object?.data, gone.now]).toEqual([{ value: 'three' }, null]);
    expect((await fake.as(admin).history.objectAt({ ...ref, revision: 45 })).object).toBeNull();
  });

  it('that did not change is as it is now', async () => {
    const past = await server()
      .as(admin)
      .history.objectAt({ ...ref, revision: 35 });
    expect(past).toMatchObject({ object: { data: { value: 'three' } }, differences: [], changes: [] });
    await expect(
      server()
        .as(admin)
        .history.objectAt({ ...ref, revision: 25 }),
    ).rejects.toThrow('change log');
  });

  it('is shown to who may read it only, and never the values of a Secret', async () => {
    const denied = server(false).as(admin).history;
    await expect(denied.objectAt({ ...ref, revision: 25 })).rejects.toThrow(
      'you lack the verb get on configmaps',
    );
    await expect(denied.changesOf(ref)).rejects.toThrow('you lack the verb get');
    await expect(denied.listAt({ resource: ref.resource, revision: 1 })).rejects.toThrow(
      'the verb list on configmaps',
    );
    const fake = server();
    fake.history = [update(30, secret('dHdv'), secret('dGhyZWU='))];
    const past = await fake.as(admin).history.objectAt({ ...secretRef, revision: 25 });
    const changes = await fake.as(admin).history.changesOf(secretRef);
    expect(JSON.stringify([past, changes])).not.toMatch(/dHdv|dGhyZWU/);
    expect(past.differences).toEqual([{ field: 'data.password', before: '(hidden)', after: '(hidden)' }]);
    expect(changes[0]?.differences).toEqual(past.differences);
  });
});

describe('a resource', () => {
  const history = server().as(admin).history;
  const asked = (group: string, version: string, plural: string) => ({
    ...ref,
    resource: { group, version, plural },
    revision: 1,
  });

  it('is named as it is served, so that rights are asked for what is read', async () => {
    for (const [group, plural] of [
      ['', 'roles.rbac.authorization.k8s.io'],
      ['authorization.k8s.io', 'roles.rbac'],
      ['', 'a/b'],
      ['x y', 'roles'],
      ['.k8s.io', 'roles'],
      ['', 'p'.repeat(64)],
    ] as const) {
      const input = asked(group, 'v1', plural);
      for (const done of [history.objectAt(input), history.listAt(input), history.changesOf(input)])
        await expect(done).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });

  it('that is not served has no past', async () => {
    for (const [group, version, plural] of [
      ['', 'v1', 'roles'],
      ['rbac.authorization.k8s.io', 'v2', 'roles'],
      ['k8s.io', 'v1', 'roles'],
    ] as const) {
      const input = asked(group, version, plural);
      for (const done of [history.objectAt(input), history.listAt(input), history.changesOf(input)])
        await expect(done).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await history.changesOf(asked('rbac.authorization.k8s.io', 'v1', 'roles'))).toEqual([]);
  });
});

describe('a list', () => {
  it('is as it was, and says what became of it', async () => {
    const metadata = (name: string, uid: string, resourceVersion: string) => ({
      metadata: { name, namespace: 'shop', uid, resourceVersion },
    });
    const fake = server().on('GET /api/v1/configmaps', {
      status: 200,
      body: {
        metadata: {},
        items: [
          metadata('a', 'u-a', '3'),
          metadata('b', 'u-b', '9'),
          metadata('c', 'new', '9'),
          metadata('e', 'u-e', '9'),
        ],
      },
    });
    const then = (name: string) => ({
      key: { namespace: 'shop', name },
      revision: 3,
      body: JSON.stringify({ ...configMap('x'), metadata: { name, namespace: 'shop', uid: `u-${name}` } }),
    });
    fake.past = {
      revisionAt: async (ms) => (ms < 1_000 ? undefined : 5),
      oldestMs: async () => 1_000,
      listAt: async (_resource, _namespace, revision) =>
        revision < 2 ? undefined : ['a', 'b', 'c', 'd'].map(then),
    };
    const list = await fake
      .as(admin)
      .history.listAt({ resource: ref.resource, time: '2026-01-01T00:00:00Z' });
    expect(list.rows.map(({ name, since }) => [name, since])).toEqual([
      ['a', 'same'],
      ['b', 'changed'],
      ['c', 'gone'],
      ['d', 'gone'],
    ]);
    expect(list.added).toEqual([{ namespace: 'shop', name: 'e' }]);
    expect(list.columns.map(({ name }) => name)).toEqual(['Name', 'Data', 'Age']);
    expect(list.rows[0]?.cells.slice(0, 2)).toEqual(['a', 1]);
    const ask = (input: object) => fake.as(admin).history.listAt({ resource: ref.resource, ...input });
    await expect(ask({ time: '1970-01-01T00:00:00Z' })).rejects.toThrow(
      'reaches back to 1970-01-01T00:00:01.000Z only',
    );
    await expect(ask({ revision: 1 })).rejects.toThrow('nothing is known of that time');
    await expect(ask({ time: 'yesterday' })).rejects.toThrow('give a revision, or a time');
    expect(await fake.as(admin).history.reach()).toEqual({ oldest: '1970-01-01T00:00:01.000Z' });
  });
});
