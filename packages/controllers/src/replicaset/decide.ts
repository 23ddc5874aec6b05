import type { Pod, ReplicaSetCondition, ReplicaSetStatus } from '@gantry/api/generated/types';
import { findCondition, withCondition, withoutCondition } from '../shared/conditions.ts';
import { podsToDelete } from '../shared/pod-ranking.ts';
import { isActive, isAvailable, isReady, isTerminating } from '../shared/pods.ts';

/** At most so many creations or deletions in one run. */
export const BURST = 500;

export interface ScalePlan {
  readonly create: number;
  readonly remove: readonly Pod[];
}

/** What brings the number of active pods to `replicas`, at most `BURST` steps of it. */
export function decideScale(
  pods: readonly Pod[],
  related: readonly Pod[],
  replicas: number,
  now: number,
): ScalePlan {
  const active = pods.filter(isActive);
  const missing = replicas - active.length;
  if (missing >= 0) return { create: Math.min(missing, BURST), remove: [] };
  return {
    create: 0,
    remove: podsToDelete(active, related.filter(isActive), Math.min(-missing, BURST), now),
  };
}

export interface StatusInput {
  readonly status: ReplicaSetStatus | undefined;
  readonly generation: number;
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly templateLabels: Readonly<Record<string, string>>;
  /** What went wrong in this run, if something did. */
  readonly failure?: string;
}

/** The status that follows from the pods. `withTerminating` is false for ReplicationControllers. */
export function decideStatus(
  input: StatusInput,
  pods: readonly Pod[],
  now: number,
  withTerminating: boolean,
): ReplicaSetStatus {
  const active = pods.filter(isActive);
  const labels = Object.entries(input.templateLabels);
  const labelled = active.filter((pod) =>
    labels.every(([key, value]) => pod.metadata.labels?.[key] === value),
  );
  const ready = active.filter(isReady);
  const available = ready.filter((pod) => isAvailable(pod, input.minReadySeconds, now));
  const conditions = failureCondition(input, active.length, now);
  return {
    replicas: active.length,
    ...nonZero({
      fullyLabeledReplicas: labelled.length,
      readyReplicas: ready.length,
      availableReplicas: available.length,
    }),
    ...(withTerminating ? { terminatingReplicas: pods.filter(isTerminating).length } : {}),
    observedGeneration: input.generation,
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

const nonZero = (counts: Readonly<Record<string, number>>): object =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

function failureCondition(input: StatusInput, active: number, now: number): ReplicaSetCondition[] {
  const conditions = input.status?.conditions;
  const failing = findCondition(conditions, 'ReplicaFailure');
  if (input.failure === undefined) return withoutCondition(conditions, 'ReplicaFailure');
  if (failing !== undefined) return [...(conditions ?? [])];
  const reason = active < input.replicas ? 'FailedCreate' : active > input.replicas ? 'FailedDelete' : '';
  return withCondition(
    conditions,
    { type: 'ReplicaFailure', status: 'True', reason, message: input.failure },
    now,
  );
}
