import { listHref, objectHref } from '../../lib/paths.ts';
import type { Outputs } from '../../lib/trpc.ts';

export type Topology = Outputs['topology']['get'];
export type TopologyNode = Topology['nodes'][number];

/** A row of the tree; what two others lead to stands under both. */
export interface TreeRow {
  readonly key: string;
  readonly depth: number;
  readonly node: TopologyNode;
}

const ROWS_MAX = 5_000;

/** The graph as rows: each box under what leads to it, those that nothing leads to at the top. */
export function treeRows({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>): TreeRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const below = Map.groupBy(edges, ({ from }) => from);
  const led = new Set(edges.map(({ to }) => to));
  const rows: TreeRow[] = [];
  const add = (node: TopologyNode, depth: number, path: string): void => {
    if (rows.length >= ROWS_MAX) return;
    const key = `${path}>${node.id}`;
    rows.push({ key, depth, node });
    for (const { to } of below.get(node.id) ?? []) {
      const child = byId.get(to);
      if (child !== undefined) add(child, depth + 1, key);
    }
  };
  for (const node of nodes) if (!led.has(node.id)) add(node, 0, '');
  return rows;
}

const PODS = { group: '', version: 'v1', plural: 'pods' };

/** The page of a box; that of pods in one box is their list. */
export const boxHref = ({ ref, name }: TopologyNode, namespace: string): string =>
  ref === null
    ? `${listHref(PODS)}?ns=${encodeURIComponent(namespace)}&q=${encodeURIComponent(name)}`
    : objectHref(ref);
