import { afterEach, describe, expect, it, vi } from 'vitest';
import { momentOf } from './table.ts';
import { queryRows } from './table-query.ts';
import { TableViews } from './table-views.ts';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' };
const columnDefinitions = [
  { name: 'Name', type: 'string', format: 'name' },
  { name: 'Restarts', type: 'string' },
  { name: 'Age', type: 'string' },
];
const row = (name: string, revision: number, restarts = '0') => ({
  cells: [name, restarts, '5s'],
  object: {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      resourceVersion: String(revision),
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: 'Web' },
    },
  },
});
const table = (...rows: object[]) => ({
  kind: 'Table',
  metadata: { resourceVersion: '10' },
  columnDefinitions,
  rows,
});
const event = (type: string, ...rows: object[]): Buffer =>
  Buffer.from(`${JSON.stringify({ type, object: { kind: 'Table', columnDefinitions: null, rows } })}\n`);

const open = async (server: FakeServer) => {
  const views = new TableViews();
  const view = await views.open(admin, server.dispatch, { resource: PODS, namespace: 'shop' });
  return { views, view };
};

describe('table views', () => {
  afterEach(() => vi.useRealTimers());

  it('follows a list by one watch from its revision, and shares it', async () => {
    const server = new FakeServer().on('GET /api/v1/namespaces/shop/pods', {
      status: 200,
      body: table(row('a', 3)),
    });
    const { views, view } = await open(server);
    const told = vi.fn();
    view.onChange(told);
    const [sink] = server.watches;
    // A frame may come in pieces.
    const frame = event('ADDED', row('b', 12));
    sink?.write(frame.subarray(0, 20));
    expect(told).not.toHaveBeenCalled();
    sink?.write(frame.subarray(20));
    sink?.write(event('DELETED', row('a', 13)));
    expect([...view.rows.values()].map(({ name }) => name)).toEqual(['b']);
    expect(view.revision).toBe(13);
    expect(told).toHaveBeenCalledTimes(2);
    await views.open(admin, server.dispatch, { resource: PODS, namespace: 'shop' });
    expect(server.watches).toHaveLength(1);
    expect(server.requests[1]?.query).toMatchObject({ watch: 'true', resourceVersion: '10' });
  });

  it('asks for rights again on each use', async () => {
    const server = new FakeServer().on('GET /api/v1/namespaces/shop/pods', { status: 200, body: table() });
    const { views } = await open(server);
    server.on('GET /api/v1/namespaces/shop/pods', { status: 403, body: failure(403, 'Forbidden', 'no') });
    await expect(
      views.open(admin, server.dispatch, { resource: PODS, namespace: 'shop' }),
    ).rejects.toMatchObject({ message: 'no' });
  });

  it('keeps no view for a list that was denied', async () => {
    const views = new TableViews();
    const server = new FakeServer().on('GET /api/v1/pods', {
      status: 403,
      body: failure(403, 'Forbidden', 'no'),
    });
    await expect(views.open(admin, server.dispatch, { resource: PODS, namespace: '' })).rejects.toThrow('no');
    expect(views.size).toBe(0);
  });

  it('reads everything anew when the past is gone', async () => {
    vi.useFakeTimers();
    const server = new FakeServer().on('GET /api/v1/namespaces/shop/pods', {
      status: 200,
      body: table(row('a', 3)),
    });
    const { view } = await open(server);
    server.on('GET /api/v1/namespaces/shop/pods', { status: 200, body: table(row('z', 9)) });
    server.watches[0]?.write(Buffer.from('{"type":"ERROR","object":{"code":410}}\n'));
    server.watches[0]?.end();
    await vi.runOnlyPendingTimersAsync();
    expect([...view.rows.values()].map(({ name }) => name)).toEqual(['z']);
  });

  it('closes a view that nobody looks at', async () => {
    let now = 0;
    const views = new TableViews(() => now);
    const server = new FakeServer().on('GET /api/v1/pods', { status: 200, body: table() });
    const view = await views.open(admin, server.dispatch, { resource: PODS, namespace: '' });
    const stop = view.onChange(() => undefined);
    now = 60_000;
    views.sweep();
    expect(views.size).toBe(1);
    stop();
    views.sweep();
    expect(views.size).toBe(0);
  });
});

describe('list', () => {
  const server = new FakeServer().on('GET /api/v1/namespaces/shop/pods', {
    status: 200,
    body: table(row('web-10', 1, '2'), row('web-2', 2, '10'), row('db', 3)),
  });
  const list = (input: object) =>
    server.as(admin).resources.list({ resource: PODS, namespace: 'shop', ...input });

  it('filters by words, labels and exclusion, and counts what matches', async () => {
    expect(await list({ filter: 'WEB' })).toMatchObject({ matched: 2, total: 3 });
    expect(await list({ filter: 'app=web -db' })).toMatchObject({ matched: 2 });
    expect(await list({ filter: 'app=other' })).toMatchObject({ matched: 0 });
  });

  it('sorts numbers in texts as numbers and cuts the page', async () => {
    const { rows, matched } = await list({ sort: 'Restarts', descending: true, limit: 2 });
    expect(rows.map(({ name }) => name)).toEqual(['web-2', 'web-10']);
    expect(matched).toBe(3);
  });
});

describe('ages', () => {
  it('become moments, so that a kept row does not lie later', () => {
    const now = Date.parse('2026-01-02T00:00:00Z');
    expect(momentOf('3m57s', now)).toBe('2026-01-01T23:56:03.000Z');
    expect(momentOf('1d2h', now)).toBe('2025-12-31T22:00:00.000Z');
    expect(momentOf('<unknown>', now)).toBe('<unknown>');
    expect(momentOf(null, now)).toBeNull();
  });

  it('sort the youngest first', () => {
    const rows = ['old', 'new'].map((name, index) => ({
      uid: name,
      name,
      namespace: '',
      createdAt: '',
      deleting: false,
      labels: {},
      owner: null,
      cells: [`2026-01-0${index + 1}T00:00:00Z`],
    }));
    const query = { filter: '', sort: 'Last Seen', descending: false, offset: 0, limit: 9 };
    const sorted = queryRows(rows, [{ name: 'Last Seen', type: 'string' }], query);
    expect(sorted.rows.map(({ name }) => name)).toEqual(['new', 'old']);
  });
});
