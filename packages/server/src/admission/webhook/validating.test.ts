import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewed } from '../../outbound/testing/review-server.ts';
import { startWebhookScene, type WebhookScene } from './testing/webhook-server.ts';

let scene: WebhookScene;
beforeAll(async () => {
  scene = await startWebhookScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('validating webhooks', () => {
  it('are told all of a request', async () => {
    await scene.register('Validating', 'a', [{}]);
    expect((await scene.create('x', { data: { k: 'v' } }, '?fieldManager=me')).status).toBe(201);
    expect(scene.hooks.received[0]?.path).toBe('/ask?timeout=10s');
    const { uid, object, ...rest } = scene.request();
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
    await scene.create('x', { data: { k: '1' } });
    await scene.create('y');
    await scene.register('Validating', 'a', [{}]);
    await scene.api.call('PATCH', '/api/v1/namespaces/default/configmaps/x', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { data: { k: '2' } },
    });
    expect(scene.request()).toMatchObject({
      operation: 'UPDATE',
      object: { data: { k: '2' } },
      oldObject: { data: { k: '1' } },
      options: { kind: 'UpdateOptions' },
    });
    await scene.api.call('DELETE', '/api/v1/namespaces/default/configmaps');
    const deletes = scene.hooks.received.slice(1).map(({ body }) => body.request);
    expect(deletes.map((one) => [one?.operation, one?.name, one?.object]).sort()).toEqual([
      ['DELETE', 'x', null],
      ['DELETE', 'y', null],
    ]);
    expect(deletes[0]).toMatchObject({
      options: { kind: 'DeleteOptions' },
      oldObject: { kind: 'ConfigMap' },
    });
  });

  it('warn of each object of a collection', async () => {
    await scene.create('x');
    await scene.create('y');
    await scene.register('Validating', 'a', [{}]);
    scene.hooks.answer((received) =>
      reviewed(received, { allowed: true, warnings: [`${String(received.body.request?.name)} goes`] }),
    );
    const { status, headers } = await scene.api.call('DELETE', '/api/v1/namespaces/default/configmaps');
    expect([status, [...(headers.warning ?? [])].sort()]).toEqual([
      200,
      ['299 - "x goes"', '299 - "y goes"'],
    ]);
  });

  it('refuse with their own status, and warn', async () => {
    await scene.register('Validating', 'a', [{}]);
    scene.hooks.answer((received) =>
      reviewed(received, {
        allowed: false,
        warnings: ['mind the gap'],
        status: { code: 402, reason: 'Invalid', message: 'too dear', details: { kind: 'x' } },
      }),
    );
    const answer = await scene.create('x');
    expect(answer.body).toMatchObject({
      code: 402,
      reason: 'Invalid',
      message: 'admission webhook "one.example.com" denied the request: too dear',
      details: { kind: 'x' },
    });
    scene.hooks.answer((received) => reviewed(received, { allowed: false }));
    expect((await scene.create('x')).body).toMatchObject({
      code: 400,
      message: 'admission webhook "one.example.com" denied the request without explanation',
    });
    scene.hooks.answer((received) => reviewed(received, { allowed: true, warnings: ['mind the gap'] }));
    expect((await scene.create('x')).headers.warning).toEqual(['299 - "mind the gap"']);
  });

  it('with side effects are not for dry runs', async () => {
    await scene.register('Validating', 'a', [{ sideEffects: 'NoneOnDryRun' }]);
    expect((await scene.create('x', {}, '?dryRun=All')).status).toBe(201);
    expect(scene.request()).toMatchObject({ dryRun: true, options: { dryRun: ['All'] } });
  });
});
