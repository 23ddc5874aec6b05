import { expect, it } from 'vitest';
import { admin, FakeServer } from './testing/fake-server.ts';

const GITOPS = '/apis/gitops.gantry.dev/v1alpha1';
const APPS = '/apis/apps/v1/namespaces/shop';
const deployments = { group: 'apps', version: 'v1', plural: 'deployments' };
const ref = { resource: deployments, namespace: 'shop', name: 'web' } as const;
const applied = { manager: 'gantry-sync', operation: 'Apply', fieldsV1: { 'f:spec': {} } };
const entry = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  source: 'web.yaml:2',
};
const application = {
  metadata: { name: 'store', namespace: 'git' },
  spec: { source: { repository: 'code' } },
  status: { commit: 'abc1234def', objects: [entry] },
};
const served = (group: string, resource: string, kind: string) => ({
  metadata: { name: group },
  versions: [{ version: 'v1', resources: [{ resource, responseKind: { kind }, scope: 'Namespaced' }] }],
});

function server() {
  const fake = new FakeServer()
    .on('GET /api', { status: 200, body: { items: [] } })
    .on('GET /apis', {
      status: 200,
      body: {
        items: [served('apps', 'replicasets', 'ReplicaSet'), served('apps', 'deployments', 'Deployment')],
      },
    })
    .on(`GET ${APPS}/deployments/web`, {
      status: 200,
      body: {
        ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
        metadata: { name: 'web', namespace: 'shop', managedFields: [applied] },
      },
    })
    .on(`GET ${APPS}/replicasets/web-1`, {
      status: 200,
      body: {
        metadata: {
          name: 'web-1',
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }],
        },
      },
    })
    .on(`GET ${GITOPS}/namespaces/git/applications/store`, { status: 200, body: application })
    .on(`GET ${GITOPS}/namespaces/git/repositories/code`, {
      status: 200,
      body: { spec: { url: 'https://github.com/acme/code' } },
    });
  fake.history = [
    { revision: 9, op: 'update', body: '{}', time: 0 },
    { revision: 7, op: 'update', body: '{}', time: 0, origin: 'git:abc1234def git/store 1-2' },
  ];
  return fake;
}

it('names Application, repository, commit and line, by what the change log says', async () => {
  const fake = server();
  expect(await fake.as(admin).resources.holder(ref)).toEqual({
    ...{ namespace: 'git', application: 'store', repository: 'code', commit: 'abc1234def' },
    ...{ source: 'web.yaml:2', kind: 'Deployment', name: 'web', isOwner: false },
    commitUrl: 'https://github.com/acme/code/commit/abc1234def',
    fileUrl: 'https://github.com/acme/code/blob/abc1234def/web.yaml#L2',
  });
  expect(fake.requests.map(({ path }) => path)).not.toContain(`${GITOPS}/applications`);
});

it('goes up the owners of what Git does not name', async () => {
  const set = { resource: { ...deployments, plural: 'replicasets' }, namespace: 'shop', name: 'web-1' };
  expect(await server().as(admin).resources.holder(set)).toMatchObject({
    ...{ application: 'store', kind: 'Deployment', name: 'web', isOwner: true },
  });
});

it('asks all Applications where the change log has forgotten; nothing is held by what let go of it', async () => {
  const fake = server().on(`GET ${GITOPS}/applications`, { status: 200, body: { items: [application] } });
  fake.history = [];
  expect(await fake.as(admin).resources.holder(ref)).toMatchObject({ application: 'store' });
  const gone = server().on(`GET ${GITOPS}/namespaces/git/applications/store`, {
    status: 200,
    body: { ...application, status: { ...application.status, objects: [] } },
  });
  expect(await gone.as(admin).resources.holder(ref)).toBeNull();
});

it('says nothing of an object that no sync applied, or that is not there', async () => {
  const fake = server().on(`GET ${APPS}/deployments/web`, {
    status: 200,
    body: { metadata: { name: 'web' } },
  });
  expect(await fake.as(admin).resources.holder(ref)).toBeNull();
  expect(await fake.as(admin).resources.holder({ ...ref, name: 'none' })).toBeNull();
});
