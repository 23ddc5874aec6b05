import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { WatchClient } from '../testing/watch-client.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const merge = { 'content-type': 'application/merge-patch+json' };

let test: TestServer;
const open: WatchClient[] = [];
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(async () => {
  for (const client of open.splice(0)) client.stop();
  vi.useRealTimers();
  await test.close();
});

async function watch(query: string, headers: Record<string, string> = {}): Promise<WatchClient> {
  const answer = await test.call('GET', `${MAPS}?watch=true${query}`, { headers });
  const client = new WatchClient(answer.raw);
  open.push(client);
  return client;
}
const create = (name: string, labels = {}) =>
  test.call('POST', MAPS, { body: { metadata: { name, labels } } });
const label = (name: string, value: string | null) =>
  test.call('PATCH', `${MAPS}/${name}`, { headers: merge, body: { metadata: { labels: { app: value } } } });

describe('events', () => {
  it('start with the state, then follow changes in order', async () => {
    await create('a');
    const client = await watch('');
    await label('a', 'x');
    await test.call('DELETE', `${MAPS}/a`);
    await client.until(3);
    expect(client.summary).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
  });

  it('show entering and leaving a selection; what leaves is the state before, at the new revision', async () => {
    await create('a');
    const client = await watch('&labelSelector=app%3Dx');
    await label('a', 'x');
    const left = await label('a', 'y');
    await client.until(2);
    expect(client.summary).toEqual(['ADDED a', 'DELETED a']);
    expect(client.events[1]?.object.metadata).toMatchObject({
      labels: { app: 'x' },
      resourceVersion: left.body.metadata?.resourceVersion,
    });
  });

  it('show what goes with its last finalizer as it was before, at the new revision', async () => {
    const finalizers = ['example.com/a'];
    await test.call('POST', MAPS, { body: { metadata: { name: 'a', finalizers } } });
    const deleted = await test.call('DELETE', `${MAPS}/a`);
    const client = await watch('');
    const answer = await test.call('PATCH', `${MAPS}/a`, {
      headers: merge,
      body: { metadata: { finalizers: null, labels: { late: 'yes' } } },
    });
    expect(answer.body.metadata).toMatchObject({ labels: { late: 'yes' } });
    await client.until(2);
    expect(client.summary).toEqual(['ADDED a', 'DELETED a']);
    const { metadata } = client.events[1]?.object ?? {};
    expect(metadata).toMatchObject({ finalizers, deletionTimestamp: expect.any(String) });
    expect(metadata?.labels).toBeUndefined();
    expect(Number(metadata?.resourceVersion)).toBeGreaterThan(Number(deleted.body.metadata?.resourceVersion));
  });

  it('show a delete at its own revision', async () => {
    const made = await create('a');
    const client = await watch('');
    await test.call('DELETE', `${MAPS}/a`);
    await client.until(2);
    expect(Number(client.events[1]?.object.metadata?.resourceVersion)).toBeGreaterThan(
      Number(made.body.metadata?.resourceVersion),
    );
  });

  it('resume after a revision, once and without gaps', async () => {
    const first = await create('a');
    await create('b');
    await label('b', 'x');
    const client = await watch(`&resourceVersion=${String(first.body.metadata?.resourceVersion)}`);
    await create('c');
    await client.until(3);
    expect(client.summary).toEqual(['ADDED b', 'MODIFIED b', 'ADDED c']);
  });

  it('of one namespace or name do not show others', async () => {
    const client = await watch('&fieldSelector=metadata.name%3Db');
    await create('a');
    await create('b');
    await client.until(1);
    expect(client.summary).toEqual(['ADDED b']);
  });

  it('come from the log when a new server does not have them in memory', async () => {
    const first = await create('a');
    await label('a', 'x');
    const second = await startTestServer({}, test.store);
    const answer = await second.call(
      'GET',
      `${MAPS}?watch=true&resourceVersion=${String(first.body.metadata?.resourceVersion)}`,
    );
    const client = new WatchClient(answer.raw);
    await create('b');
    await client.until(2);
    expect(client.summary).toEqual(['MODIFIED a', 'ADDED b']);
    client.stop();
    second.server.close();
  });

  it('are ended with 410 inside an answer of 200 when the history is gone', async () => {
    const first = await create('a');
    await label('a', 'x');
    await test.store.compact({ objectsMs: 0, busyMs: 0, now: Date.now() + 1000 });
    const second = await startTestServer({}, test.store);
    const answer = await second.call(
      'GET',
      `${MAPS}?watch=true&resourceVersion=${String(first.body.metadata?.resourceVersion)}`,
    );
    const client = new WatchClient(answer.raw);
    await client.until(1);
    expect(client.events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
    await client.until(2);
    expect(client.ended).toBe(true);
    second.server.close();
  });
});

describe('sendInitialEvents', () => {
  const list = '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

  it('ends the state with an annotated bookmark, even when there is none', async () => {
    const empty = await watch(list);
    expect(empty.events).toHaveLength(1);
    expect(empty.events[0]).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
    await create('a');
    const one = await watch(list);
    expect(one.summary).toEqual(['ADDED a', 'BOOKMARK']);
  });

  it('needs NotOlderThan', async () => {
    const { body } = await test.call('GET', `${MAPS}?watch=true&sendInitialEvents=true`);
    expect(body.message).toContain('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  });
});

describe('time', () => {
  it('ends a watch, with a bookmark shortly before', async () => {
    const client = await watch('&allowWatchBookmarks=true&timeoutSeconds=1');
    await client.until(99);
    expect(client.ended).toBe(true);
    // The end of the state, which was empty, and the end of the watch.
    expect(client.events.map(({ type }) => type)).toEqual(['BOOKMARK', 'BOOKMARK']);
    expect(client.events[1]?.object.metadata).toEqual({ resourceVersion: expect.any(String) });
  });
});

describe('rules', () => {
  const refused = async (path: string) => {
    const { status, body } = await test.call('GET', path);
    return [status, body.message];
  };
  const invalid = (text: string): string => `ListOptions.meta.k8s.io "" is invalid: ${text}`;

  it('are those of the original, word for word', async () => {
    expect(await refused(`${MAPS}?watch=1&sendInitialEvents=true&resourceVersionMatch=Exact`)).toEqual([
      422,
      invalid(
        '[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
      ),
    ]);
    expect(await refused(`${MAPS}?watch=1&resourceVersionMatch=NotOlderThan`)).toEqual([
      422,
      invalid(
        'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    ]);
    expect(await refused(`${MAPS}?watch=1&resourceVersion=abc`)).toEqual([
      422,
      'configmaps "" is invalid: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ]);
    expect(
      await refused('/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.namespace%3Dx'),
    ).toEqual([400, "fieldSelector metadata.name doesn't match requested name"]);
    const yaml = await test.call('GET', `${MAPS}?watch=1`, { headers: { accept: 'application/yaml' } });
    expect([yaml.status, yaml.raw.body.toString()]).toEqual([
      406,
      expect.stringContaining(
        'only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
      ),
    ]);
  });

  it('tell of a revision that never comes by an event', async () => {
    const query = '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=999999999';
    const client = await watch(query);
    await client.until(1);
    expect(client.events).toMatchObject([
      {
        type: 'ERROR',
        object: {
          code: 504,
          reason: 'Timeout',
          details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
        },
      },
    ]);
    expect(client.ended).toBe(true);
  });

  it('end the state of an old-style watch with the bookmark of a WatchList', async () => {
    await create('a');
    const client = await watch('&allowWatchBookmarks=true&resourceVersion=0');
    expect(client.summary).toEqual(['ADDED a', 'BOOKMARK']);
    const silent = await watch('&resourceVersion=0');
    expect(silent.summary).toEqual(['ADDED a']);
  });

  it('find few of many without holding up others, and miss nothing meanwhile', async () => {
    const names = Array.from({ length: 1200 }, (_, index) => `m${String(index).padStart(4, '0')}`);
    for (const name of names)
      await test.call('POST', MAPS, {
        body: { metadata: { name, labels: { odd: name.endsWith('7') ? 'yes' : 'no' } } },
      });
    const client = await watch('&labelSelector=odd%3Dyes&allowWatchBookmarks=true');
    await test.call('POST', MAPS, { body: { metadata: { name: 'late', labels: { odd: 'yes' } } } });
    await client.until(122);
    const expected = names.filter((name) => name.endsWith('7')).map((name) => `ADDED ${name}`);
    expect(client.summary).toEqual([...expected, 'BOOKMARK', 'ADDED late']);
    client.stop();
  });

  it('let old paths watch one object', async () => {
    await create('a');
    await create('b');
    for (const [path, expected] of [
      [`/api/v1/watch/namespaces/default/configmaps/b`, 'ADDED b'],
      ['/api/v1/watch/namespaces/default', 'ADDED default'],
    ] as const) {
      const { raw } = await test.call('GET', path);
      const client = new WatchClient(raw);
      await client.until(1);
      expect(client.summary).toEqual([expected]);
      client.stop();
    }
  });
});

describe('tables', () => {
  it('carry their columns in the first event only', async () => {
    await create('a');
    const client = await watch('', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    await create('b');
    await client.until(2);
    expect(client.events.map(({ object }) => object.columnDefinitions)).toEqual([expect.any(Array), null]);
    const second = await watch(
      `&resourceVersion=${String(client.events[1]?.object.metadata?.resourceVersion)}`,
      {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
      },
    );
    await create('c');
    await second.until(1);
    expect(second.events[0]?.object.columnDefinitions).toEqual(expect.any(Array));
  });
});
