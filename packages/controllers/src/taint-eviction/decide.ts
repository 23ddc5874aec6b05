import type { Pod, Taint } from '@gantry/api/generated/types';
import { tolerates } from '../shared/tolerations.ts';

/** When a pod must leave its node: `never`, or so many milliseconds after its taints were first seen (0 = now). */
export type Eviction = { readonly type: 'never' } | { readonly type: 'after'; readonly ms: number };

/** Every NoExecute taint must be tolerated; the shortest `tolerationSeconds` of those used counts. */
export function decideEviction(pod: Pod, taints: readonly Taint[]): Eviction {
  const executing = taints.filter((taint) => taint.effect === 'NoExecute');
  if (executing.length === 0) return { type: 'never' };
  const tolerations = pod.spec.tolerations ?? [];
  const used = executing.map((taint) => tolerations.filter((one) => tolerates(one, taint)));
  if (used.some((matching) => matching.length === 0)) return { type: 'after', ms: 0 };
  const limits = used.flat().flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return limits.length === 0
    ? { type: 'never' }
    : { type: 'after', ms: Math.max(0, Math.min(...limits)) * 1000 };
}
