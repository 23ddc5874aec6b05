import { Graph, layout } from '@dagrejs/dagre';
import type { Topology } from './topology-tree.ts';

export const BOX = { width: 184, height: 48 } as const;

/** Where each box has its upper left corner, by id; what leads to something stands on its left. */
export function placesOf({
  nodes,
  edges,
}: Pick<Topology, 'nodes' | 'edges'>): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: 36, nodesep: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...BOX });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
      return [id, { x: x - BOX.width / 2, y: y - BOX.height / 2 }];
    }),
  );
}
