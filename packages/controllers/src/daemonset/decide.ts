import type { DaemonSet, DaemonSetStatus, Node, Pod } from '@gantry/api/generated/types';
import { scaled } from '../shared/int-or-percent.ts';
import { epoch, isAvailable, isReady } from '../shared/pods.ts';
import { REVISION_HASH } from '../shared/revisions.ts';
import { fitOf, nodeOf } from './placement.ts';

export interface DaemonPlan {
  /** Names of nodes that get a pod. */
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
  /** Failed pods among those removed: an event says so. */
  readonly failed: readonly Pod[];
}

const isGoing = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
const isOld = (pod: Pod, revision: string): boolean => pod.metadata.labels?.[REVISION_HASH] !== revision;
const oldestFirst = (a: Pod, b: Pod): number =>
  Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName)) ||
  epoch(a.metadata.creationTimestamp) - epoch(b.metadata.creationTimestamp);

export const byNode = (pods: readonly Pod[]): Map<string, Pod[]> => {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = nodeOf(pod);
    if (node !== undefined) groups.set(node, [...(groups.get(node) ?? []), pod]);
  }
  return groups;
};

const surgeOf = (set: DaemonSet, desired: number): number =>
  set.spec.updateStrategy?.type === 'OnDelete'
    ? 0
    : scaled(set.spec.updateStrategy?.rollingUpdate?.maxSurge, desired, 'up');

/** Pods that are missing, and those that should not be there (any more). */
export function decidePlacement(
  set: DaemonSet,
  nodes: readonly Node[],
  pods: readonly Pod[],
  revision: string,
): DaemonPlan {
  const groups = byNode(pods);
  const create: string[] = [];
  const remove: Pod[] = [];
  const failed: Pod[] = [];
  const hasSurge = surgeOf(set, nodes.length) > 0;
  for (const node of nodes) {
    const { name } = node.metadata;
    const here = groups.get(name) ?? [];
    groups.delete(name);
    const { shouldRun, shouldContinue } = fitOf(set, node);
    if (shouldRun && here.length === 0) create.push(name);
    else if (shouldContinue) {
      const broken = here.filter((pod) => pod.status?.phase === 'Failed' && !isGoing(pod));
      failed.push(...broken);
      const alive = here.filter((pod) => !isGoing(pod) && !broken.includes(pod));
      // While surging an old and a new pod may share a node.
      const rivals = hasSurge
        ? [alive.filter((pod) => isOld(pod, revision)), alive.filter((pod) => !isOld(pod, revision))]
        : [alive];
      for (const group of rivals) remove.push(...group.sort(oldestFirst).slice(1));
    } else remove.push(...here.filter((pod) => !isGoing(pod)));
  }
  for (const lost of groups.values()) remove.push(...lost.filter((pod) => !isGoing(pod)));
  return { create, remove: [...remove, ...failed], failed };
}

/** The next steps of a rolling update: old pods to remove, and with surge nodes to start new ones on. */
export function decideUpdate(
  set: DaemonSet,
  nodes: readonly Node[],
  pods: readonly Pod[],
  revision: string,
  now: number,
): Omit<DaemonPlan, 'failed'> {
  if (set.spec.updateStrategy?.type === 'OnDelete') return { create: [], remove: [] };
  const groups = byNode(pods);
  const targets = nodes.filter((node) => fitOf(set, node).shouldRun);
  const minReady = set.spec.minReadySeconds ?? 0;
  const rolling = set.spec.updateStrategy?.rollingUpdate;
  const surge = surgeOf(set, targets.length);
  const available = (pod: Pod | undefined) =>
    pod !== undefined && !isGoing(pod) && isAvailable(pod, minReady, now);
  const remove: Pod[] = [];
  const create: string[] = [];
  if (surge > 0) {
    let surging = 0;
    const candidates: string[] = [];
    for (const { metadata } of targets) {
      const here = (groups.get(metadata.name) ?? []).filter((pod) => !isGoing(pod));
      const old = here.find((pod) => isOld(pod, revision));
      const fresh = here.find((pod) => !isOld(pod, revision));
      if (old === undefined) continue;
      if (fresh === undefined) candidates.push(metadata.name);
      else if (available(fresh)) remove.push(old);
      else surging++;
    }
    create.push(...candidates.slice(0, Math.max(surge - surging, 0)));
    return { create, remove };
  }
  const maxUnavailable = Math.max(scaled(rolling?.maxUnavailable ?? 1, targets.length, 'up'), 1);
  let unavailable = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { metadata } of targets) {
    const here = groups.get(metadata.name) ?? [];
    const alive = here.find((pod) => !isGoing(pod));
    if (!available(alive)) unavailable++;
    if (alive === undefined || !isOld(alive, revision)) continue;
    (available(alive) ? candidates : broken).push(alive);
  }
  // Pods that are not available anyway go at once.
  remove.push(...broken, ...candidates.slice(0, Math.max(maxUnavailable - unavailable, 0)));
  return { create, remove };
}

export function decideStatus(
  set: DaemonSet,
  nodes: readonly Node[],
  pods: readonly Pod[],
  revision: string,
  collisionCount: number,
  now: number,
): DaemonSetStatus {
  const groups = byNode(pods);
  const minReady = set.spec.minReadySeconds ?? 0;
  const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  for (const node of nodes) {
    const here = groups.get(node.metadata.name) ?? [];
    if (!fitOf(set, node).shouldRun) {
      if (here.length > 0) counts.misscheduled++;
      continue;
    }
    counts.desired++;
    if (here.length === 0) continue;
    counts.current++;
    const [pod] = here.filter((one) => !isGoing(one)).sort((a, b) => Number(isReady(b)) - Number(isReady(a)));
    if (pod === undefined) continue;
    if (isReady(pod)) counts.ready++;
    if (isAvailable(pod, minReady, now)) counts.available++;
    if (!isOld(pod, revision)) counts.updated++;
  }
  const optional = {
    updatedNumberScheduled: counts.updated,
    numberAvailable: counts.available,
    numberUnavailable: counts.desired - counts.available,
  };
  return {
    currentNumberScheduled: counts.current,
    numberMisscheduled: counts.misscheduled,
    desiredNumberScheduled: counts.desired,
    numberReady: counts.ready,
    observedGeneration: set.metadata.generation ?? 0,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== 0)),
    ...(collisionCount > 0 ? { collisionCount } : {}),
  };
}
