import { expect, it } from 'vitest';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const APPS = '/apis/apps/v1/namespaces/shop';
const ref = {
  resource: { group: 'apps', version: 'v1', plural: 'deployments' },
  ...{ namespace: 'shop', name: 'web' },
} as const;
const template = (image: string, hash?: string) => ({
  metadata: { labels: { app: 'web', ...(hash === undefined ? {} : { 'pod-template-hash': hash }) } },
  spec: { containers: [{ name: 'web', image }] },
});
const set = (revision: string, image: string, uid = 'u1') => ({
  metadata: {
    name: `web-${revision}`,
    annotations: { 'deployment.kubernetes.io/revision': revision },
    ownerReferences: [{ kind: 'Deployment', name: 'web', uid, controller: true }],
  },
  spec: { template: template(image, `hash${revision}`) },
});
const server = (spec: object = {}) =>
  new FakeServer()
    .on(`GET ${APPS}/deployments/web`, {
      status: 200,
      body: { metadata: { uid: 'u1' }, spec: { template: template('web:2'), ...spec } },
    })
    .on(`GET ${APPS}/replicasets`, {
      status: 200,
      body: { items: [set('1', 'web:1'), set('2', 'web:2'), set('9', 'other:1', 'u2')] },
    })
    .on(`PATCH ${APPS}/deployments/web`, { status: 200, body: {} });

it('tells the revisions of a Deployment by its own ReplicaSets, the newest first', async () => {
  const { paused, revisions } = await server().as(admin).workloads.revisions(ref);
  expect(paused).toBe(false);
  expect(revisions.map(({ revision, isCurrent, images }) => [revision, isCurrent, images])).toEqual([
    [2, true, ['web:2']],
    [1, false, ['web:1']],
  ]);
  expect(revisions[0]?.yaml).not.toContain('pod-template-hash');
});

it('rolls back to an earlier template of the same object, unless the rollout is paused', async () => {
  const fake = server();
  await fake.as(admin).workloads.rollBack({ ref, revision: 1 });
  expect(fake.requests.at(-1)?.body).toEqual([
    { op: 'test', path: '/metadata/uid', value: 'u1' },
    { op: 'replace', path: '/spec/template', value: template('web:1') },
  ]);
  await expect(fake.as(admin).workloads.rollBack({ ref, revision: 7 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(
    server({ paused: true }).as(admin).workloads.rollBack({ ref, revision: 1 }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

it('names the containers of the pods that a selector finds, what they ask for and use', async () => {
  const fake = server({ selector: { matchLabels: { app: 'web' } } })
    .on('GET /api/v1/namespaces/shop/pods', {
      status: 200,
      body: {
        items: [
          {
            metadata: { name: 'web-a', labels: { app: 'web' } },
            spec: {
              initContainers: [{ name: 'first', resources: { requests: { cpu: '300m' } } }],
              containers: [
                { name: 'web', resources: { requests: { cpu: '100m', memory: '64Mi' } } },
                { name: 'side', resources: { requests: { cpu: '50m' }, limits: { memory: '1Gi' } } },
              ],
            },
            status: {
              containerStatuses: [
                {
                  ...{ name: 'web', restartCount: 3, state: { waiting: {} } },
                  lastState: { terminated: { containerID: 'containerd://1' } },
                },
              ],
            },
          },
        ],
      },
    })
    .on('GET /apis/metrics.k8s.io/v1beta1/namespaces/shop/pods', {
      status: 200,
      body: {
        items: [
          { metadata: { name: 'web-a' }, containers: [{ usage: { cpu: '12m' } }, { usage: { cpu: '3m' } }] },
        ],
      },
    });
  expect(await fake.as(admin).workloads.pods(ref)).toEqual({
    ...{ labelSelector: 'app=web', total: 1, hasMetrics: true },
    sources: [
      { container: 'web', restarts: 3, hasLog: true, hasPreviousLog: true },
      { container: 'side', restarts: 0, hasLog: false, hasPreviousLog: false },
    ].map((one) => ({ pod: 'web-a', ...one, isRunning: false, hasEnded: false, reason: '', message: '' })),
    use: [
      {
        pod: 'web-a',
        requests: { cpu: '300m', memory: '64Mi' },
        limits: { memory: '1Gi' },
        used: { cpu: '15m' },
      },
    ],
  });
});

it('says what draining would do, and what became of an eviction', async () => {
  const EVICTION = '/api/v1/namespaces/shop/pods/web-a/eviction';
  const pod = (name: string, more: object = {}) => ({
    metadata: { name, namespace: 'shop', uid: name, labels: { app: 'web' }, ...more },
    spec: { volumes: [{ name: 'tmp', emptyDir: {} }] },
  });
  const fake = new FakeServer()
    .on('GET /api/v1/pods', {
      status: 200,
      body: {
        items: [
          pod('web-a'),
          pod('agent', {
            ownerReferences: [{ kind: 'DaemonSet', name: 'agent', uid: 'd', controller: true }],
          }),
        ],
      },
    })
    .on('GET /apis/policy/v1/poddisruptionbudgets', {
      status: 200,
      body: {
        items: [
          {
            metadata: { name: 'held', namespace: 'shop' },
            spec: { selector: { matchLabels: { app: 'web' } } },
            status: { disruptionsAllowed: 0 },
          },
        ],
      },
    })
    .on(`POST ${EVICTION}`, { status: 429, body: failure(429, 'TooManyRequests', 'not now') });
  const { nodes } = fake.as(admin);
  expect(await nodes.drainPlan({ name: 'n1' })).toMatchObject([
    { name: 'web-a', what: 'evict', unmanaged: true, localData: true, blockedBy: ['held'] },
    { name: 'agent', what: 'stays', unmanaged: false },
  ]);
  const one = { namespace: 'shop', name: 'web-a', uid: 'web-a' };
  expect(await nodes.evict(one)).toEqual({ outcome: 'blocked', message: 'not now' });
  fake.on(`POST ${EVICTION}`, { status: 404, body: failure(404, 'NotFound', 'no such pod') });
  expect(await nodes.evict(one)).toMatchObject({ outcome: 'gone' });
  fake.on(`POST ${EVICTION}`, { status: 403, body: failure(403, 'Forbidden', 'no') });
  await expect(nodes.evict(one)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
