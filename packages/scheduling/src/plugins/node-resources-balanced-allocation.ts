import { SCORE_MAX, type ScorePlugin } from '../framework/plugin.ts';

/** Prefers nodes on which cpu and memory would be used in equal shares. */
export const nodeResourcesBalancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  plan({ pod }) {
    const cpu = pod.requests.get('cpu') ?? 0;
    const memory = pod.requests.get('memory') ?? 0;
    // A pod that asks for nothing changes no balance.
    if (cpu === 0 && memory === 0) return undefined;
    return {
      score(node) {
        const shares: number[] = [];
        for (const [name, own] of [
          ['cpu', cpu],
          ['memory', memory],
        ] as const) {
          const allocatable = node.allocatable.get(name) ?? 0;
          if (allocatable > 0)
            shares.push(Math.min(1, ((node.requested.get(name) ?? 0) + own) / allocatable));
        }
        const [a = 0, b = a] = shares;
        return Math.floor((1 - Math.abs(a - b) / 2) * SCORE_MAX);
      },
    };
  },
};
