import type { Pod, StatefulSet, StatefulSetStatus } from '@gantry/api/generated/types';
import { scaled } from '../shared/int-or-percent.ts';
import { isAvailable, isReady } from '../shared/pods.ts';
import { REVISION_HASH } from '../shared/revisions.ts';
import { ordinalOf, replicasOf, startOf } from './identity.ts';

export interface Revisions {
  /** Names of ControllerRevisions. */
  readonly current: string;
  readonly update: string;
}

export type Action =
  | { readonly type: 'create'; readonly ordinal: number; readonly revision: string }
  | { readonly type: 'delete'; readonly pod: Pod; readonly why: 'scale' | 'update' | 'failed' | 'finished' };

const isGoing = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isReady(pod);
const isCreated = (pod: Pod): boolean => (pod.status?.phase ?? 'Pending') !== '';
const revisionOf = (pod: Pod): string => pod.metadata.labels?.[REVISION_HASH] ?? '';
const isRolling = (set: StatefulSet): boolean =>
  (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** Running, ready for `minReadySeconds`, and not on its way out. */
const isHealthy = (set: StatefulSet, pod: Pod, now: number): boolean =>
  isRunningAndReady(pod) && !isGoing(pod) && isAvailable(pod, set.spec.minReadySeconds ?? 0, now);

/** The revision for a pod that is to be made: below the partition, and before an update reached it, the old one. */
function revisionFor(set: StatefulSet, revisions: Revisions, ordinal: number): string {
  if (!isRolling(set)) return revisions.update;
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition;
  const border = partition === undefined ? (set.status?.currentReplicas ?? 0) : partition;
  return ordinal < startOf(set) + border ? revisions.current : revisions.update;
}

/**
 * The next steps for a StatefulSet. With the OrderedReady policy at most one step at a time, and none while a pod before
 * it is not healthy; with Parallel all that scaling needs at once.
 */
export function decideActions(
  set: StatefulSet,
  pods: readonly Pod[],
  revisions: Revisions,
  now: number,
): readonly Action[] {
  if (set.metadata.deletionTimestamp !== undefined) return [];
  const isOrdered = set.spec.podManagementPolicy !== 'Parallel';
  const start = startOf(set);
  const end = start + replicasOf(set);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod), pod]));
  const actions: Action[] = [];
  for (let ordinal = start; ordinal < end; ordinal++) {
    const step = decideReplica(set, byOrdinal.get(ordinal), ordinal, revisions);
    if (step !== undefined && step !== 'wait') actions.push(step);
    const pod = byOrdinal.get(ordinal);
    const mustWait = step !== undefined || pod === undefined || !isHealthy(set, pod, now);
    if (isOrdered && mustWait) return actions;
  }
  const condemned = [...byOrdinal]
    .filter(([ordinal]) => ordinal >= 0 && (ordinal < start || ordinal >= end))
    .sort(([a], [b]) => b - a)
    .map(([, pod]) => pod);
  const unhealthy = condemned.findLast((pod) => !isHealthy(set, pod, now));
  for (const pod of condemned) {
    if (isGoing(pod)) {
      if (isOrdered) return actions;
      continue;
    }
    if (isOrdered && !isHealthy(set, pod, now) && pod !== unhealthy) return actions;
    actions.push({ type: 'delete', pod, why: 'scale' });
    if (isOrdered) return actions;
  }
  if (actions.length > 0 || !isRolling(set)) return actions;
  return decideUpdate(set, byOrdinal, revisions, now);
}

/**
 * The pods whose claims should now have the owners of the retention policy: those that all runs well before, and, once
 * all of the set's size do, those to be scaled away. With the Parallel policy all. `pending` likewise, whose claims may
 * be missing.
 */
