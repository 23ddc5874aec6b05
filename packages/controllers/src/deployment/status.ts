import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  ReplicaSet,
} from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { findCondition, withoutCondition } from '../shared/conditions.ts';
import { omitEmpty } from '../shared/outcomes.ts';
import { epoch } from '../shared/pods.ts';
import { totalSize } from './decide.ts';
import { limitsOf } from './limits.ts';

export const hasProgressDeadline = (deployment: Deployment): boolean =>
  deployment.spec.progressDeadlineSeconds !== undefined &&
  deployment.spec.progressDeadlineSeconds !== 2 ** 31 - 1;

export const newCondition = (
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  now: number,
): DeploymentCondition => ({
  type,
  status,
  lastUpdateTime: timestamp(now),
  lastTransitionTime: timestamp(now),
  reason,
  message,
});

/** Sets a condition. One with the same status and reason is left as it is; the transition time follows the status. */
export function setCondition(status: DeploymentStatus, condition: DeploymentCondition): void {
  const current = findCondition(status.conditions, condition.type);
  if (current?.status === condition.status && current.reason === condition.reason) return;
  const next =
    current?.status === condition.status && current.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: current.lastTransitionTime }
      : condition;
  status.conditions = [...withoutCondition(status.conditions, condition.type), next];
}

const removeCondition = (status: DeploymentStatus, type: string): void => {
  const rest = withoutCondition(status.conditions, type);
  if (rest.length > 0) status.conditions = rest;
  else delete status.conditions;
};

const sum = (sets: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
  sets.reduce((total, replicaSet) => total + (replicaSet.status?.[field] ?? 0), 0);

/** Counts and the Available condition, from the ReplicaSets. */
export function decideStatus(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  sets: readonly ReplicaSet[],
  now: number,
): DeploymentStatus {
  const { replicas, maxUnavailable } = limitsOf(deployment);
  const availableReplicas = sum(sets, 'availableReplicas');
  const terminating = sets.map((replicaSet) => replicaSet.status?.terminatingReplicas);
  const status: DeploymentStatus = {
    ...omitEmpty({
      observedGeneration: deployment.metadata.generation ?? 0,
      replicas: sum(sets, 'replicas'),
      updatedReplicas: current?.status?.replicas ?? 0,
      readyReplicas: sum(sets, 'readyReplicas'),
      availableReplicas,
      unavailableReplicas: Math.max(totalSize(sets) - availableReplicas, 0),
      conditions: [...(deployment.status?.conditions ?? [])],
    }),
    ...(terminating.includes(undefined)
      ? {}
      : { terminatingReplicas: terminating.reduce<number>((total, count) => total + (count ?? 0), 0) }),
    ...(deployment.status?.collisionCount === undefined
      ? {}
      : { collisionCount: deployment.status.collisionCount }),
  };
  setCondition(
    status,
    availableReplicas >= replicas - maxUnavailable
      ? newCondition(
          'Available',
          'True',
          'MinimumReplicasAvailable',
          'Deployment has minimum availability.',
          now,
        )
      : newCondition(
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
          now,
        ),
  );
  return status;
}

export const isComplete = (deployment: Deployment, status: DeploymentStatus): boolean => {
  const { replicas } = limitsOf(deployment);
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
};

/** More updated pods, fewer old ones, or more ready or available ones than last written. */
function isProgressing(deployment: Deployment, next: DeploymentStatus): boolean {
  const before = deployment.status ?? {};
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (next.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(next) < old(before) ||
    (next.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (next.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function isTimedOut(deployment: Deployment, next: DeploymentStatus, now: number): boolean {
  const condition = findCondition(next.conditions, 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  return epoch(condition.lastUpdateTime) + deadline < now;
}

/** Adds to the counts what a rollout says: Progressing (complete, moving, timed out) and ReplicaFailure. */
export function addRolloutConditions(
  status: DeploymentStatus,
  deployment: Deployment,
  current: ReplicaSet | undefined,
  sets: readonly ReplicaSet[],
  now: number,
): void {
  const progress = findCondition(deployment.status?.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment)) removeCondition(status, 'Progressing');
  const wasComplete =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && progress?.reason === 'NewReplicaSetAvailable';
  if (hasProgressDeadline(deployment) && !wasComplete) {
    const subject =
      current === undefined
        ? `Deployment ${JSON.stringify(deployment.metadata.name)}`
        : `ReplicaSet ${JSON.stringify(current.metadata.name)}`;
    const say = (value: 'True' | 'False', reason: string, text: string) =>
      newCondition('Progressing', value, reason, `${subject} ${text}`, now);
    if (isComplete(deployment, status))
      setCondition(status, say('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
    else if (isProgressing(deployment, status)) {
      const next = say('True', 'ReplicaSetUpdated', 'is progressing.');
      if (progress?.status === 'True' && progress.lastTransitionTime !== undefined)
        next.lastTransitionTime = progress.lastTransitionTime;
      removeCondition(status, 'Progressing');
      setCondition(status, next);
    } else if (isTimedOut(deployment, status, now))
      setCondition(status, say('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  }
  const failures = (current === undefined ? sets : [current, ...sets]).flatMap((replicaSet) =>
    (replicaSet.status?.conditions ?? []).filter((condition) => condition.type === 'ReplicaFailure'),
  );
  const [failed] = failures;
  if (failed === undefined) removeCondition(status, 'ReplicaFailure');
  else setCondition(status, { lastUpdateTime: failed.lastTransitionTime ?? timestamp(now), ...failed });
}

/** Milliseconds until the progress deadline must be looked at; undefined when nothing waits for it. */
export function deadlineIn(deployment: Deployment, now: number): number | undefined {
  const condition = findCondition(deployment.status?.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || condition === undefined) return undefined;
  if (isComplete(deployment, deployment.status ?? {}) || condition.reason === 'ProgressDeadlineExceeded')
    return undefined;
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  return Math.max(epoch(condition.lastUpdateTime) + deadline - now, 0) + 1000;
}
