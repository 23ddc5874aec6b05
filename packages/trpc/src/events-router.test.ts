import { expect, it } from 'vitest';
import { admin, FakeServer } from './testing/fake-server.ts';

const COLUMNS = ['Last Seen', 'Type', 'Reason', 'Object', 'Message', 'Count'];
const row = (uid: string, cells: readonly (string | number)[]) => ({
  cells,
  object: { metadata: { name: uid, uid, namespace: 'shop', resourceVersion: '1' } },
});

it('streams events of all objects, the newest first, filtered by type, kind and word', async () => {
  const kinds = (resources: readonly object[]) => ({
    status: 200,
    body: { items: [{ metadata: { name: '' }, versions: [{ version: 'v1', resources }] }] },
  });
  const server = new FakeServer()
    .on('GET /api/v1/namespaces/shop/events', {
      status: 200,
      body: {
        metadata: { resourceVersion: '1' },
        columnDefinitions: COLUMNS.map((name) => ({ name, type: 'string' })),
        rows: [
          row('old', ['10m', 'Normal', 'Started', 'pod/web-1', 'Started container', 1]),
          row('new', ['5s', 'Warning', 'BackOff', 'pod/web-1', 'Back-off restarting', 4]),
          row('other', ['1m', 'Normal', 'Odd', 'gadget/x', 'Something', 1]),
        ],
      },
    })
    .on(
      'GET /api',
      kinds([{ resource: 'pods', responseKind: { kind: 'Pod' }, scope: 'Namespaced', verbs: ['get'] }]),
    )
    .on('GET /apis', { status: 200, body: { items: [] } });
  const { events } = server.as(admin);
  const all = await events.stream({ namespace: 'shop' });
  expect(all.events.map(({ uid }) => uid)).toEqual(['new', 'other', 'old']);
  expect(all.kinds).toEqual(['Pod', 'gadget']);
  expect(all.events[0]).toMatchObject({ kind: 'Pod', name: 'web-1', count: 4, ref: { namespace: 'shop' } });
  expect(all.events[1]).toMatchObject({ kind: 'gadget', name: 'x', ref: null });
  const warnings = await events.stream({ namespace: 'shop', type: 'Warning', kind: 'pod', filter: 'back' });
  expect(warnings).toMatchObject({ matched: 1, total: 3 });
});
