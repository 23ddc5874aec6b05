import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AggregationScene, RESOURCES, startAggregation } from './testing/aggregation-scene.ts';

let scene: AggregationScene;
beforeAll(async () => {
  scene = await startAggregation();
  await scene.serve();
});
afterAll(() => scene.close());

describe('a remote APIService', () => {
  it('shows in discovery, by its priority', async () => {
    const groups = (await scene.call('/apis')).text;
    const names = (JSON.parse(groups) as { groups: { name: string }[] }).groups.map(({ name }) => name);
    expect(names).toContain('wardle.example.com');
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    await expect
      .poll(async () => {
        const { text } = await scene.call('/apis', { accept });
        const { items } = JSON.parse(text) as { items: { metadata: { name: string } }[] };
        return items.find(({ metadata }) => metadata.name === 'wardle.example.com');
      })
      .toMatchObject({
        versions: [
          {
            version: 'v1alpha1',
            freshness: 'Current',
            resources: [
              {
                resource: 'flunders',
                responseKind: { group: '', version: '', kind: 'Flunder' },
                scope: 'Namespaced',
                subresources: [{ subresource: 'status', verbs: ['get'] }],
              },
            ],
          },
        ],
      });
    expect(JSON.parse((await scene.call('/apis/wardle.example.com')).text)).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { version: 'v1alpha1' },
    });
    expect(JSON.parse((await scene.call('/apis/wardle.example.com/v1alpha1')).text)).toEqual(RESOURCES);
  });

  it('shows in OpenAPI', async () => {
    const path = 'apis/wardle.example.com/v1alpha1';
    await expect
      .poll(async () => (JSON.parse((await scene.call('/openapi/v3')).text) as { paths: object }).paths)
      .toMatchObject({ [path]: { serverRelativeURL: `/openapi/v3/${path}?hash=abc` } });
    expect(JSON.parse((await scene.call(`/openapi/v3/${path}?hash=abc`)).text)).toMatchObject({
      info: 'wardle',
    });
    const swagger = JSON.parse((await scene.call('/openapi/v2')).text) as {
      paths: Record<string, unknown>;
      definitions: Record<string, unknown>;
    };
    expect(swagger.paths).toHaveProperty([`/${path}/flunders`]);
    expect(swagger.paths).not.toHaveProperty(['/apis/other/v1/things']);
    expect(swagger.definitions).toHaveProperty(['wardle.Flunder']);
    expect(swagger.definitions).not.toHaveProperty(['wardle.Unused']);
    expect(swagger.definitions).toHaveProperty(['io.k8s.api.core.v1.Pod']);
  });
});
