import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '@gantry/api/generated/types';
import { findCondition, withCondition } from '../shared/conditions.ts';
import { scaled } from '../shared/int-or-percent.ts';
import { epoch, isFinished, isReady } from '../shared/pods.ts';

/** An eviction that was granted but whose pod is still there counts so long. */
export const DELETION_TIMEOUT_MS = 120_000;

export interface BudgetFacts {
  readonly budget: PodDisruptionBudget;
  readonly pods: readonly Pod[];
  /** Sizes of the controllers that the pods belong to, added up; what percentages and maxUnavailable refer to. */
  readonly expected: number;
}

/** How many pods must stay healthy. */
export function desiredHealthy({ budget, pods, expected }: BudgetFacts): {
  desired: number;
  expected: number;
} {
  const { maxUnavailable, minAvailable } = budget.spec;
  if (maxUnavailable !== undefined)
    return { desired: Math.max(expected - scaled(maxUnavailable, expected, 'up'), 0), expected };
  if (typeof minAvailable === 'string') return { desired: scaled(minAvailable, expected, 'up'), expected };
  return { desired: minAvailable ?? 0, expected: pods.length };
}

/** Granted evictions whose pods have neither gone nor outlived the timeout. */
function pending(budget: PodDisruptionBudget, pods: readonly Pod[], now: number): Record<string, string> {
  const present = new Map(pods.map((pod) => [pod.metadata.name, pod]));
  return Object.fromEntries(
    Object.entries(budget.status?.disruptedPods ?? {}).filter(([name, time]) => {
      const pod = present.get(name);
      return (
        pod !== undefined &&
        pod.metadata.deletionTimestamp === undefined &&
        epoch(time) + DELETION_TIMEOUT_MS > now
      );
    }),
  );
}

/** The status of a budget: what the eviction API decides by. */
export function decideStatus(facts: BudgetFacts, now: number): PodDisruptionBudgetStatus {
  const { budget } = facts;
  const pods = facts.pods.filter((pod) => !isFinished(pod));
  const disruptedPods = pending(budget, pods, now);
  const healthy = pods.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      disruptedPods[pod.metadata.name] === undefined &&
      isReady(pod),
  ).length;
  const { desired, expected } = desiredHealthy({ ...facts, pods });
  const allowed = expected > 0 ? Math.max(healthy - desired, 0) : 0;
  const generation = budget.metadata.generation ?? 0;
  const condition = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: generation,
    lastTransitionTime:
      findCondition(budget.status?.conditions, 'DisruptionAllowed')?.lastTransitionTime ?? '',
  };
  return {
    currentHealthy: healthy,
    desiredHealthy: desired,
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: generation,
    ...(Object.keys(disruptedPods).length === 0 ? {} : { disruptedPods }),
    conditions: withCondition(budget.status?.conditions, condition, now),
  };
}
