import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DispatchRequest } from '../api-server.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';
const map = (name: string, data: object, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});
const named = (name: string, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace,
  name,
});

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer({
    authorizer: {
      authorize: (_user, attributes) =>
        attributes.resource === 'secrets'
          ? { allowed: false, reason: 'no secrets today' }
          : { allowed: true, reason: '' },
    },
  });
});
afterEach(() => test.close());

const post = (spec: object) => test.call('POST', SETS, { body: { spec: { fieldManager: 'sync', ...spec } } });
const exists = async (name: string): Promise<boolean> =>
  (await test.call('GET', `/api/v1/namespaces/default/configmaps/${name}`)).status === 200;

it('creates a namespace and what is in it, whatever their order, at consecutive revisions', async () => {
  const { body } = await post({
    apply: [map('a', { x: '1' }, 'new'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } }],
  });
  expect(body.status).toMatchObject({
    applied: true,
    results: [
      { operation: 'create', name: 'a' },
      { operation: 'create', name: 'new' },
    ],
  });
  const stored = await test.call('GET', '/api/v1/namespaces/new/configmaps/a');
  expect(stored.body).toMatchObject(JSON.parse(JSON.stringify(body.status?.results?.[0]?.after)) as object);
});

it('updates, prunes and leaves alone in one transaction', async () => {
  await post({ apply: [map('a', { x: '1' }), map('b', { x: '1' }), map('c', { x: '1' })] });
  const { body } = await post({
    apply: [map('a', { x: '1' }), map('b', { x: '2' })],
    prune: [named('c'), named('gone')],
  });
  expect(body.status).toMatchObject({
    applied: true,
    results: [
      { operation: 'none' },
      { operation: 'update', before: { data: { x: '1' } }, after: { data: { x: '2' } } },
      { operation: 'delete' },
      { operation: 'none' },
    ],
  });
  expect(await exists('c')).toBe(false);
});

it('writes nothing the second time', async () => {
  await post({ apply: [map('a', { x: '1' })] });
  const before = await test.store.currentRevision();
  const { body } = await post({ apply: [map('a', { x: '1' })] });
  expect(body.status).toMatchObject({ applied: true, results: [{ operation: 'none' }] });
  expect(await test.store.currentRevision()).toBe(before);
});

it('does all or nothing, and says what is wrong with each object', async () => {
  const { body } = await post({
    apply: [
      map('a', { x: '1' }),
      { ...map('b', {}), dataa: 1 },
      map('a', { x: '2' }),
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } },
      { apiVersion: 'v1', kind: 'Nope', metadata: { name: 'n' } },
      map('c', {}, ''),
    ],
  });
  expect(body.status).toMatchObject({
    applied: false,
    results: [
      { operation: 'create' },
      { operation: 'error', error: { message: expect.stringContaining('unknown field "dataa"') } },
      { operation: 'error', error: { message: expect.stringContaining('more than once') } },
      { operation: 'error', error: { code: 403 } },
      { operation: 'error', error: { message: 'no matches for kind "Nope" in version "v1"' } },
      { operation: 'error', error: { code: 400 } },
    ],
  });
  expect(await exists('a')).toBe(false);
});

it('shows a dry run and stores nothing', async () => {
  const { body } = await post({ dryRun: true, apply: [map('a', { x: '1' })] });
  expect(body.status).toMatchObject({
    applied: false,
    results: [{ operation: 'create', after: { data: { x: '1' } } }],
  });
  expect(await exists('a')).toBe(false);
});

it('reports conflicts with other managers, and takes over when forced', async () => {
  await test.call('PATCH', '/api/v1/namespaces/default/configmaps/a?fieldManager=other', {
    headers: { 'content-type': 'application/apply-patch+yaml' },
    body: map('a', { x: '1' }),
  });
  const refused = await post({ apply: [map('a', { x: '2' })] });
  expect(refused.body.status).toMatchObject({ applied: false, results: [{ error: { reason: 'Conflict' } }] });
  const forced = await post({ force: true, apply: [map('a', { x: '2' })] });
  expect(forced.body.status).toMatchObject({ applied: true, results: [{ operation: 'update' }] });
});

it('deletes only the object of the uid that was named', async () => {
  await post({ apply: [map('a', {})] });
  await post({ prune: [{ ...named('a'), uid: '00000000-0000-0000-0000-000000000000' }] });
  expect(await exists('a')).toBe(true);
});

it('tells who changed an object last, when a dry run asks for it', async () => {
  const origin = 'git:1';
  await post({ apply: [map('a', { x: '1' }), map('b', { x: '1' }), map('c', { x: '1' })], origin });
  const as = (name: string, request: DispatchRequest) =>
    test.server.dispatch({ name, uid: '', groups: [], extra: {} }, request);
  const path = (name: string) => `/api/v1/namespaces/default/configmaps/${name}`;
  await as('bob', {
    ...{ method: 'PATCH', path: path('a'), body: { data: { x: '2' } } },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
  await as('carol', { method: 'DELETE', path: path('b') });
  const again = {
    apply: [map('a', { x: '1' }), map('b', { x: '1' }), map('c', { x: '1' })],
    dryRun: true,
    force: true,
  };
  const told = await post({ ...again, authors: true });
  expect(told.body.status?.results).toMatchObject([
    { name: 'a', operation: 'update', changedBy: 'bob' },
    { name: 'b', operation: 'create', changedBy: 'carol' },
    { name: 'c', operation: 'none' },
  ]);
  expect(JSON.stringify((await post(again)).body)).not.toContain('changedBy');
});
