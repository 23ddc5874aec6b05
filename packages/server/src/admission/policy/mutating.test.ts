import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PolicyServer, startPolicyServer } from './testing.ts';

let api: PolicyServer;

beforeAll(async () => {
  api = await startPolicyServer(() => ({ allowed: true, reason: '' }));
});
afterAll(() => api.close());
beforeEach(() => api.reset());

const DEPLOYMENTS = {
  resourceRules: [
    { operations: ['*'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] },
  ],
};
const ANY_WRITE = {
  resourceRules: [
    {
      operations: ['CREATE', 'UPDATE'],
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      resources: ['deployments'],
    },
  ],
};

const apply = (expression: string) => ({
  patchType: 'ApplyConfiguration',
  applyConfiguration: { expression },
});
const jsonPatch = (expression: string) => ({ patchType: 'JSONPatch', jsonPatch: { expression } });

const deployment = (name: string) =>
  api.call('POST', '/apis/apps/v1/namespaces/default/deployments', {
    body: {
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'main', image: 'a' }], nodeSelector: { a: '1' } },
        },
      },
    },
  });

describe('an object', () => {
  it('keeps its kind', async () => {
    await api.policy('Mutating', 'p', {
      matchConstraints: ANY_WRITE,
      mutations: [jsonPatch('[JSONPatch{op: "replace", path: "/kind", value: "StatefulSet"}]')],
    });
    const { status, body } = await deployment('kind');
    expect([status, body.message]).toEqual([
      500,
      'Internal error occurred: admission must not change the kind of an object: apps/v1, Kind=Deployment to apps/v1, Kind=StatefulSet',
    ]);
    expect((await api.call('GET', '/apis/apps/v1/namespaces/default/deployments/kind')).status).toBe(404);
  });
});

describe('apply configurations', () => {
  it('change the object as the conformance tests do', async () => {
    await api.policy('Mutating', 'p', {
      matchConstraints: ANY_WRITE,
      mutations: [
        apply(`
          Object{
            metadata: Object.metadata{
              annotations: {
                "mutated-by": "admission-policy"
              }
            }
          }`),
        apply('Object{spec: Object.spec{replicas: 1337}}'),
      ],
    });
    const { status, body } = await deployment('x');
    expect([status, body.message]).toEqual([201, undefined]);
    expect(body).toMatchObject({
      metadata: { annotations: { 'mutated-by': 'admission-policy' } },
      spec: { replicas: 1337 },
    });
  });

  it('merge lists by their keys, and later mutations see earlier ones', async () => {
    await api.policy('Mutating', 'p', {
      matchConstraints: ANY_WRITE,
      variables: [{ name: 'image', expression: "object.spec.template.spec.containers[0].image + ':1'" }],
      mutations: [
        apply(`Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers: [
          Object.spec.template.spec.containers{name: 'main', image: variables.image},
          Object.spec.template.spec.containers{name: 'side', image: 'b'}
        ]}}}}`),
        apply('Object{spec: Object.spec{replicas: object.spec.template.spec.containers.size()}}'),
      ],
    });
    const { body } = await deployment('x');
    expect(body).toMatchObject({
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: [
              { name: 'main', image: 'a:1' },
              { name: 'side', image: 'b' },
            ],
          },
        },
      },
    });
  });

  it('are refused when they set what can only be set as a whole, or fields that are not there', async () => {
    const refused = async (expression: string) => {
      await api.reset();
      await api.policy('Mutating', 'p', { matchConstraints: ANY_WRITE, mutations: [apply(expression)] });
      return (await deployment('x')).body;
    };
    expect(
      await refused(
        'Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{nodeSelector: {"a": "b"}}}}}',
      ),
    ).toMatchObject({
      code: 403,
      reason: 'Invalid',
      message:
        "policy 'p' with binding 'p' denied request: error applying patch: invalid ApplyConfiguration: " +
        'may not mutate atomic arrays, maps or structs: .spec.template.spec.nodeSelector',
    });
    expect((await refused('Object{spec: Object.spec{size: 1}}')).message).toBe(
      "policy 'p' with binding 'p' denied request: error applying patch: " +
        'failed to convert patch object to typed object: .spec.size: field not declared in schema',
    );
    expect((await refused('Object{spec: Object.metadata{name: "x"}}')).message).toBe(
      "policy 'p' with binding 'p' denied request: type mismatch: unexpected type name \"Object.metadata\", " +
        'expected "Object.spec", which matches field name path from root Object type',
    );
  });
});

