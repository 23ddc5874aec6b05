import type { NodeInfo } from '../cache/node-info.ts';
import { type FilterPlugin, SCORE_MAX, type ScorePlugin } from '../framework/plugin.ts';
import type { PodInfo } from '../framework/pod-info.ts';

const NAME = 'NodeResourcesFit';

/** Resources that a node lacks for a pod; `ever` when the node could not hold it even when empty. */
function lackingResources(
  pod: PodInfo,
  node: NodeInfo,
): { readonly names: string[]; readonly ever: boolean } {
  const names: string[] = [];
  let ever = false;
  for (const [name, amount] of pod.requests) {
    if (amount <= 0) continue;
    const allocatable = node.allocatable.get(name) ?? 0;
    if (amount <= allocatable - (node.requested.get(name) ?? 0)) continue;
    names.push(name);
    if (amount > allocatable) ever = true;
  }
  return { names, ever };
}

export const nodeResourcesFitFilter: FilterPlugin = {
  name: NAME,
  plan: ({ pod }) => ({
    filter(node) {
      const full = node.pods.size + 1 > (node.allocatable.get('pods') ?? 0);
      const { names, ever } = lackingResources(pod, node);
      if (!full && names.length === 0) return undefined;
      const reasons = [...(full ? ['Too many pods'] : []), ...names.map((name) => `Insufficient ${name}`)];
      return { plugin: NAME, reasons, unresolvable: ever };
    },
  }),
};

/** LeastAllocated: the mean of the free shares of cpu and memory, the pod included. */
export const nodeResourcesFitScore: ScorePlugin = {
  name: NAME,
  weight: 1,
  plan: ({ pod }) => ({
    score(node) {
      let sum = 0;
      let counted = 0;
      for (const name of ['cpu', 'memory'] as const) {
        const allocatable = node.allocatable.get(name) ?? 0;
        if (allocatable === 0) continue;
        counted++;
        const requested = node.nonZero[name] + pod.nonZero[name];
        if (requested <= allocatable)
          sum += Math.floor(((allocatable - requested) * SCORE_MAX) / allocatable);
      }
      return counted === 0 ? 0 : Math.floor(sum / counted);
    },
  }),
};
