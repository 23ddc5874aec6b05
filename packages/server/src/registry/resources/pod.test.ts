import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { WatchClient } from '../../testing/watch-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
const merge = { 'content-type': 'application/merge-patch+json' };

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const create = (name: string, labels = {}) =>
  test.call('POST', PODS, {
    body: { metadata: { name, labels }, spec: { containers: [{ name: 'c', image: 'x' }] } },
  });
const bind = (name: string, node: string) =>
  test.call('POST', `${PODS}/${name}/binding`, {
    body: { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: node } },
  });

it('binds a pod once', async () => {
  await create('p');
  expect((await bind('p', 'n1')).body).toMatchObject({ kind: 'Status', status: 'Success' });
  const { body } = await test.call('GET', `${PODS}/p`);
  expect(body).toMatchObject({
    spec: { nodeName: 'n1' },
    status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
  });
  const again = await bind('p', 'n2');
  expect(again.body.message).toBe(
    'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n1"',
  );
});

it('deletes at once what no node runs, and grants the others their time', async () => {
  await create('idle');
  await test.call('DELETE', `${PODS}/idle`);
  expect((await test.call('GET', `${PODS}/idle`)).status).toBe(404);
  await create('busy');
  await bind('busy', 'n1');
  const going = await test.call('DELETE', `${PODS}/busy`);
  expect(going.body.metadata?.deletionGracePeriodSeconds).toBe(30);
  const shorter = await test.call('DELETE', `${PODS}/busy?gracePeriodSeconds=5`);
  expect(shorter.body.metadata?.deletionGracePeriodSeconds).toBe(5);
  const longer = await test.call('DELETE', `${PODS}/busy?gracePeriodSeconds=60`);
  expect(longer.body.metadata?.deletionGracePeriodSeconds).toBe(5);
  await test.call('DELETE', `${PODS}/busy?gracePeriodSeconds=0`);
  expect((await test.call('GET', `${PODS}/busy`)).status).toBe(404);
});

it('marks what goes at once: in the answer, and in the event that tells of it', async () => {
  await create('idle');
  const watch = new WatchClient((await test.call('GET', `${PODS}?watch=1`)).raw);
  const { body } = await test.call('DELETE', `${PODS}/idle`);
  const marked = { deletionTimestamp: expect.any(String), deletionGracePeriodSeconds: 0, generation: 2 };
  expect(body.metadata).toMatchObject(marked);
  const [, gone] = await watch.until(2);
  watch.stop();
  expect(gone).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'idle', ...marked } } });
});

it('leaves what is going as it is, unless a client wants it gone sooner', async () => {
  await create('busy');
  await bind('busy', 'n1');
  const remove = async (query: string) => (await test.call('DELETE', `${PODS}/busy${query}`)).body.metadata;
  const granted = await remove('?gracePeriodSeconds=60');
  await test.call('PATCH', `${PODS}/busy/status`, {
    headers: merge,
    body: { status: { phase: 'Succeeded' } },
  });
  for (const query of ['', '?propagationPolicy=Orphan'])
    expect(await remove(query)).toMatchObject({
      ...{ deletionGracePeriodSeconds: 60, deletionTimestamp: granted?.deletionTimestamp },
    });
  expect(await remove('')).not.toHaveProperty('finalizers');
  expect(await remove('?gracePeriodSeconds=5')).toMatchObject({ deletionGracePeriodSeconds: 5 });
  expect(await remove('?gracePeriodSeconds=0')).toMatchObject({ deletionGracePeriodSeconds: 0 });
  expect((await test.call('GET', `${PODS}/busy`)).status).toBe(404);
});

it('moves no end into the past', async () => {
  await create('busy');
  await bind('busy', 'n1');
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const began = Date.now();
    await test.call('DELETE', `${PODS}/busy`);
    vi.setSystemTime(began + 20_000);
    const { body } = await test.call('DELETE', `${PODS}/busy?gracePeriodSeconds=5`);
    expect(body.metadata?.deletionGracePeriodSeconds).toBe(1);
    expect(Date.parse(String(body.metadata?.deletionTimestamp))).toBe(
      Math.floor((began + 20_000) / 1000) * 1000,
    );
  } finally {
    vi.useRealTimers();
  }
});

