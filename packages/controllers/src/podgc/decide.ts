import type { Pod } from '@gantry/api/generated/types';
import { epoch, isFinished } from '../shared/pods.ts';

export interface GarbagePlan {
  /** Finished pods beyond the threshold, oldest first. */
  readonly surplus: readonly Pod[];
  /** Pods of nodes that are no more. */
  readonly orphaned: readonly Pod[];
  /** Deleted before they had a node: nobody else will finish their deletion. */
  readonly unscheduled: readonly Pod[];
}

/** `isGone` says whether a node's absence is certain. */
export function decideGarbage(
  pods: readonly Pod[],
  isGone: (node: string) => boolean,
  threshold: number,
): GarbagePlan {
  const finished = pods
    .filter((pod) => isFinished(pod) && pod.metadata.deletionTimestamp === undefined)
    .sort((a, b) => epoch(a.metadata.creationTimestamp) - epoch(b.metadata.creationTimestamp));
  return {
    surplus: threshold > 0 ? finished.slice(0, Math.max(finished.length - threshold, 0)) : [],
    orphaned: pods.filter((pod) => pod.spec.nodeName && isGone(pod.spec.nodeName)),
    unscheduled: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !pod.spec.nodeName),
  };
}
