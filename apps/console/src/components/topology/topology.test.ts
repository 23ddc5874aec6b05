import { expect, it } from 'vitest';
import { BOX, placesOf } from './layout.ts';
import { boxHref, type TopologyNode, treeRows } from './topology-tree.ts';

const node = (kind: TopologyNode['kind'], name: string): TopologyNode => ({
  ...{ id: `${kind}/${name}`, kind, name, ref: null, status: '', ready: '' },
});
const graph = {
  nodes: [node('Service', 'web'), node('Service', 'admin'), node('Deployment', 'web'), node('Pod', 'web-1')],
  edges: [
    { from: 'Service/web', to: 'Deployment/web' },
    { from: 'Service/admin', to: 'Deployment/web' },
    { from: 'Deployment/web', to: 'Pod/web-1' },
  ],
};

it('is a tree whose shared parts stand under each that leads to them', () => {
  expect(treeRows(graph).map(({ depth, node: { id } }) => `${depth} ${id}`)).toEqual([
    '0 Service/web',
    '1 Deployment/web',
    '2 Pod/web-1',
    '0 Service/admin',
    '1 Deployment/web',
    '2 Pod/web-1',
  ]);
  const keys = treeRows(graph).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it('puts what leads to something on its left, and no box over another', () => {
  const places = placesOf(graph);
  const at = (id: string) => places.get(id) ?? { x: Number.NaN, y: Number.NaN };
  expect(at('Service/web').x + BOX.width).toBeLessThan(at('Deployment/web').x);
  expect(at('Deployment/web').x + BOX.width).toBeLessThan(at('Pod/web-1').x);
  expect(Math.abs(at('Service/web').y - at('Service/admin').y)).toBeGreaterThanOrEqual(BOX.height);
});

it('leads from pods in one box to their list', () => {
  expect(boxHref(node('Pods', 'web'), 'shop')).toBe('/resources/core/v1/pods?ns=shop&q=web');
});
