import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, type Body, connectApi } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const MERGE = { 'content-type': 'application/merge-patch+json' };

let gantry: Gantry;
let api: Api;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:1');
  api = await connectApi(gantry.status.kubeconfig);
});
afterAll(() => gantry?.purge());

const map = (name: string, more: object = {}) => ({ metadata: { name, ...more } });
const create = async (name: string, more: object = {}): Promise<Body> => {
  const { status, body } = await api.call('POST', MAPS, { body: map(name, more) });
  expect(status, body.message).toBe(201);
  return body;
};
const version = (body: Body): string => body.metadata?.resourceVersion ?? '';

describe('writes', () => {
  test('a stale version conflicts, in the words that clients look for', async () => {
    const first = await create('locked');
    await api.call('PATCH', `${MAPS}/locked`, { headers: MERGE, body: { data: { a: '1' } } });
    const { status, body } = await api.call('PUT', `${MAPS}/locked`, { body: first });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect(body.message).toBe(
      'Operation cannot be fulfilled on configmaps "locked": the object has been modified; please apply your changes to the latest version and try again',
    );
    const blind = await api.call('PUT', `${MAPS}/locked`, { body: { ...map('locked'), data: { b: '2' } } });
    expect([blind.status, blind.body.data]).toEqual([200, { b: '2' }]);
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
    const deployment = {
      metadata: { name: 'blind' },
      spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template },
    };
    expect((await api.call('POST', deployments, { body: deployment })).status).toBe(201);
    expect((await api.call('PUT', `${deployments}/blind`, { body: deployment })).status).toBe(200);
  });

  test('what changes nothing keeps the version', async () => {
    const made = await create('same');
    const again = await api.call('PUT', `${MAPS}/same`, { body: made });
    expect(version(again.body)).toBe(version(made));
  });

  test('names are generated, and taken ones refused', async () => {
    const one = await api.call('POST', MAPS, { body: { metadata: { generateName: 'made-' } } });
    expect(one.body.metadata?.name).toMatch(/^made-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    await create('taken');
    const { status, body } = await api.call('POST', MAPS, { body: map('taken') });
    expect([status, body.reason, body.message]).toEqual([
      409,
      'AlreadyExists',
      'configmaps "taken" already exists',
    ]);
  });

  test('a dry run answers as if, and leaves nothing', async () => {
    const { status, body } = await api.call('POST', `${MAPS}?dryRun=All`, { body: map('dry') });
    expect([status, body.metadata?.name]).toEqual([201, 'dry']);
    expect(body.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect((await api.call('GET', `${MAPS}/dry`)).status).toBe(404);
    await create('wet');
    await api.call('DELETE', `${MAPS}/wet?dryRun=All`);
    expect((await api.call('GET', `${MAPS}/wet`)).status).toBe(200);
  });

  test('finalizers hold an object until the last is gone', async () => {
    await create('held', { finalizers: ['example.com/hold'] });
    const gone = await api.call('DELETE', `${MAPS}/held`);
    expect(gone.body.metadata?.deletionTimestamp).toBeDefined();
    expect((await api.call('GET', `${MAPS}/held`)).body.metadata?.deletionTimestamp).toBeDefined();
    await api.call('PATCH', `${MAPS}/held`, { headers: MERGE, body: { metadata: { finalizers: null } } });
    expect((await api.call('GET', `${MAPS}/held`)).status).toBe(404);
  });

  test('dependents go with their owner', async () => {
    const owner = await create('owner');
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.metadata?.uid };
    await create('dependent', { ownerReferences: [reference] });
    await create('orphan-by-uid', {
      ownerReferences: [{ ...reference, uid: '00000000-0000-0000-0000-000000000000' }],
    });
    await eventually(async () => expect((await api.call('GET', `${MAPS}/orphan-by-uid`)).status).toBe(404));
    expect((await api.call('GET', `${MAPS}/dependent`)).status).toBe(200);
    await api.call('DELETE', `${MAPS}/owner?propagationPolicy=Background`);
    await eventually(async () => expect((await api.call('GET', `${MAPS}/dependent`)).status).toBe(404));
  });

  test('wrong input of each kind gets a Status that says what', async () => {
    const call = (path: string, body: unknown, headers = {}) => api.call('POST', path, { body, headers });
    expect((await call(MAPS, '{')).body).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect((await call(MAPS, 'x', { 'content-type': 'text/plain' })).body).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    });
    const strict = await call(`${MAPS}?fieldValidation=Strict`, { ...map('strict'), dataa: {} });
    expect(strict.body.message).toContain('strict decoding error: unknown field "dataa"');
    const warned = await call(MAPS, { ...map('warned'), dataa: {} });
    expect([warned.status, warned.headers.warning]).toEqual([201, '299 - "unknown field \\"dataa\\""']);
    const invalid = await call(MAPS, map('UPPER'));
    expect(invalid.body).toMatchObject({
      code: 422,
      reason: 'Invalid',
      details: { causes: [{ field: 'metadata.name' }] },
    });
    expect((await call('/api/v1/namespaces/nope/configmaps', map('x'))).body).toMatchObject({
      code: 404,
      message: 'namespaces "nope" not found',
    });
    expect((await api.call('GET', '/api/v1/nopes')).body).toMatchObject({
      code: 404,
      message: 'the server could not find the requested resource',
    });
    expect((await api.call('PUT', MAPS, { body: {} })).status).toBe(405);
    expect((await call(MAPS, { ...map('big'), data: { a: 'x'.repeat(4 << 20) } })).status).toBe(413);
  });
});

