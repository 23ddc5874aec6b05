import { expect, test } from 'vitest';
import { memoryKinds, memoryTree } from '../testing/memory-tree.ts';
import { withDefinedKinds } from './defined-kinds.ts';
import { render } from './render.ts';

const definition = (scope: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: ${scope}
  names: {kind: Widget, plural: widgets}
  versions:
    - {name: v1, served: true, storage: true}
    - {name: v0, served: false, storage: false}
`;
const widget = (version: string) => `apiVersion: example.com/${version}\nkind: Widget\nmetadata: {name: a}\n`;
const crds = {
  find: async (apiVersion: string, kind: string) =>
    kind === 'CustomResourceDefinition'
      ? {
          group: 'apiextensions.k8s.io',
          version: 'v1',
          kind,
          plural: 'x',
          namespaced: false,
          verbs: ['patch'],
        }
      : memoryKinds().find(apiVersion, kind),
};

test('objects of a kind that the same commit defines are placed as it says', async () => {
  for (const [scope, namespace] of [
    ['Namespaced', 'shop'],
    ['Cluster', undefined],
  ] as const) {
    const tree = memoryTree({ 'a.yaml': widget('v1'), 'z.yaml': definition(scope) });
    const { objects, problems } = await render(tree, '.', 'shop', crds);
    expect(problems).toEqual([]);
    expect(objects[0]?.object.metadata.namespace).toBe(namespace);
  }
});

test('a version that is not served is not known', async () => {
  const tree = memoryTree({ 'a.yaml': widget('v0'), 'z.yaml': definition('Namespaced') });
  const { problems } = await render(tree, '.', 'shop', crds);
  expect(problems).toMatchObject([
    { file: 'a.yaml', reason: expect.stringContaining('no matches for kind "Widget"') },
  ]);
});

test('what only looks like a definition brings nothing', async () => {
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'x' },
  };
  for (const spec of [undefined, 1, { versions: [null, 1, { served: true }], names: [] }])
    expect(
      await withDefinedKinds(crds, [{ ...object, spec } as never]).find('example.com/v1', 'Widget'),
    ).toBe(undefined);
});
