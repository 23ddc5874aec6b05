import type { Pod } from '@gantry/api/generated/types';
import { epoch, isReady, maxRestarts, readySince } from './pods.ts';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** A cost that is not a 32-bit integer counts as 0. */
function costOf(pod: Pod): number {
  const text = pod.metadata.annotations?.[COST];
  if (text === undefined || !/^(0|-?[1-9]\d{0,9})$/.test(text)) return 0;
  const cost = Number(text);
  return cost >= -(2 ** 31) && cost < 2 ** 31 ? cost : 0;
}

/** Times count on a logarithmic scale, so that among pods of about one age chance (the uid) decides. */
const logAge = (time: number, now: number): number =>
  time === 0 ? -1 : Math.floor(Math.log2(Math.max(now - time, 1) * 1_000_000));

/** Steps of the comparison, in the order of `ActivePodsWithRanks`; a negative result deletes `a` first. */
const steps: readonly ((a: Pod, b: Pod, rank: (pod: Pod) => number, now: number) => number)[] = [
  (a, b) => Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)),
  (a, b) => (PHASES[a.status?.phase ?? 'Pending'] ?? 2) - (PHASES[b.status?.phase ?? 'Pending'] ?? 2),
  (a, b) => Number(isReady(a)) - Number(isReady(b)),
  (a, b) => costOf(a) - costOf(b),
  (a, b, rank) => rank(b) - rank(a),
  (a, b, _, now) => (isReady(a) && isReady(b) ? logAge(readySince(a), now) - logAge(readySince(b), now) : 0),
  (a, b) => maxRestarts(b).regular - maxRestarts(a).regular,
  (a, b) => maxRestarts(b).sidecar - maxRestarts(a).sidecar,
  (a, b, _, now) =>
    logAge(epoch(a.metadata.creationTimestamp), now) - logAge(epoch(b.metadata.creationTimestamp), now),
  (a, b) => ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1),
];

/**
 * Which `count` of the pods to delete: those not placed, not running, not ready, cheap, doubled up on a node, young.
 * `related` are all active pods of ReplicaSets of the same owner: many on one node make a pod there go earlier.
 */
export function podsToDelete(
  pods: readonly Pod[],
  related: readonly Pod[],
  count: number,
  now: number,
): readonly Pod[] {
  if (count >= pods.length) return pods;
  const onNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName ?? '';
    onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const rank = (pod: Pod) => onNode.get(pod.spec.nodeName ?? '') ?? 0;
  const compare = (a: Pod, b: Pod): number => {
    for (const step of steps) {
      const order = step(a, b, rank, now);
      if (order !== 0) return order;
    }
    return 0;
  };
  return [...pods].sort(compare).slice(0, count);
}