describe('lists', () => {
  test('come in chunks of one snapshot', async () => {
    for (const name of ['chunk-a', 'chunk-b', 'chunk-c']) await create(name, { labels: { set: 'chunk' } });
    const path = `${MAPS}?labelSelector=set%3Dchunk&limit=2`;
    const first = (await api.call('GET', path)).body;
    expect(first.items?.map((item) => item.metadata?.name)).toEqual(['chunk-a', 'chunk-b']);
    await create('chunk-bb', { labels: { set: 'chunk' } });
    const next = (
      await api.call('GET', `${path}&continue=${encodeURIComponent(first.metadata?.continue ?? '')}`)
    ).body;
    expect(next.items?.map((item) => item.metadata?.name)).toEqual(['chunk-c']);
    expect(next.metadata?.continue ?? '').toBe('');
    expect(version(next)).toBe(version(first));
    expect((await api.call('GET', `${path}&continue=nonsense`)).body).toMatchObject({
      code: 400,
      reason: 'BadRequest',
    });
  });

  test('come as tables and as metadata only', async () => {
    await create('shown');
    const table = await api.call('GET', `${MAPS}/shown`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    });
    expect(table.body.kind).toBe('Table');
    expect(table.body.columnDefinitions?.map((column) => column.name)).toEqual(['Name', 'Data', 'Age']);
    expect(table.body.rows?.[0]?.object.kind).toBe('PartialObjectMetadata');
    const partial = await api.call('GET', MAPS, {
      headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
    });
    expect([partial.body.kind, partial.body.apiVersion]).toEqual([
      'PartialObjectMetadataList',
      'meta.k8s.io/v1',
    ]);
    expect(partial.body.items?.every((item) => item.data === undefined)).toBe(true);
  });

  test('a version from the future is told apart', async () => {
    const { status, body } = await api.call(
      'GET',
      `${MAPS}?resourceVersion=999999999999&resourceVersionMatch=NotOlderThan`,
    );
    expect([status, body.details?.causes?.[0]?.reason]).toEqual([504, 'ResourceVersionTooLarge']);
  });
});

describe('watches', () => {
  const named = (events: readonly { type: string; object: Body }[]) =>
    events.map(({ type, object }) => `${type} ${object.metadata?.name ?? ''}`);

  test('resume where a list ended, without a gap', async () => {
    const list = (await api.call('GET', MAPS)).body;
    await create('seen-one');
    await api.call('PATCH', `${MAPS}/seen-one`, { headers: MERGE, body: { data: { a: '1' } } });
    await api.call('DELETE', `${MAPS}/seen-one`);
    const events = await api.watch(`${MAPS}?watch=true&resourceVersion=${version(list)}`, 3);
    expect(named(events)).toEqual(['ADDED seen-one', 'MODIFIED seen-one', 'DELETED seen-one']);
    const revisions = events.map(({ object }) => Number(version(object)));
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    const later = await api.watch(`${MAPS}?watch=true&resourceVersion=${revisions[0]}`, 2);
    expect(named(later)).toEqual(['MODIFIED seen-one', 'DELETED seen-one']);
  });

  test('the past is there to be read, and to be watched from', async () => {
    const old = await create('past');
    await api.call('PATCH', `${MAPS}/past`, { headers: MERGE, body: { data: { now: 'yes' } } });
    const exact = `resourceVersion=${version(old)}&resourceVersionMatch=Exact`;
    const { body } = await api.call('GET', `${MAPS}?${exact}`);
    expect(version(body)).toBe(version(old));
    expect(body.items?.find((item) => item.metadata?.name === 'past')?.data).toBeUndefined();
    const [first] = await api.watch(`${MAPS}?watch=true&resourceVersion=1`, 1);
    expect(first?.type).toBe('ADDED');
  });

  test('initial events end with a bookmark that says so', async () => {
    await create('initial', { labels: { set: 'initial' } });
    const path = `${MAPS}?watch=true&labelSelector=set%3Dinitial&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    const [added, bookmark] = await api.watch(path, 2);
    expect([added?.type, bookmark?.type]).toEqual(['ADDED', 'BOOKMARK']);
    expect(bookmark?.object.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(Number(bookmark === undefined ? 0 : version(bookmark.object))).toBeGreaterThan(0);
  });

  test('an object that leaves the selector is deleted for the watcher, at the new version', async () => {
    const made = await create('leaves', { labels: { set: 'leaves' } });
    const patched = await api.call('PATCH', `${MAPS}/leaves`, {
      headers: MERGE,
      body: { metadata: { labels: { set: 'other' } } },
    });
    const [event] = await api.watch(
      `${MAPS}?watch=true&labelSelector=set%3Dleaves&resourceVersion=${version(made)}`,
      1,
    );
    expect(event?.type).toBe('DELETED');
    expect(event?.object.metadata?.labels).toEqual({ set: 'leaves' });
    expect(event?.object.metadata?.resourceVersion).toBe(version(patched.body));
  });

  test('end after timeoutSeconds with a last bookmark', async () => {
    const events = await api.watch(
      `${MAPS}?watch=true&timeoutSeconds=3&allowWatchBookmarks=true&resourceVersion=${version((await api.call('GET', MAPS)).body)}`,
      100,
    );
    expect(events.at(-1)?.type).toBe('BOOKMARK');
  });
});
