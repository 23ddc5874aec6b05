import { type FieldError, invalid } from '@gantry/machinery/field-error';
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../generated/types.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';

type Counts = Readonly<Record<string, unknown>>;

const count = (status: Counts, field: string): number | undefined => {
  const value = status[field];
  return typeof value === 'number' ? value : undefined;
};

function nonNegatives(status: Counts, fields: readonly string[], errors: Errors): void {
  for (const field of fields) nonNegative(count(status, field), `status.${field}`, errors);
}

/** No count of a status is above the number of replicas, and no more are available than are ready. */
function withinReplicas(status: Counts, fields: readonly string[], ready: string, errors: Errors): void {
  const total = count(status, 'replicas') ?? 0;
  for (const field of fields) {
    const value = count(status, field) ?? 0;
    if (value > total)
      errors.push(invalid(`status.${field}`, value, 'cannot be greater than status.replicas'));
  }
  const available = count(status, 'availableReplicas') ?? 0;
  if (available > (count(status, 'readyReplicas') ?? 0))
    errors.push(invalid('status.availableReplicas', available, `cannot be greater than ${ready}`));
}

/** The number that a controller counts up to find free names never goes back. */
function collisionsOnlyGrow(now: number | undefined, was: number | undefined, errors: Errors): void {
  if (was !== undefined && (now ?? -1) < was)
    errors.push(invalid('status.collisionCount', now ?? 0, 'cannot be decremented'));
}

const statusOf = (object: { readonly status?: object }): Counts => ({ ...object.status });

const REPLICAS = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;

/** Of a ReplicaSet or ReplicationController. */
export function validateReplicaStatus(object: Pick<ReplicaSet, 'status'>): FieldError[] {
  const errors: Errors = [];
  const status = statusOf(object);
  nonNegatives(status, [...REPLICAS, 'observedGeneration', 'terminatingReplicas'], errors);
  withinReplicas(status, REPLICAS.slice(1), 'readyReplicas', errors);
  return errors;
}

export function validateDeploymentStatus(deployment: Deployment, old: Deployment): FieldError[] {
  const errors: Errors = [];
  const status = statusOf(deployment);
  nonNegatives(
    status,
    [
      'observedGeneration',
      'replicas',
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'unavailableReplicas',
      'terminatingReplicas',
      'collisionCount',
    ],
    errors,
  );
  withinReplicas(status, ['updatedReplicas', 'readyReplicas', 'availableReplicas'], 'readyReplicas', errors);
  collisionsOnlyGrow(deployment.status?.collisionCount, old.status?.collisionCount, errors);
  return errors;
}

export function validateStatefulSetStatus(set: StatefulSet, old: StatefulSet): FieldError[] {
  const errors: Errors = [];
  const status = statusOf(set);
  const counts = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'];
  nonNegatives(status, ['replicas', ...counts, 'observedGeneration', 'collisionCount'], errors);
  withinReplicas(status, counts, 'status.readyReplicas', errors);
  collisionsOnlyGrow(set.status?.collisionCount, old.status?.collisionCount, errors);
  return errors;
}

export function validateDaemonSetStatus(set: DaemonSet, old: DaemonSet): FieldError[] {
  const errors: Errors = [];
  nonNegatives(
    statusOf(set),
    [
      'currentNumberScheduled',
      'numberMisscheduled',
      'desiredNumberScheduled',
      'numberReady',
      'observedGeneration',
      'updatedNumberScheduled',
      'numberAvailable',
      'numberUnavailable',
      'collisionCount',
    ],
    errors,
  );
  collisionsOnlyGrow(set.status?.collisionCount, old.status?.collisionCount, errors);
  return errors;
}