it('evicts within the disruption budget only', async () => {
  for (const name of ['a', 'b']) {
    await create(name, { app: 'web' });
    await bind(name, 'n1');
    await test.call('PATCH', `${PODS}/${name}/status`, {
      headers: merge,
      body: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
    });
  }
  const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
  await test.call('POST', budgets, {
    body: { metadata: { name: 'b' }, spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } } },
  });
  await test.call('PATCH', `${budgets}/b/status`, {
    headers: merge,
    body: {
      status: {
        observedGeneration: 1,
        disruptionsAllowed: 1,
        currentHealthy: 2,
        desiredHealthy: 1,
        expectedPods: 2,
      },
    },
  });
  const evict = (name: string) =>
    test.call('POST', `${PODS}/${name}/eviction`, { body: { metadata: { name } } });
  expect((await evict('a')).status).toBe(201);
  const evicted = await test.call('GET', `${PODS}/a`);
  expect(evicted.body).toMatchObject({
    metadata: { deletionGracePeriodSeconds: 30 },
    status: {
      conditions: expect.arrayContaining([
        expect.objectContaining({
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
        }),
      ]),
    },
  });
  const refused = await evict('b');
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toBeUndefined();
  expect(refused.body).toMatchObject({
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget b needs 1 healthy pods and has 2 currently',
        },
      ],
    },
  });
  const { body } = await test.call('GET', `${PODS}/b`);
  expect(body.metadata?.deletionTimestamp).toBeUndefined();
});

it('evicts only the pod and the version that the client means', async () => {
  await create('p');
  const evict = (preconditions: object) =>
    test.call('POST', `${PODS}/p/eviction`, {
      body: { metadata: { name: 'p' }, deleteOptions: { preconditions } },
    });
  expect((await evict({ uid: 'other' })).status).toBe(409);
  expect((await evict({ resourceVersion: '1' })).status).toBe(409);
  const { metadata } = (await test.call('GET', `${PODS}/p`)).body;
  const { uid, resourceVersion } = metadata ?? {};
  expect((await evict({ uid, resourceVersion })).status).toBe(201);
  expect((await test.call('GET', `${PODS}/p`)).status).toBe(404);
});

it('evicts and binds by bodies of these kinds alone', async () => {
  await create('p');
  const post = async (subresource: string, body: unknown) => {
    const answer = await test.call('POST', `${PODS}/p/${subresource}`, { body });
    return [answer.status, answer.body.message];
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };
  expect(await post('eviction', pod)).toEqual([
    400,
    'Pod in version "v1" cannot be handled as a Eviction: converting (v1.Pod) to (policy.Eviction): unknown conversion',
  ]);
  expect(await post('binding', { ...pod, target: { kind: 'Node', name: 'n' } })).toEqual([
    400,
    'Pod in version "v1" cannot be handled as a Binding: converting (v1.Pod) to (core.Binding): unknown conversion',
  ]);
  expect((await post('eviction', []))[1]).toMatch(
    /^the object provided is unrecognized \(must be of type Eviction\): .* \(5b5d\)$/,
  );
  const { metadata } = (await test.call('GET', `${PODS}/p`)).body;
  expect(metadata).not.toHaveProperty('deletionTimestamp');
  const odd = { metadata: { name: 'p' }, frob: 1 };
  const warned = await test.call('POST', `${PODS}/p/eviction?dryRun=All`, { body: odd });
  expect([warned.status, warned.headers.warning]).toEqual([201, ['299 - "unknown field \\"frob\\""']]);
  expect(await post('eviction?dryRun=All', { apiVersion: '', kind: '', metadata })).toEqual([201, undefined]);
  const older = { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: { name: 'p' } };
  expect(await post('eviction', older)).toEqual([201, undefined]);
});
