import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patchOf, reviewed } from '../../outbound/testing/review-server.ts';
import { adding, RULE, startWebhookScene, type WebhookScene } from './testing/webhook-server.ts';

let scene: WebhookScene;
beforeAll(async () => {
  scene = await startWebhookScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('mutating webhooks', () => {
  it('change the object one after the other, before it has an identity', async () => {
    await scene.register('Mutating', 'b', [{ name: 'second.example.com' }]);
    await scene.register('Mutating', 'a', [{ name: 'first.example.com' }]);
    scene.hooks.answer((received) => adding(`n${scene.hooks.received.length}`)(received));
    const answer = await scene.api.call('POST', '/api/v1/namespaces/default/configmaps', {
      body: { metadata: { generateName: 'x-' } },
    });
    expect(answer.body.data).toEqual({ n1: 'set', n2: 'set' });
    const metadata = scene.request().object as { metadata: Record<string, unknown> };
    expect(Object.keys(metadata.metadata).sort()).toEqual(['generateName', 'managedFields', 'namespace']);
    expect(scene.request(1).object).toMatchObject({ data: { n1: 'set' } });
  });

  it('fill in defaults and are validated', async () => {
    await scene.register('Mutating', 'a', [{ rules: [{ ...RULE, resources: ['services'] }] }]);
    scene.hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'add', path: '/spec/ports', value: [{ port: 80 }] }])),
    );
    const service = (ports: unknown) =>
      scene.api.call('POST', '/api/v1/namespaces/default/services?dryRun=All', {
        body: { metadata: { name: 's' }, spec: { ports } },
      });
    expect((await service([])).body.spec?.ports).toMatchObject([
      { port: 80, protocol: 'TCP', targetPort: 80 },
    ]);
    scene.hooks.answer((received) =>
      reviewed(received, patchOf([{ op: 'add', path: '/spec/ports', value: [{ port: 0 }] }])),
    );
    expect((await service([])).status).toBe(422);
  });

  it('are called again when a later one changed the object, if they want to', async () => {
    await scene.register('Mutating', 'a', [{ name: 'first.example.com', reinvocationPolicy: 'IfNeeded' }]);
    await scene.register('Mutating', 'b', [{ name: 'second.example.com' }]);
    scene.hooks.answer((received) =>
      scene.hooks.received.length === 2 ? adding('late')(received) : reviewed(received),
    );
    await scene.create('x');
    expect(scene.hooks.received).toHaveLength(3);
    expect(scene.request(2).object).toMatchObject({ data: { late: 'set' } });
  });

  it('cannot take an object’s identity away', async () => {
    const created = await scene.create('x');
    await scene.register('Mutating', 'a', [{ rules: [{ ...RULE, operations: ['UPDATE'] }] }]);
    const remove = ['uid', 'creationTimestamp', 'namespace', 'resourceVersion'].map((field) => ({
      op: 'remove',
      path: `/metadata/${field}`,
    }));
    scene.hooks.answer((received) =>
      reviewed(received, patchOf([...remove, { op: 'add', path: '/data', value: { k: 'v' } }])),
    );
    const path = '/api/v1/namespaces/default/configmaps/x';
    const merge = { headers: { 'content-type': 'application/merge-patch+json' } };
    const answer = await scene.api.call('PATCH', path, {
      ...merge,
      body: { metadata: { labels: { a: 'b' } } },
    });
    expect(answer.body).toMatchObject({
      data: { k: 'v' },
      metadata: {
        uid: created.body.metadata?.uid,
        creationTimestamp: created.body.metadata?.creationTimestamp,
        namespace: 'default',
      },
    });
    const moved = patchOf([{ op: 'replace', path: '/metadata/name', value: 'y' }]);
    scene.hooks.answer((received) => reviewed(received, moved));
    const refused = await scene.api.call('PATCH', path, {
      ...merge,
      body: { metadata: { labels: { a: 'c' } } },
    });
    expect(refused.body.message).toContain('field is immutable');
  });
});
