import { describe, expect, it } from 'vitest';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const PATH = '/apis/apps/v1/namespaces/shop/deployments/web';
const ref = {
  resource: { group: 'apps', version: 'v1', plural: 'deployments' },
  namespace: 'shop',
  name: 'web',
};
const yaml = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  resourceVersion: "7"
spec:
  replicas: -1
`;
const theirs = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', resourceVersion: '9', managedFields: [{ manager: 'x' }] },
  spec: { replicas: 5 },
};

describe('replace', () => {
  it('puts the text with its resourceVersion, strictly, and as a dry run when asked', async () => {
    const server = new FakeServer().on(`PUT ${PATH}`, { status: 200, body: theirs });
    const outcome = await server.as(admin).write.replace({ ref, yaml, dryRun: true });
    expect(outcome).toMatchObject({ type: 'done' });
    expect(server.requests[0]?.query).toMatchObject({ fieldValidation: 'Strict', dryRun: 'All' });
    expect(server.requests[0]?.body).toMatchObject({ metadata: { resourceVersion: '7' } });
  });

  it('reports a conflict with the other side, without its field owners', async () => {
    const server = new FakeServer()
      .on(`PUT ${PATH}`, { status: 409, body: failure(409, 'Conflict', 'the object has been modified') })
      .on(`GET ${PATH}`, { status: 200, body: theirs });
    const outcome = await server.as(admin).write.replace({ ref, yaml });
    expect(outcome).toMatchObject({ type: 'conflict', message: 'the object has been modified' });
    expect(outcome.type === 'conflict' && outcome.theirs).toContain('replicas: 5');
    expect(outcome.type === 'conflict' && outcome.theirs).not.toContain('managedFields');
  });

  it('says so when the object was deleted meanwhile', async () => {
    const outcome = await new FakeServer().as(admin).write.replace({ ref, yaml });
    expect(outcome).toMatchObject({ type: 'conflict', theirs: null });
  });

  it('finds the line of a field that the server refuses', async () => {
    const causes = [{ field: 'spec.replicas', message: 'Invalid value: -1', reason: 'FieldValueInvalid' }];
    const server = new FakeServer().on(`PUT ${PATH}`, {
      status: 422,
      body: failure(422, 'Invalid', 'Deployment.apps "web" is invalid', causes),
    });
    expect(await server.as(admin).write.replace({ ref, yaml })).toMatchObject({
      type: 'invalid',
      problems: [{ line: 7, field: 'spec.replicas', reason: 'Invalid value: -1' }],
    });
  });

  it('sends no text that is not YAML', async () => {
    const server = new FakeServer();
    const outcome = await server.as(admin).write.replace({ ref, yaml: 'a: [1' });
    expect(outcome.type).toBe('invalid');
    expect(server.requests).toEqual([]);
  });

  it('passes a denial on as an error that holds the Status', async () => {
    const denial = failure(403, 'Forbidden', 'deployments.apps "web" is forbidden');
    const server = new FakeServer().on(`PUT ${PATH}`, { status: 403, body: denial });
    await expect(server.as(admin).write.replace({ ref, yaml })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      cause: { status: denial },
    });
  });
});

describe('create', () => {
  const discovery = (path: string, group: string, plural: string, kind: string) => ({
    [path]: {
      status: 200,
      body: {
        items: [
          {
            metadata: group === '' ? {} : { name: group },
            versions: [
              {
                version: 'v1',
                resources: [{ resource: plural, responseKind: { kind }, scope: 'Namespaced' }],
              },
            ],
          },
        ],
      },
    },
  });
  const served = {
    ...discovery('GET /api', '', 'configmaps', 'ConfigMap'),
    ...discovery('GET /apis', 'apps', 'deployments', 'Deployment'),
  };

  it('tells each document of a text apart, by its own line', async () => {
    const server = new FakeServer().on('POST /api/v1/namespaces/shop/configmaps', ({ body }) => ({
      status: 201,
      body,
    }));
    for (const [route, answer] of Object.entries(served)) server.on(route, answer);
    const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: Unicorn
metadata: {name: b}
`;
    const outcomes = await server.as(admin).write.create({ yaml: text, namespace: 'shop' });
    expect(outcomes).toMatchObject([
      { subject: 'ConfigMap/a', problems: [], ref: { namespace: 'shop', name: 'a' } },
      { subject: 'Unicorn/b', problems: [{ line: 5, reason: 'the server knows no kind Unicorn in v1' }] },
    ]);
  });
});
