import { type FieldError, invalid } from '@gantry/machinery/field-error';
import { type Errors, nonNegative } from '../../validation/common.ts';

interface Counts {
  replicas?: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  observedGeneration?: number;
}

/** No count of a status may be negative, or above the number of replicas. */
export function validateReplicaStatus(status: Counts | undefined): FieldError[] {
  const errors: Errors = [];
  if (status === undefined) return errors;
  const total = status.replicas ?? 0;
  for (const name of [
    'replicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
    'observedGeneration',
  ] as const)
    nonNegative(status[name], `status.${name}`, errors);
  for (const name of ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const) {
    const count = status[name] ?? 0;
    if (count > total)
      errors.push(invalid(`status.${name}`, count, 'cannot be greater than status.replicas'));
  }
  const available = status.availableReplicas ?? 0;
  if (available > (status.readyReplicas ?? 0))
    errors.push(invalid('status.availableReplicas', available, 'cannot be greater than readyReplicas'));
  return errors;
}
