import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve, WIDGETS, widget, widgetDefinition } from '../../crd/testing/definitions.ts';
import { patchOf, reviewed } from '../../outbound/testing/review-server.ts';
import { configurations, RULE, startWebhookScene, type WebhookScene } from './testing/webhook-server.ts';

let scene: WebhookScene;
beforeAll(async () => {
  scene = await startWebhookScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('webhooks', () => {
  it('choose by rules, scope and labels', async () => {
    await scene.register('Validating', 'a', [
      { objectSelector: { matchLabels: { on: 'yes' } } },
      { name: 'two.example.com', namespaceSelector: { matchLabels: { on: 'yes' } } },
      { name: 'three.example.com', rules: [{ ...RULE, operations: ['UPDATE'] }] },
      { name: 'four.example.com', rules: [{ ...RULE, scope: 'Cluster' }] },
    ]);
    await scene.create('x');
    expect(scene.hooks.received).toHaveLength(0);
    await scene.create('y', { metadata: { name: 'y', labels: { on: 'yes' } } });
    expect(scene.hooks.received).toHaveLength(1);
  });

  it('are asked only if their conditions hold', async () => {
    const condition = (expression: string) => ({ matchConditions: [{ name: 'c', expression }] });
    await scene.register('Validating', 'a', [
      condition("request.operation == 'CREATE' && object.metadata.name != 'skipped'"),
      { name: 'two.example.com', ...condition("authorizer.requestResource.check('sing').allowed()") },
      { name: 'three.example.com', ...condition('object.data.missing == "x"'), failurePolicy: 'Ignore' },
    ]);
    expect((await scene.create('skipped')).status).toBe(201);
    expect(scene.hooks.received).toHaveLength(1);
    expect((await scene.create('x')).status).toBe(201);
    expect(scene.hooks.received).toHaveLength(3);
    await scene.unregister('Validating', 'a');
    await scene.register('Validating', 'a', [condition('object.data.missing == "x"')]);
    expect((await scene.create('y')).body).toMatchObject({
      code: 403,
      message: `configmaps "y" is forbidden: expression 'object.data.missing == "x"' resulted in error: no such key: data`,
    });
    const bad = await scene.api.call('POST', configurations('Validating'), {
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

  it('are not asked about what configures admission', async () => {
    const rules = [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }];
    await scene.register('Validating', 'a', [{ rules }]);
    await scene.register('Mutating', 'b', [{ rules }]);
    scene.hooks.received.length = 0;
    await scene.unregister('Mutating', 'b');
    expect(scene.hooks.received).toHaveLength(0);
  });

  it('match other served forms of a kind and get the object converted', async () => {
    const rule = {
      operations: ['CREATE'],
      apiGroups: ['autoscaling'],
      apiVersions: ['v2'],
      resources: ['horizontalpodautoscalers'],
    };
    await scene.register('Mutating', 'a', [
      { rules: [rule] },
      { name: 'exact.example.com', rules: [rule], matchPolicy: 'Exact' },
    ]);
    scene.hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'replace', path: '/spec/maxReplicas', value: 9 }])),
    );
    const answer = await scene.api.call(
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
    expect(scene.hooks.received).toHaveLength(1);
    expect(scene.request()).toMatchObject({
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
    await serve(scene.api, {
      ...widgetDefinition(schema),
      spec: { ...widgetDefinition(schema).spec, versions: [version('v1', true), version('v2', false)] },
    });
    const rule = {
      operations: ['*'],
      apiGroups: ['example.com'],
      apiVersions: ['v2'],
      resources: ['widgets'],
    };
    await scene.register('Mutating', 'a', [{ rules: [rule] }]);
    scene.hooks.answer((received) =>
      reviewed(
        received,
        patchOf([
          { op: 'add', path: '/data', value: { k: 'set' } },
          { op: 'add', path: '/unknown', value: 1 },
        ]),
      ),
    );
    const answer = await scene.api.call('POST', WIDGETS, { body: widget('a') });
    expect(scene.request()).toMatchObject({
      kind: { group: 'example.com', version: 'v2', kind: 'Widget' },
      requestKind: { version: 'v1' },
      object: { apiVersion: 'example.com/v2' },
    });
    expect(answer.body).toMatchObject({ apiVersion: 'example.com/v1', data: { k: 'set' } });
    expect(answer.body).not.toHaveProperty('unknown');
  });

  it('see a Scale behind the scale subresource and may change it', async () => {
    await scene.api.call('POST', '/apis/apps/v1/namespaces/default/deployments', {
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
    await scene.register('Mutating', 'a', [{ rules: [rule] }]);
    scene.hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'replace', path: '/spec/replicas', value: 7 }])),
    );
    const answer = await scene.api.call('PATCH', '/apis/apps/v1/namespaces/default/deployments/d/scale', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { replicas: 3 } },
    });
    expect(scene.request()).toMatchObject({
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      subResource: 'scale',
      object: { kind: 'Scale', spec: { replicas: 3 } },
      oldObject: { spec: { replicas: 1 } },
    });
    expect(answer.body.spec?.replicas).toBe(7);
  });

  it('see what is sent to subresources that store nothing', async () => {
    const rules = [{ ...RULE, resources: ['serviceaccounts/token', 'pods/eviction', 'pods/binding'] }];
    await scene.register('Mutating', 'a', [{ rules }]);
    await scene.api.call('POST', '/api/v1/namespaces/default/pods', {
      body: {
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'c', image: 'i' }], terminationGracePeriodSeconds: 0 },
      },
    });
    await scene.api.call('POST', '/api/v1/namespaces/default/pods/p/eviction', {
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } },
    });
    expect(scene.hooks.received).toHaveLength(1);
    expect(scene.request()).toMatchObject({
      operation: 'CREATE',
      kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      subResource: 'eviction',
      name: 'p',
      object: { kind: 'Eviction' },
    });
  });
});