describe('JSON patches', () => {
  it('change the object', async () => {
    await api.policy('Mutating', 'p', {
      mutations: [
        jsonPatch(`[
          JSONPatch{op: "add", path: "/metadata/labels", value: {"a/b": "c"}},
          JSONPatch{op: "replace", path: "/metadata/labels/" + jsonpatch.escapeKey("a/b"), value: "d"},
          JSONPatch{op: "copy", from: "/data/k", path: "/data/l"},
        ]`),
      ],
    });
    expect((await api.configMap('x', { data: { k: 'v' } })).body).toMatchObject({
      metadata: { labels: { 'a/b': 'd' } },
      data: { k: 'v', l: 'v' },
    });
  });

  it('do nothing when a test fails, and refuse when they do not apply', async () => {
    await api.policy('Mutating', 'p', {
      mutations: [
        jsonPatch(`[
          JSONPatch{op: "test", path: "/data/k", value: "v"},
          JSONPatch{op: "replace", path: "/data/k", value: "w"},
        ]`),
      ],
    });
    expect((await api.configMap('x', { data: { k: 'u' } })).body.data).toEqual({ k: 'u' });
    expect((await api.configMap('y', { data: { k: 'v' } })).body.data).toEqual({ k: 'w' });
    await api.reset();
    await api.policy('Mutating', 'p', {
      mutations: [jsonPatch('[JSONPatch{op: "remove", path: "/data/k"}]')],
    });
    expect((await api.configMap('x')).body.message).toContain(
      "policy 'p' with binding 'p' denied request: JSON Patch: ",
    );
  });
});

it('scales are changed as such', async () => {
  await deployment('x');
  await api.policy('Mutating', 'p', {
    matchConstraints: {
      resourceRules: [
        {
          operations: ['UPDATE'],
          apiGroups: ['apps'],
          apiVersions: ['v1'],
          resources: ['deployments/scale'],
        },
      ],
    },
    matchConditions: [{ name: 'large', expression: 'object.spec.replicas > 3' }],
    mutations: [apply('Object{spec: Object.spec{replicas: 3}}')],
  });
  const { status, body } = await api.call('PATCH', '/apis/apps/v1/namespaces/default/deployments/x/scale', {
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { spec: { replicas: 9 } },
  });
  expect([status, body.message, body.spec]).toEqual([200, undefined, { replicas: 3 }]);
});

it('failures of policies that may be ignored are', async () => {
  await api.policy('Mutating', 'p', {
    failurePolicy: 'Ignore',
    mutations: [jsonPatch('[JSONPatch{op: "remove", path: object.data.missing}]')],
  });
  expect((await api.configMap('x')).status).toBe(201);
});

it('policies run again after others have changed the object, if they ask for that', async () => {
  const count = jsonPatch(
    '[JSONPatch{op: "add", path: "/data/" + object.metadata.name, value: string(size(object.data))}]',
  );
  await api.policy('Mutating', 'a', { reinvocationPolicy: 'IfNeeded', mutations: [count] });
  await api.policy('Mutating', 'b', {
    mutations: [jsonPatch('[JSONPatch{op: "add", path: "/data/b", value: "b"}]')],
  });
  expect((await api.configMap('x', { data: { k: '' } })).body.data).toEqual({ k: '', x: '3', b: 'b' });
});

it('deletes are not for them', async () => {
  await api.call('POST', '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies', { body: {} });
  const { status } = await api.call(
    'POST',
    '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies',
    {
      body: {
        metadata: { name: 'p' },
        spec: {
          matchConstraints: { resourceRules: [{ ...DEPLOYMENTS.resourceRules[0], operations: ['DELETE'] }] },
          reinvocationPolicy: 'Never',
          mutations: [apply('Object{}')],
        },
      },
    },
  );
  expect(status).toBe(422);
});