export function decideClaims(
  set: StatefulSet,
  pods: readonly Pod[],
  now: number,
): { readonly settled: readonly Pod[]; readonly pending: readonly Pod[] } {
  const settled: Pod[] = [];
  const pending: Pod[] = [];
  if (set.metadata.deletionTimestamp !== undefined) return { settled, pending };
  const isOrdered = set.spec.podManagementPolicy !== 'Parallel';
  const start = startOf(set);
  const end = start + replicasOf(set);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod), pod]));
  for (let ordinal = start; ordinal < end; ordinal++) {
    const pod = byOrdinal.get(ordinal);
    const phase = pod?.status?.phase ?? 'Pending';
    const isOver = phase === 'Failed' || phase === 'Succeeded';
    if (pod !== undefined && phase === 'Pending') pending.push(pod);
    if (isOrdered && (pod === undefined || isOver || !isHealthy(set, pod, now))) return { settled, pending };
    if (pod !== undefined && !isOver) settled.push(pod);
  }
  for (const [ordinal, pod] of byOrdinal)
    if (ordinal >= 0 && (ordinal < start || ordinal >= end)) settled.push(pod);
  return { settled, pending };
}

function decideReplica(
  set: StatefulSet,
  pod: Pod | undefined,
  ordinal: number,
  revisions: Revisions,
): Action | 'wait' | undefined {
  if (pod === undefined) return { type: 'create', ordinal, revision: revisionFor(set, revisions, ordinal) };
  const phase = pod.status?.phase;
  if (phase !== 'Failed' && phase !== 'Succeeded') return isGoing(pod) ? 'wait' : undefined;
  return isGoing(pod) ? 'wait' : { type: 'delete', pod, why: phase === 'Failed' ? 'failed' : 'finished' };
}

/** From the last ordinal down to the partition: replaces pods of another revision, `maxUnavailable` at a time. */
function decideUpdate(
  set: StatefulSet,
  byOrdinal: ReadonlyMap<number, Pod>,
  revisions: Revisions,
  now: number,
): readonly Action[] {
  const rolling = set.spec.updateStrategy?.rollingUpdate;
  const replicas = replicasOf(set);
  const start = startOf(set);
  const maxUnavailable = Math.max(scaled(rolling?.maxUnavailable ?? 1, replicas, 'up'), 1);
  const lowest = start + (rolling?.partition ?? 0);
  let unavailable = 0;
  for (let ordinal = start; ordinal < start + replicas; ordinal++) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined || !isHealthy(set, pod, now)) unavailable++;
  }
  const actions: Action[] = [];
  for (let ordinal = start + replicas - 1; ordinal >= lowest; ordinal--) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) continue;
    const healthy = isHealthy(set, pod, now);
    if (revisionOf(pod) !== revisions.update && !isGoing(pod)) {
      // A pod that is broken anyway costs nothing: a bad revision must be replaceable.
      if (healthy && unavailable >= maxUnavailable) return actions;
      actions.push({ type: 'delete', pod, why: 'update' });
      if (healthy) unavailable++;
      if (actions.length >= maxUnavailable) return actions;
    } else if (!healthy && maxUnavailable === 1) return actions;
  }
  return actions;
}

/** Counts as of now, before the actions. */
export function decideStatus(
  set: StatefulSet,
  pods: readonly Pod[],
  revisions: Revisions,
  collisionCount: number,
  now: number,
): StatefulSetStatus {
  const minReady = set.spec.minReadySeconds ?? 0;
  const created = pods.filter(isCreated);
  const running = created.filter(isRunningAndReady);
  const count = (revision: string) =>
    created.filter((pod) => !isGoing(pod) && revisionOf(pod) === revision).length;
  const counts = {
    readyReplicas: running.length,
    currentReplicas: count(revisions.current),
    updatedReplicas: count(revisions.update),
  };
  const replicas = replicasOf(set);
  const isRolledOut =
    isRolling(set) &&
    counts.updatedReplicas === replicas &&
    counts.readyReplicas === replicas &&
    created.length === replicas;
  if (isRolledOut) counts.currentReplicas = counts.updatedReplicas;
  const conditions = set.status?.conditions ?? [];
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: created.length,
    availableReplicas: running.filter((pod) => isAvailable(pod, minReady, now)).length,
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
    currentRevision: isRolledOut ? revisions.update : revisions.current,
    updateRevision: revisions.update,
    collisionCount,
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}
