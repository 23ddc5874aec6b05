import type { NodeInfo } from '../cache/node-info.ts';
import type { Cycle, FilterPlugin, NodeFilter, Rejection } from './plugin.ts';

/** The filters that have something to say about a pod. */
export interface FilterSet {
  readonly filters: readonly NodeFilter[];
  /** Nodes worth a look, by plugin that says so; absent = all. */
  readonly onlyNodes?: { readonly plugin: string; readonly names: ReadonlySet<string> };
}

/** Prepares the filters for one cycle, or answers why no node will do. */
export function planFilters(
  plugins: readonly FilterPlugin[],
  cycle: Cycle,
): FilterSet | { readonly rejection: Rejection } {
  const filters: NodeFilter[] = [];
  let onlyNodes: FilterSet['onlyNodes'];
  for (const plugin of plugins) {
    const plan = plugin.plan(cycle);
    if (plan === undefined) continue;
    if ('rejection' in plan) return plan;
    filters.push(plan.filter);
    if (plan.onlyNodes !== undefined) onlyNodes = { plugin: plugin.name, names: plan.onlyNodes };
  }
  return onlyNodes === undefined ? { filters } : { filters, onlyNodes };
}

/** The first rejection, or undefined when the pod fits. */
export function filterNode(set: FilterSet, node: NodeInfo): Rejection | undefined {
  for (const filter of set.filters) {
    const rejection = filter(node);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}
