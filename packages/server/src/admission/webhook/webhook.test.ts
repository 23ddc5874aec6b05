import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve, WIDGETS, widget, widgetDefinition } from '../../crd/testing/definitions.ts';
import {
  patchOf,
  type Received,
  reviewed,
  startHttpsServer,
  type TestHttpsServer,
  testAuthorityBundle,
} from '../../outbound/testing/review-server.ts';
import { createWebhookClient } from '../../outbound/webhook-client.ts';
import type { StateReader } from '../../request.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../../testing/test-server.ts';
import { createMutatingWebhooks } from './mutating.ts';
import { createValidatingWebhooks } from './validating.ts';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const RULE = { operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] };

let hooks: TestHttpsServer;
let api: TestServer;

beforeAll(async () => {
  hooks = await startHttpsServer((received) => reviewed(received));
  const state: StateReader = {
    get: (...key) => api.server.state.get(...key),
    list: (...key) => api.server.state.list(...key),
  };
  const client = createWebhookClient(state);
  const parts = { authorizer: { authorize: () => ({ allowed: true, reason: '' }) } };
  api = await startTestServer({
    admission: [createMutatingWebhooks(client, parts), createValidatingWebhooks(client, parts)],
  });
});

afterAll(async () => {
  await api.close();
  await hooks.close();
});

beforeEach(async () => {
  hooks.answer((received) => reviewed(received));
  for (const kind of ['mutating', 'validating'])
    await api.call('DELETE', `${GROUP}/${kind}webhookconfigurations`);
  await api.call('DELETE', '/api/v1/namespaces/default/configmaps');
  hooks.received.length = 0;
});

async function register(
  kind: 'Mutating' | 'Validating',
  name: string,
  webhooks: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const { status, body } = await api.call('POST', `${GROUP}/${kind.toLowerCase()}webhookconfigurations`, {
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: `${kind}WebhookConfiguration`,
      metadata: { name },
      webhooks: webhooks.map((webhook) => ({
        name: 'one.example.com',
        rules: [RULE],
        clientConfig: { url: `https://localhost:${hooks.port}/ask`, caBundle: testAuthorityBundle },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...webhook,
      })),
    },
  });
  expect([status, body.message]).toEqual([201, undefined]);
}

const create = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
  query = '',
): Promise<TestAnswer> =>
  api.call('POST', `/api/v1/namespaces/default/configmaps${query}`, {
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more },
  });

const request = (index = 0): Record<string, unknown> => ({ ...hooks.received[index]?.body.request });

