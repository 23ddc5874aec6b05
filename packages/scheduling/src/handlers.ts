import type { Node, Pod } from '@gantry/api/generated/types';
import type { InformerHandler } from '@gantry/client/port';
import type { SchedulerCache } from './cache/cache.ts';
import { podInfo, podKey } from './framework/pod-info.ts';
import type { Nominator } from './nominator.ts';
import type { SchedulingQueue } from './queue/scheduling-queue.ts';

export interface HandlerParts {
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly nominator: Nominator;
  readonly schedulerName: string;
}

const hasEnded = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Pods with a node go to the cache, those without to the queue. */
export function podHandler({ cache, queue, nominator, schedulerName }: HandlerParts): InformerHandler<Pod> {
  const remove = (pod: Pod): void => {
    const key = podKey(pod);
    nominator.delete(key);
    queue.delete(key);
    if (cache.removePod(key) !== undefined) queue.moveOn('AssignedPod/Delete');
  };
  const assigned = (pod: Pod): void => {
    const key = podKey(pod);
    const known = cache.has(key) && !cache.isAssumed(pod);
    queue.delete(key);
    nominator.delete(key);
    cache.setPod(pod);
    queue.moveOn(known ? 'AssignedPod/Update' : 'AssignedPod/Add');
  };
  const pending = (pod: Pod, old: Pod | undefined): void => {
    const isMine = (pod.spec.schedulerName || 'default-scheduler') === schedulerName;
    if (!isMine || cache.isAssumed(pod)) return;
    if (pod.metadata.deletionTimestamp !== undefined) {
      remove(pod);
      return;
    }
    const node = pod.status?.nominatedNodeName;
    if (node) nominator.set(podInfo(pod), node);
    if (old === undefined) queue.add(pod);
    else queue.update(pod, old);
  };
  return {
    onUpdate(pod, old) {
      // The same name again, as another pod.
      const replaced = old !== undefined && old.metadata.uid !== pod.metadata.uid;
      if (replaced) remove(old);
      if (hasEnded(pod)) remove(pod);
      else if (pod.spec.nodeName) assigned(pod);
      else pending(pod, replaced ? undefined : old);
    },
    onDelete: remove,
  };
}

/** What of a node matters to placement; heartbeats do not. */
const relevant = ({ metadata, spec, status }: Node): string =>
  JSON.stringify([metadata.labels, spec.taints, spec.unschedulable, status?.allocatable]);

export function nodeHandler({ cache, queue }: HandlerParts): InformerHandler<Node> {
  return {
    onUpdate(node, old) {
      const known = cache.node(node.metadata.name) !== undefined;
      cache.setNode(node);
      if (!known) queue.moveOn('Node/Add');
      else if (old === undefined || relevant(node) !== relevant(old)) queue.moveOn('Node/Update');
    },
    onDelete(node) {
      cache.removeNode(node.metadata.name);
    },
  };
}
