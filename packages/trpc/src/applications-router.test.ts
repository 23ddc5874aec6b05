import { describe, expect, it } from 'vitest';
import { parsePushProblems, parseRejection } from './push-problems.ts';
import { admin, FakeServer } from './testing/fake-server.ts';

const NAMESPACE = '/apis/gitops.gantry.dev/v1alpha1/namespaces/shop/applications/shop';
const fieldsV1 = {
  'f:spec': {
    'f:replicas': {},
    'f:template': {
      'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:image': {} } } },
    },
  },
};
const deployment = (replicas: number, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    managedFields: [{ manager: 'gantry-sync', operation: 'Apply', fieldsV1 }],
  },
  spec: {
    replicas,
    paused: replicas > 2,
    template: { spec: { containers: [{ name: 'sidecar' }, { name: 'web', image }] } },
  },
});

const server = () =>
  new FakeServer()
    .on(`GET ${NAMESPACE}`, {
      status: 200,
      body: {
        metadata: { name: 'shop', namespace: 'shop' },
        spec: { source: { repository: 'shop' } },
        status: {
          commit: 'abc',
          targetCommit: 'abc',
          objects: [
            { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', sync: 'OutOfSync' },
            { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'fine', sync: 'Synced' },
          ],
        },
      },
    })
    .on('GET /api', { status: 200, body: { items: [] } })
    .on('GET /apis', {
      status: 200,
      body: {
        items: [
          {
            metadata: { name: 'apps' },
            versions: [
              {
                version: 'v1',
                resources: [
                  { resource: 'deployments', responseKind: { kind: 'Deployment' }, scope: 'Namespaced' },
                ],
              },
            ],
          },
        ],
      },
    });
const LIVE = 'GET /apis/apps/v1/namespaces/shop/deployments/web';
const change = (revision: number, object: object, rest: object) => ({
  revision,
  op: 'update' as const,
  body: JSON.stringify(object),
  time: 0,
  ...rest,
});

describe('plan', () => {
  it('compares live with Git in the fields that Git names, and says who did it', async () => {
    const fake = server().on(LIVE, { status: 200, body: deployment(5, 'nginx:2') });
    fake.history = [
      change(9, deployment(5, 'nginx:2'), {
        author: 'system:serviceaccount:kube-system:deployment-controller',
      }),
      change(8, deployment(5, 'nginx:2'), { author: 'bob' }),
      change(7, deployment(2, 'nginx:1'), { author: 'admin', origin: 'git:abc' }),
    ];
    const plan = await fake.as(admin).applications.plan({ namespace: 'shop', name: 'shop' });
    expect(plan).toMatchObject({
      pending: false,
      drifts: [
        {
          subject: 'Deployment/web',
          operation: 'change',
          changes: [{ author: 'bob', deleted: false }],
          differences: [
            { field: 'spec.replicas', before: '5', after: '2' },
            { field: 'spec.template.spec.containers[name=web].image', before: 'nginx:2', after: 'nginx:1' },
          ],
        },
      ],
    });
  });

  it('would create again what was deleted', async () => {
    const fake = server();
    fake.history = [
      { ...change(8, deployment(2, 'nginx:1'), { author: 'bob' }), op: 'delete' },
      change(7, deployment(2, 'nginx:1'), { origin: 'git:abc' }),
    ];
    const plan = await fake.as(admin).applications.plan({ namespace: 'shop', name: 'shop' });
    expect(plan.drifts[0]).toMatchObject({
      operation: 'create',
      changes: [{ author: 'bob', deleted: true }],
    });
  });
});

describe('problems of a push', () => {
  it('have their file, line, object, field and reason', () => {
    expect(
      parsePushProblems('web.yaml:6: Deployment/api spec.replicas: Invalid value: -1: must be positive'),
    ).toEqual([
      {
        file: 'web.yaml',
        line: 6,
        object: 'Deployment/api',
        field: 'spec.replicas',
        reason: 'Invalid value: -1: must be positive',
      },
    ]);
    expect(parsePushProblems('a b/x.yml:3: yaml: did not find expected key\n… and 4 more')).toEqual([
      { file: 'a b/x.yml', line: 3, object: '', field: '', reason: 'yaml: did not find expected key' },
      { file: '', line: null, object: '', field: '', reason: '… and 4 more' },
    ]);
  });

  it('come with the commit and who pushed it', () => {
    expect(parseRejection('commit 8786ba3 by admin:\nbad.yaml:6: Service/web: taken')).toMatchObject({
      commit: '8786ba3',
      user: 'admin',
      problems: [{ file: 'bad.yaml', object: 'Service/web', reason: 'taken' }],
    });
  });
});
