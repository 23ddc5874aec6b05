import { expect, it } from 'vitest';
import { foldPods, podReason } from './overview.ts';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const pod = (cpu: string) => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [{ name: 'web', resources: { requests: { cpu, memory: '64Mi' } } }] },
});
const node = (name: string, ready: string) => ({
  metadata: { name },
  status: {
    allocatable: { cpu: '2', memory: '4Gi', pods: '110', 'ephemeral-storage': '10Gi' },
    conditions: [{ type: 'Ready', status: ready }],
  },
});
const cluster = () =>
  new FakeServer()
    .on('GET /version', { status: 200, body: { gitVersion: 'v1.36.0' } })
    .on('GET /api/v1/nodes', { status: 200, body: { items: [node('a', 'True'), node('b', 'Unknown')] } })
    .on('GET /api/v1/pods', ({ query }) =>
      query?.continue === undefined
        ? { status: 200, body: { metadata: { continue: 'more' }, items: [pod('500m'), pod('1')] } }
        : { status: 200, body: { metadata: {}, items: [pod('500m')] } },
    );

it('says how full the cluster is, from all pages of its pods that take room', async () => {
  const fake = cluster();
  const capacity = await fake.as(admin).overview.capacity();
  expect(capacity).toMatchObject({ version: 'v1.36.0', nodes: { ready: 1, total: 2 }, isPartial: false });
  expect(
    capacity.lines?.map(({ name, requested, allocatable, used }) => [name, requested, allocatable, used]),
  ).toEqual([
    ['cpu', '2', '4', ''],
    ['memory', '192Mi', '8Gi', ''],
    ['pods', '3', '220', ''],
  ]);
  const asked = fake.requests.find(({ path }) => path === '/api/v1/pods');
  expect(asked?.query?.fieldSelector).toContain('spec.nodeName!=');
});

it('adds what is used where metrics are served', async () => {
  const capacity = await cluster()
    .on('GET /apis/metrics.k8s.io/v1beta1/nodes', {
      status: 200,
      body: { items: [{ usage: { cpu: '250000000n' } }, { usage: { cpu: '1' } }] },
    })
    .as(admin)
    .overview.capacity();
  expect(capacity.lines?.map(({ used }) => used)).toEqual(['1250m', '', '']);
});

it('tells the version to who may list nothing', async () => {
  const fake = cluster().on('GET /api/v1/pods', { status: 403, body: failure(403, 'Forbidden', 'no') });
  expect(await fake.as(admin).overview.capacity()).toMatchObject({ version: 'v1.36.0', lines: null });
});

it('makes one concern of the pods of an owner with the same trouble', () => {
  const concern = (name: string, reason: string) => ({
    row: { name, namespace: 'shop', owner: { kind: 'ReplicaSet', name: 'web-1' } },
    concern: { severity: 'broken', kind: 'Pod', reason, since: '', alike: 0 },
  });
  const folded = foldPods([
    concern('a', 'ErrImagePull'),
    concern('b', 'ErrImagePull'),
    concern('c', 'OOMKilled'),
  ] as never);
  expect(folded.map(({ reason, alike }) => [reason, alike])).toEqual([
    ['ErrImagePull', 1],
    ['OOMKilled', 0],
  ]);
});

it('leaves out what the transport adds to the words of the runtime', () => {
  const message = 'rpc error: code = Unknown desc = failed to pull image "x"';
  const state = { waiting: { reason: 'ErrImagePull', message } };
  expect(podReason({ status: { containerStatuses: [{ name: 'web', state }] } } as never)).toBe(
    'web: ErrImagePull: failed to pull image "x"',
  );
});