describe('validating webhooks', () => {
  it('are told all of a request', async () => {
    await register('Validating', 'a', [{}]);
    expect((await create('x', { data: { k: 'v' } }, '?fieldManager=me')).status).toBe(201);
    expect(hooks.received[0]?.path).toBe('/ask?timeout=10s');
    const { uid, object, ...rest } = request();
    expect(uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { k: 'v' } });
    const resource = { group: '', version: 'v1', resource: 'configmaps' };
    const kind = { group: '', version: 'v1', kind: 'ConfigMap' };
    expect(rest).toEqual({
      kind,
      resource,
      requestKind: kind,
      requestResource: resource,
      name: 'x',
      namespace: 'default',
      operation: 'CREATE',
      userInfo: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', fieldManager: 'me' },
    });
  });

  it('see updates and deletes with the old object, and each object of a collection', async () => {
    await create('x', { data: { k: '1' } });
    await create('y');
    await register('Validating', 'a', [{}]);
    await api.call('PATCH', '/api/v1/namespaces/default/configmaps/x', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { data: { k: '2' } },
    });
    expect(request()).toMatchObject({
      operation: 'UPDATE',
      object: { data: { k: '2' } },
      oldObject: { data: { k: '1' } },
      options: { kind: 'UpdateOptions' },
    });
    await api.call('DELETE', '/api/v1/namespaces/default/configmaps');
    const deletes = hooks.received.slice(1).map(({ body }) => body.request);
    expect(deletes.map((one) => [one?.operation, one?.name, one?.object]).sort()).toEqual([
      ['DELETE', 'x', null],
      ['DELETE', 'y', null],
    ]);
    expect(deletes[0]).toMatchObject({
      options: { kind: 'DeleteOptions' },
      oldObject: { kind: 'ConfigMap' },
    });
  });

  it('refuse with their own status, and warn', async () => {
    await register('Validating', 'a', [{}]);
    hooks.answer((received) =>
      reviewed(received, {
        allowed: false,
        warnings: ['mind the gap'],
        status: { code: 402, reason: 'Invalid', message: 'too dear', details: { kind: 'x' } },
      }),
    );
    const answer = await create('x');
    expect(answer.body).toMatchObject({
      code: 402,
      reason: 'Invalid',
      message: 'admission webhook "one.example.com" denied the request: too dear',
      details: { kind: 'x' },
    });
    hooks.answer((received) => reviewed(received, { allowed: false }));
    expect((await create('x')).body).toMatchObject({
      code: 400,
      message: 'admission webhook "one.example.com" denied the request without explanation',
    });
    hooks.answer((received) => reviewed(received, { allowed: true, warnings: ['mind the gap'] }));
    expect((await create('x')).headers.warning).toEqual(['299 - "mind the gap"']);
  });

  it('choose by rules, scope and labels', async () => {
    await register('Validating', 'a', [
      { objectSelector: { matchLabels: { on: 'yes' } } },
      { name: 'two.example.com', namespaceSelector: { matchLabels: { on: 'yes' } } },
      { name: 'three.example.com', rules: [{ ...RULE, operations: ['UPDATE'] }] },
      { name: 'four.example.com', rules: [{ ...RULE, scope: 'Cluster' }] },
    ]);
    await create('x');
    expect(hooks.received).toHaveLength(0);
    await create('y', { metadata: { name: 'y', labels: { on: 'yes' } } });
    expect(hooks.received).toHaveLength(1);
  });

  it('that fail are refusals, or ignored', async () => {
    await register('Validating', 'a', [{ failurePolicy: 'Fail' }]);
    hooks.answer((_received, response) => void response.writeHead(500).end('broken'));
    expect((await create('x')).body).toMatchObject({
      code: 500,
      reason: 'InternalError',
      message:
        'Internal error occurred: failed calling webhook "one.example.com": failed to call webhook: an error on the server ("broken") has prevented the request from succeeding',
    });
    hooks.answer((_received, response) => void response.writeHead(307, { location: '/' }).end());
    expect((await create('x')).body.message).toContain('the server responded with the status code 307');
    hooks.answer(() => ({}));
    expect((await create('x')).body.message).toBe(
      'Internal error occurred: failed calling webhook "one.example.com": received invalid webhook response: webhook response was absent',
    );
    hooks.answer((received) => reviewed({ ...received, body: { request: { uid: 'other' } } }));
    expect((await create('x')).body.message).toContain(
      `expected response.uid=${JSON.stringify(request(3).uid)}, got "other"`,
    );
    await api.call('DELETE', `${GROUP}/validatingwebhookconfigurations/a`);
    await register('Validating', 'a', [{ failurePolicy: 'Ignore' }]);
    expect((await create('x')).status).toBe(201);
  });

  it('name what is wrong with a connection', async () => {
    const url = `https://localhost:${hooks.port}/ask`;
    await register('Validating', 'a', [{ clientConfig: { url } }]);
    expect((await create('x')).body.message).toBe(
      `Internal error occurred: failed calling webhook "one.example.com": failed to call webhook: Post "${url}?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    );
    await api.call('DELETE', `${GROUP}/validatingwebhookconfigurations/a`);
    await register('Validating', 'a', [
      { clientConfig: { service: { name: 'hook', namespace: 'demo' }, caBundle: testAuthorityBundle } },
    ]);
    expect((await create('x')).body.message).toContain(
      'Post "https://hook.demo.svc:443/?timeout=10s": service "hook" not found',
    );
  });

  it('are asked only if their conditions hold', async () => {
    const condition = (expression: string) => ({ matchConditions: [{ name: 'c', expression }] });
    await register('Validating', 'a', [
      condition("request.operation == 'CREATE' && object.metadata.name != 'skipped'"),
      { name: 'two.example.com', ...condition("authorizer.requestResource.check('sing').allowed()") },
      { name: 'three.example.com', ...condition('object.data.missing == "x"'), failurePolicy: 'Ignore' },
    ]);
    expect((await create('skipped')).status).toBe(201);
    expect(hooks.received).toHaveLength(1);
    expect((await create('x')).status).toBe(201);
    expect(hooks.received).toHaveLength(3);
    await api.call('DELETE', `${GROUP}/validatingwebhookconfigurations/a`);
    await register('Validating', 'a', [condition('object.data.missing == "x"')]);
    expect((await create('y')).body).toMatchObject({
      code: 403,
      message: `configmaps "y" is forbidden: expression 'object.data.missing == "x"' resulted in error: no such key: data`,
    });
    const bad = await api.call('POST', `${GROUP}/validatingwebhookconfigurations`, {
      body: {
        metadata: { name: 'b' },
        webhooks: [
          {
            name: 'one.example.com',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            clientConfig: { url: 'https://localhost' },
            ...condition('nowhere.name'),
          },
        ],
      },
    });
    expect(bad.body.message).toContain('compilation failed: ERROR: <input>:1:1: undeclared reference');
  });

  it('have their time', async () => {
    await register('Validating', 'a', [{ timeoutSeconds: 1 }]);
    hooks.answer(() => undefined);
    expect((await create('x')).body.message).toMatch(/\?timeout=1s": context deadline exceeded$/);
  });

  it('with side effects are not for dry runs', async () => {
    await register('Validating', 'a', [{ sideEffects: 'NoneOnDryRun' }]);
    expect((await create('x', {}, '?dryRun=All')).status).toBe(201);
    expect(request()).toMatchObject({ dryRun: true, options: { dryRun: ['All'] } });
  });

  it('are not asked about what configures admission', async () => {
    const rules = [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }];
    await register('Validating', 'a', [{ rules }]);
    await register('Mutating', 'b', [{ rules }]);
    hooks.received.length = 0;
    await api.call('DELETE', `${GROUP}/mutatingwebhookconfigurations/b`);
    expect(hooks.received).toHaveLength(0);
  });
});

describe('mutating webhooks', () => {
  const adding = (key: string) => (received: Received) => {
    const object = received.body.request?.object as { data?: unknown } | undefined;
    const patch = [
      ...(object?.data === undefined ? [{ op: 'add', path: '/data', value: {} }] : []),
      { op: 'add', path: `/data/${key}`, value: 'set' },
    ];
    return reviewed(received, patchOf(patch));
  };

  it('change the object one after the other, before it has an identity', async () => {
    await register('Mutating', 'b', [{ name: 'second.example.com' }]);
    await register('Mutating', 'a', [{ name: 'first.example.com' }]);
    hooks.answer((received) => adding(`n${hooks.received.length}`)(received));
    const answer = await api.call('POST', '/api/v1/namespaces/default/configmaps', {
      body: { metadata: { generateName: 'x-' } },
    });
    expect(answer.body.data).toEqual({ n1: 'set', n2: 'set' });
    const metadata = request().object as { metadata: Record<string, unknown> };
    expect(Object.keys(metadata.metadata).sort()).toEqual(['generateName', 'managedFields', 'namespace']);
    expect(request(1).object).toMatchObject({ data: { n1: 'set' } });
  });

  it('fill in defaults and are validated', async () => {
    await register('Mutating', 'a', [{ rules: [{ ...RULE, resources: ['services'] }] }]);
    hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'add', path: '/spec/ports', value: [{ port: 80 }] }])),
    );
    const service = (ports: unknown) =>
      api.call('POST', '/api/v1/namespaces/default/services?dryRun=All', {
        body: { metadata: { name: 's' }, spec: { ports } },
      });
    expect((await service([])).body.spec?.ports).toMatchObject([
      { port: 80, protocol: 'TCP', targetPort: 80 },
    ]);
    hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'add', path: '/spec/ports', value: [{ port: 0 }] }])),
    );
    expect((await service([])).status).toBe(422);
  });

  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  it.each([
    [
      'hello',
      'JSONPatch',
      'failed calling webhook "one.example.com": received undecodable patch in webhook response: invalid character \'h\' looking for beginning of value',
    ],
    [
      '[{"op":"add","path":"/data","value":{}}]',
      'Other',
      'failed calling webhook "one.example.com": unsupported patch type "Other"',
    ],
    [
      '[{"op":"replace","path":"/nowhere/x","value":1}]',
      'JSONPatch',
      'replace operation does not apply: doc is missing path: /nowhere/x: missing value',
    ],
    [
      '[{"op":"add","path":"/data","value":[]}]',
      'JSONPatch',
      'json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string',
    ],
  ])('fail with a patch that cannot be used: %s as %s', async (patch, patchType, message) => {
    await register('Mutating', 'a', [{}]);
    hooks.answer((received) => reviewed(received, { allowed: true, patch: encoded(patch), patchType }));
    expect((await create('x')).body).toMatchObject({
      code: 500,
      message: `Internal error occurred: ${message}`,
    });
  });

  it('are called again when a later one changed the object, if they want to', async () => {
    await register('Mutating', 'a', [{ name: 'first.example.com', reinvocationPolicy: 'IfNeeded' }]);
    await register('Mutating', 'b', [{ name: 'second.example.com' }]);
    const { port } = hooks;
    void port;
    hooks.answer((received) => (hooks.received.length === 2 ? adding('late')(received) : reviewed(received)));
    await create('x');
    expect(hooks.received).toHaveLength(3);
    expect(request(2).object).toMatchObject({ data: { late: 'set' } });
  });

  it('see a Scale behind the scale subresource and may change it', async () => {
    await api.call('POST', '/apis/apps/v1/namespaces/default/deployments', {
      body: {
        metadata: { name: 'd' },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }] },
          },
        },
      },
    });
    const rule = { operations: ['UPDATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['*/scale'] };
    await register('Mutating', 'a', [{ rules: [rule] }]);
    hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'replace', path: '/spec/replicas', value: 7 }])),
    );
    const answer = await api.call('PATCH', '/apis/apps/v1/namespaces/default/deployments/d/scale', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { replicas: 3 } },
    });
    expect(request()).toMatchObject({
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      subResource: 'scale',
      object: { kind: 'Scale', spec: { replicas: 3 } },
      oldObject: { spec: { replicas: 1 } },
    });
    expect(answer.body.spec?.replicas).toBe(7);
  });

  it('match other served forms of a kind and get the object converted', async () => {
    const rule = {
      operations: ['CREATE'],
      apiGroups: ['autoscaling'],
      apiVersions: ['v2'],
      resources: ['horizontalpodautoscalers'],
    };
    await register('Mutating', 'a', [
      { rules: [rule] },
      { name: 'exact.example.com', rules: [rule], matchPolicy: 'Exact' },
    ]);
    hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'replace', path: '/spec/maxReplicas', value: 9 }])),
    );
    const answer = await api.call(
      'POST',
      '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers',
      {
        body: {
          metadata: { name: 'h' },
          spec: {
            maxReplicas: 3,
            targetCPUUtilizationPercentage: 50,
            scaleTargetRef: { kind: 'Deployment', name: 'd', apiVersion: 'apps/v1' },
          },
        },
      },
    );
    expect(hooks.received).toHaveLength(1);
    expect(request()).toMatchObject({
      kind: { version: 'v2' },
      requestKind: { version: 'v1' },
      object: { apiVersion: 'autoscaling/v2', spec: { metrics: [{ type: 'Resource' }] } },
    });
    expect(answer.body).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { maxReplicas: 9, targetCPUUtilizationPercentage: 50 },
    });
  });

  it('see custom resources as the version that they match, and what they add is pruned', async () => {
    const schema = {
      type: 'object',
      properties: { data: { type: 'object', additionalProperties: { type: 'string' } } },
    };
    const version = (name: string, storage: boolean) => ({
      ...{ name, served: true, storage, schema: { openAPIV3Schema: schema } },
    });
    await serve(api, {
      ...widgetDefinition(schema),
      spec: { ...widgetDefinition(schema).spec, versions: [version('v1', true), version('v2', false)] },
    });
    const rule = {
      operations: ['*'],
      apiGroups: ['example.com'],
      apiVersions: ['v2'],
      resources: ['widgets'],
    };
    await register('Mutating', 'a', [{ rules: [rule] }]);
    hooks.answer((received) =>
      reviewed(
        received,
        patchOf([
          { op: 'add', path: '/data', value: { k: 'set' } },
          { op: 'add', path: '/unknown', value: 1 },
        ]),
      ),
    );
    const answer = await api.call('POST', WIDGETS, { body: widget('a') });
    expect(request()).toMatchObject({
      kind: { group: 'example.com', version: 'v2', kind: 'Widget' },
      requestKind: { version: 'v1' },
      object: { apiVersion: 'example.com/v2' },
    });
    expect(answer.body).toMatchObject({ apiVersion: 'example.com/v1', data: { k: 'set' } });
    expect(answer.body).not.toHaveProperty('unknown');
  });

  it('cannot take an object’s identity away', async () => {
    const created = await create('x');
    await register('Mutating', 'a', [{ rules: [{ ...RULE, operations: ['UPDATE'] }] }]);
    const remove = ['uid', 'creationTimestamp', 'namespace', 'resourceVersion'].map((field) => ({
      op: 'remove',
      path: `/metadata/${field}`,
    }));
    hooks.answer((received) =>
      reviewed(received, patchOf([...remove, { op: 'add', path: '/data', value: { k: 'v' } }])),
    );
    const path = '/api/v1/namespaces/default/configmaps/x';
    const merge = { headers: { 'content-type': 'application/merge-patch+json' } };
    const answer = await api.call('PATCH', path, { ...merge, body: { metadata: { labels: { a: 'b' } } } });
    expect(answer.body).toMatchObject({
      data: { k: 'v' },
      metadata: {
        uid: created.body.metadata?.uid,
        creationTimestamp: created.body.metadata?.creationTimestamp,
        namespace: 'default',
      },
    });
    const moved = patchOf([{ op: 'replace', path: '/metadata/name', value: 'y' }]);
    hooks.answer((received) => reviewed(received, moved));
    const refused = await api.call('PATCH', path, { ...merge, body: { metadata: { labels: { a: 'c' } } } });
    expect(refused.body.message).toContain('field is immutable');
  });

  it('see what is sent to subresources that store nothing', async () => {
    const rules = [{ ...RULE, resources: ['serviceaccounts/token', 'pods/eviction', 'pods/binding'] }];
    await register('Mutating', 'a', [{ rules }]);
    await api.call('POST', '/api/v1/namespaces/default/pods', {
      body: {
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'c', image: 'i' }], terminationGracePeriodSeconds: 0 },
      },
    });
    await api.call('POST', '/api/v1/namespaces/default/pods/p/eviction', {
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } },
    });
    expect(hooks.received).toHaveLength(1);
    expect(request()).toMatchObject({
      operation: 'CREATE',
      kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      subResource: 'eviction',
      name: 'p',
      object: { kind: 'Eviction' },
    });
  });

  it('may not change what is deleted', async () => {
    await create('x');
    await register('Mutating', 'a', [{}]);
    hooks.answer(adding('k'));
    const answer = await api.call('DELETE', '/api/v1/namespaces/default/configmaps/x');
    expect(answer.body.message).toBe(
      'Internal error occurred: admission webhook "one.example.com" attempted to modify the object, which is not supported for this operation',
    );
  });
});
