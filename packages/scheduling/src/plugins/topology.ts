import type { SchedulerCache } from '../cache/cache.ts';
import type { NodeCounts } from '../cache/pod-counts.ts';

/** Pods by value of a topology label, from pods by node. Nodes without the label count nowhere. */
export function byTopology(
  cache: SchedulerCache,
  counts: NodeCounts,
  topologyKey: string,
  factor = 1,
  into: Map<string, number> = new Map(),
): Map<string, number> {
  for (const [name, count] of counts.byNode) {
    const value = cache.node(name)?.labels[topologyKey];
    if (value !== undefined) into.set(value, (into.get(value) ?? 0) + count * factor);
  }
  return into;
}
