import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewed, testAuthorityBundle } from '../../outbound/testing/review-server.ts';
import { adding, startWebhookScene, type WebhookScene } from './testing/webhook-server.ts';

let scene: WebhookScene;
beforeAll(async () => {
  scene = await startWebhookScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('failing webhooks', () => {
  it('are refusals, or ignored', async () => {
    await scene.register('Validating', 'a', [{ failurePolicy: 'Fail' }]);
    scene.hooks.answer((_received, response) => void response.writeHead(500).end('broken'));
    expect((await scene.create('x')).body).toMatchObject({
      code: 500,
      reason: 'InternalError',
      message:
        'Internal error occurred: failed calling webhook "one.example.com": failed to call webhook: an error on the server ("broken") has prevented the request from succeeding',
    });
    scene.hooks.answer((_received, response) => void response.writeHead(307, { location: '/' }).end());
    expect((await scene.create('x')).body.message).toContain('the server responded with the status code 307');
    scene.hooks.answer(() => ({}));
    expect((await scene.create('x')).body.message).toBe(
      'Internal error occurred: failed calling webhook "one.example.com": received invalid webhook response: webhook response was absent',
    );
    scene.hooks.answer((received) => reviewed({ ...received, body: { request: { uid: 'other' } } }));
    expect((await scene.create('x')).body.message).toContain(
      `expected response.uid=${JSON.stringify(scene.request(3).uid)}, got "other"`,
    );
    await scene.unregister('Validating', 'a');
    await scene.register('Validating', 'a', [{ failurePolicy: 'Ignore' }]);
    expect((await scene.create('x')).status).toBe(201);
  });

  it('name what is wrong with a connection', async () => {
    const url = `https://localhost:${scene.hooks.port}/ask`;
    await scene.register('Validating', 'a', [{ clientConfig: { url } }]);
    expect((await scene.create('x')).body.message).toBe(
      `Internal error occurred: failed calling webhook "one.example.com": failed to call webhook: Post "${url}?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    );
    await scene.unregister('Validating', 'a');
    await scene.register('Validating', 'a', [
      { clientConfig: { service: { name: 'hook', namespace: 'demo' }, caBundle: testAuthorityBundle } },
    ]);
    expect((await scene.create('x')).body.message).toContain(
      'Post "https://hook.demo.svc:443/?timeout=10s": service "hook" not found',
    );
  });

  it('have their time', async () => {
    await scene.register('Validating', 'a', [{ timeoutSeconds: 1 }]);
    scene.hooks.answer(() => undefined);
    expect((await scene.create('x')).body.message).toMatch(/\?timeout=1s": context deadline exceeded$/);
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
    await scene.register('Mutating', 'a', [{}]);
    scene.hooks.answer((received) => reviewed(received, { allowed: true, patch: encoded(patch), patchType }));
    expect((await scene.create('x')).body).toMatchObject({
      code: 500,
      message: `Internal error occurred: ${message}`,
    });
  });

  it('may not change what is deleted', async () => {
    await scene.create('x');
    await scene.register('Mutating', 'a', [{}]);
    scene.hooks.answer(adding('k'));
    const answer = await scene.api.call('DELETE', '/api/v1/namespaces/default/configmaps/x');
    expect(answer.body.message).toBe(
      'Internal error occurred: admission webhook "one.example.com" attempted to modify the object, which is not supported for this operation',
    );
  });
});
