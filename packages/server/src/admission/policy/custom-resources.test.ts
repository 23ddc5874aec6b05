import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type PolicyServer, startPolicyServer } from './testing.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const WIDGETS = '/apis/example.com/v1/namespaces/default/widgets';

let api: PolicyServer;

beforeAll(async () => {
  api = await startPolicyServer(() => ({ allowed: true, reason: '' }));
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            size: { type: 'integer' },
            parts: {
              type: 'array',
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['name'],
              items: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string' }, color: { type: 'string', default: 'red' } },
              },
            },
          },
        },
      },
    },
  };
  const created = await api.call('POST', DEFINITIONS, {
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    },
  });
  expect(created.status).toBe(201);
  await vi.waitFor(async () => expect((await api.call('GET', WIDGETS)).status).toBe(200));
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.reset();
  await api.call('DELETE', WIDGETS);
});

const MATCH = {
  resourceRules: [
    {
      operations: ['CREATE', 'UPDATE'],
      apiGroups: ['example.com'],
      apiVersions: ['v1'],
      resources: ['widgets'],
    },
  ],
};

const widget = (name: string, spec: object) =>
  api.call('POST', WIDGETS, {
    body: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name }, spec },
  });

it('custom resources are changed, and lists in them merged by their keys', async () => {
  await api.policy('Mutating', 'p', {
    matchConstraints: MATCH,
    mutations: [
      {
        patchType: 'ApplyConfiguration',
        applyConfiguration: {
          expression: `Object{spec: Object.spec{
            size: size(object.spec.parts) + 1,
            parts: [Object.spec.parts{name: 'a', color: 'blue'}, Object.spec.parts{name: 'b'}]
          }}`,
        },
      },
    ],
  });
  const { status, body } = await widget('x', { parts: [{ name: 'a' }, { name: 'c', color: 'green' }] });
  expect([status, body.message]).toEqual([201, undefined]);
  expect(body.spec).toEqual({
    size: 3,
    parts: [
      { name: 'a', color: 'blue' },
      { name: 'c', color: 'green' },
      { name: 'b', color: 'red' },
    ],
  });
});

it('custom resources are parameters, and are validated', async () => {
  expect((await widget('limit', { size: 2 })).status).toBe(201);
  await api.policy(
    'Validating',
    'p',
    {
      matchConstraints: MATCH,
      paramKind: { apiVersion: 'example.com/v1', kind: 'Widget' },
      validations: [{ expression: 'object.spec.size <= params.spec.size' }],
    },
    { paramRef: { name: 'limit', namespace: 'default', parameterNotFoundAction: 'Deny' } },
  );
  expect((await widget('y', { size: 2 })).status).toBe(201);
  const { body } = await widget('z', { size: 3 });
  expect(body.message).toBe(
    `widgets.example.com "z" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: ` +
      'failed expression: object.spec.size <= params.spec.size',
  );
});
