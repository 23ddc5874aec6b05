import { describe, expect, it } from 'vitest';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' };
const NODES = { group: '', version: 'v1', plural: 'nodes' };
const table = (resourceVersion: string) => ({
  kind: 'Table',
  metadata: { resourceVersion },
  columnDefinitions: [],
  rows: [],
});
const topics = [
  { id: 'pods', resource: PODS, namespace: '' },
  { id: 'nodes', resource: NODES, namespace: '' },
];

const server = () =>
  new FakeServer()
    .on('GET /api/v1/pods', { status: 200, body: table('10') })
    .on('GET /api/v1/nodes', { status: 200, body: table('20') });

describe('live changes', () => {
  it('tells each list at first, and then what changed, with the newest revision as its id', async () => {
    const fake = server();
    const stream = (await fake.as(admin).live.changes({ topics }))[Symbol.asyncIterator]();
    expect((await stream.next()).value).toMatchObject([
      '20',
      { revisions: { pods: 10, nodes: 20 } },
      expect.anything(),
    ]);
    const next = stream.next();
    const object = {
      kind: 'Table',
      rows: [{ cells: [], object: { metadata: { name: 'a', uid: 'a', resourceVersion: '31' } } }],
    };
    fake.watches[0]?.write(Buffer.from(`${JSON.stringify({ type: 'ADDED', object })}\n`));
    expect((await next).value).toMatchObject(['31', { revisions: { pods: 31 } }, expect.anything()]);
    await stream.return?.();
  });

  it('after a lost connection tells only what is newer than was told', async () => {
    const stream = (await server().as(admin).live.changes({ topics, lastEventId: '15' }))[
      Symbol.asyncIterator
    ]();
    expect((await stream.next()).value).toMatchObject([
      '20',
      { revisions: { nodes: 20 } },
      expect.anything(),
    ]);
    await stream.return?.();
  });

  it('watches what it may and names what it may not', async () => {
    const fake = server().on('GET /api/v1/nodes', {
      status: 403,
      body: failure(403, 'Forbidden', 'nodes is forbidden'),
    });
    const stream = (await fake.as(admin).live.changes({ topics }))[Symbol.asyncIterator]();
    expect((await stream.next()).value).toMatchObject([
      '10',
      { revisions: { pods: 10 }, errors: { nodes: 'nodes is forbidden' } },
      expect.anything(),
    ]);
    await stream.return?.();
  });
});
