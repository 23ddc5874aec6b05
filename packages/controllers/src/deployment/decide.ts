import type { Deployment, ReplicaSet } from '@gantry/api/generated/types';
import { equalIgnoringHash } from '../shared/pod-template.ts';
import { epoch } from '../shared/pods.ts';
import { MAX_REPLICAS, numberAnnotation, revisionOf } from './annotations.ts';
import { isRollingUpdate, limitsOf } from './limits.ts';

export interface Scaling {
  readonly replicaSet: ReplicaSet;
  readonly replicas: number;
}

export const sizeOf = (replicaSet: ReplicaSet): number => replicaSet.spec.replicas ?? 1;
export const totalSize = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((sum, replicaSet) => sum + sizeOf(replicaSet), 0);
const available = (replicaSet: ReplicaSet): number => replicaSet.status?.availableReplicas ?? 0;
const created = (replicaSet: ReplicaSet): number => epoch(replicaSet.metadata.creationTimestamp);
export const isScaledUp = (replicaSet: ReplicaSet): boolean => sizeOf(replicaSet) > 0;

/** Oldest first. */
const byAge = (a: ReplicaSet, b: ReplicaSet): number =>
  created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);

export interface Split {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** The ReplicaSet whose template is the Deployment's (the oldest of several), and all others. */
export function split(deployment: Deployment, sets: readonly ReplicaSet[]): Split {
  const current = [...sets].sort(byAge).find((replicaSet) => {
    const template = replicaSet.spec.template;
    return template !== undefined && equalIgnoringHash(template, deployment.spec.template);
  });
  return { current, old: sets.filter((replicaSet) => replicaSet !== current) };
}

/** One more than any of the others has. */
export function nextRevision(old: readonly ReplicaSet[]): bigint {
  let highest = 0n;
  for (const revision of old.map(revisionOf)) if (revision > highest) highest = revision;
  return highest + 1n;
}

/** Replicas for the newest ReplicaSet, now at `size` of `total` over all: as many as surge allows. */
export function decideNewSize(deployment: Deployment, size: number, total: number): number {
  const { replicas, maxSurge } = limitsOf(deployment);
  if (!isRollingUpdate(deployment)) return replicas;
  const room = replicas + maxSurge - total;
  return room <= 0 ? size : size + Math.min(room, replicas - size);
}

/**
 * How far old ReplicaSets go down in a rolling update: first their pods that are not available (they cost nothing), then
 * as many available ones as can be spared.
 */
export function decideOldSizes(
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): Scaling[] {
  const { replicas, maxUnavailable } = limitsOf(deployment);
  const minAvailable = replicas - maxUnavailable;
  const newUnavailable = sizeOf(current) - available(current);
  const all = [...old, current];
  let unhealthyBudget = totalSize(all) - minAvailable - newUnavailable;
  if (totalSize(old) === 0 || unhealthyBudget <= 0) return [];
  const sizes = new Map(old.map((replicaSet) => [replicaSet, sizeOf(replicaSet)]));
  const ordered = [...old].sort(byAge);
  for (const replicaSet of ordered) {
    if (unhealthyBudget <= 0) break;
    const size = sizes.get(replicaSet) ?? 0;
    const drop = Math.min(unhealthyBudget, Math.max(size - available(replicaSet), 0));
    sizes.set(replicaSet, size - drop);
    unhealthyBudget -= drop;
  }
  let spare = all.reduce((sum, replicaSet) => sum + available(replicaSet), 0) - minAvailable;
  for (const replicaSet of ordered) {
    if (spare <= 0) break;
    const size = sizes.get(replicaSet) ?? 0;
    const drop = Math.min(size, spare);
    sizes.set(replicaSet, size - drop);
    spare -= drop;
  }
  return ordered
    .map((replicaSet) => ({ replicaSet, replicas: sizes.get(replicaSet) ?? 0 }))
    .filter(({ replicaSet, replicas: size }) => size !== sizeOf(replicaSet));
}

/** The share of `toAdd` that a ReplicaSet takes, by its part of the whole before the Deployment was scaled. */
function proportion(deployment: Deployment, replicaSet: ReplicaSet, toAdd: number, added: number): number {
  const size = sizeOf(replicaSet);
  if (size === 0 || toAdd === 0 || toAdd === added) return 0;
  const { replicas, maxSurge } = limitsOf(deployment);
  let fraction = -size;
  if (replicas !== 0) {
    const before = numberAnnotation(replicaSet, MAX_REPLICAS) || (deployment.status?.replicas ?? 0);
    fraction = before === 0 ? 0 : Math.round((size * (replicas + maxSurge)) / before) - size;
  }
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
}

/**
 * How a Deployment that was scaled (or is paused) spreads its new size: all of it on the one ReplicaSet that is up; old
 * ones to 0 when the newest is complete; else in proportion, largest first. `force` marks those whose size annotations
 * are renewed even when the size stays.
 */
export function decideProportional(
  deployment: Deployment,
  { current, old }: Split,
): readonly (Scaling & { readonly force: boolean })[] {
  const { replicas, maxSurge } = limitsOf(deployment);
  const all = current === undefined ? [...old] : [...old, current];
  const up = all.filter(isScaledUp);
  if (up.length <= 1) {
    const only = up[0] ?? current ?? [...old].sort(byAge).at(-1);
    return only === undefined || sizeOf(only) === replicas
      ? []
      : [{ replicaSet: only, replicas, force: false }];
  }
  if (current !== undefined && isSaturated(deployment, current))
    return old.filter(isScaledUp).map((replicaSet) => ({ replicaSet, replicas: 0, force: false }));
  if (!isRollingUpdate(deployment)) return [];
  const toAdd = (replicas > 0 ? replicas + maxSurge : 0) - totalSize(up);
  const newerFirst = toAdd > 0 ? -1 : 1;
  up.sort((a, b) => sizeOf(b) - sizeOf(a) || newerFirst * byAge(a, b));
  let added = 0;
  const sizes = up.map((replicaSet) => {
    const share = proportion(deployment, replicaSet, toAdd, added);
    added += share;
    return sizeOf(replicaSet) + share;
  });
  if (toAdd !== 0) sizes[0] = Math.max((sizes[0] ?? 0) + toAdd - added, 0);
  return up.map((replicaSet, i) => ({ replicaSet, replicas: sizes[i] ?? 0, force: true }));
}

/** The newest ReplicaSet is all that the Deployment asks for, and available. */
function isSaturated(deployment: Deployment, current: ReplicaSet): boolean {
  const { replicas } = limitsOf(deployment);
  return (
    sizeOf(current) === replicas &&
    numberAnnotation(current, 'deployment.kubernetes.io/desired-replicas') === replicas &&
    available(current) === replicas
  );
}

/** Old ReplicaSets beyond the history limit that are empty and settled, oldest revision first. */
export function decideCleanup(deployment: Deployment, old: readonly ReplicaSet[]): ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 2 ** 31 - 1) return [];
  const alive = old.filter((replicaSet) => replicaSet.metadata.deletionTimestamp === undefined);
  return alive
    .sort((a, b) => Number(revisionOf(a) - revisionOf(b)) || byAge(a, b))
    .slice(0, Math.max(alive.length - limit, 0))
    .filter(
      (replicaSet) =>
        (replicaSet.status?.replicas ?? 0) === 0 &&
        sizeOf(replicaSet) === 0 &&
        (replicaSet.metadata.generation ?? 0) <= (replicaSet.status?.observedGeneration ?? 0),
    );
}
