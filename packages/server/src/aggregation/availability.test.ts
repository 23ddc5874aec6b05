import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AggregationScene, answer, NAME, PATH, startAggregation } from './testing/aggregation-scene.ts';

let scene: AggregationScene;
beforeAll(async () => {
  scene = await startAggregation();
});
afterAll(() => scene.close());

describe('local APIServices', () => {
  it('exist for each group and version, and are available', async () => {
    const { body } = await scene.api.call('GET', `${PATH}/v1.apps`);
    expect(body).toMatchObject({
      metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } },
      spec: { group: 'apps', version: 'v1', groupPriorityMinimum: 17_800, versionPriority: 15 },
    });
    await expect
      .poll(async () => (await scene.api.call('GET', `${PATH}/v1.apps`)).body.status?.conditions)
      .toMatchObject([
        {
          type: 'Available',
          status: 'True',
          reason: 'Local',
          message: 'Local APIServices are always available',
        },
      ]);
    expect((await scene.api.call('GET', `${PATH}/v1.`)).status).toBe(200);
    expect((await scene.api.call('GET', `${PATH}/v1.apiregistration.k8s.io`)).status).toBe(404);
  });
});

describe('a remote APIService', () => {
  it('turns available as its Service does', async () => {
    await scene.register();
    expect(await scene.available('ServiceNotFound')).toMatchObject({
      status: 'False',
      message: 'service/hook in "demo" is not present',
    });
    expect(await scene.call('/apis/wardle.example.com/v1alpha1/flunders')).toEqual({
      status: 503,
      type: 'text/plain; charset=utf-8',
      text: 'service unavailable\n',
    });
    await scene.api.call('POST', '/api/v1/namespaces/demo/services', {
      body: { metadata: { name: 'hook' }, spec: { ports: [{ port: 444 }] } },
    });
    expect((await scene.available('ServicePortError'))?.message).toBe(
      'service/hook in "demo" is not listening on port 443',
    );
    await scene.api.call('PATCH', '/api/v1/namespaces/demo/services/hook', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { ports: [{ port: 443 }] } },
    });
    expect((await scene.available('EndpointsNotFound'))?.message).toBe(
      'cannot find endpointslices for service/hook in "demo"',
    );
    await scene.putSlice();
    expect(await scene.available('Passed')).toMatchObject({ status: 'True', message: 'all checks passed' });
    const check = scene.remote.received.at(0);
    expect(check?.headers).toMatchObject({
      'x-remote-user': 'system:kube-aggregator',
      'x-remote-group': 'system:masters',
    });
  });

  it('is unavailable once its server fails', async () => {
    scene.remote.answer((_received, response) => void response.writeHead(500).end());
    await scene.api.call('PATCH', `${PATH}/${NAME}`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { versionPriority: 201 } },
    });
    expect((await scene.available('FailedDiscoveryCheck'))?.message).toMatch(
      /^failing or missing response from https:\/\/127\.0\.0\.1:\d+\/apis\/wardle\.example\.com\/v1alpha1: bad status from .*: 500$/,
    );
    scene.remote.answer(answer);
    await scene.available('Passed');
  });
});
