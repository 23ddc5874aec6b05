import { invalid } from '@gantry/machinery/field-error';
import type { Lease } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';

export const leaseRules: KindRules<Lease> = {
  validate(lease) {
    const errors: Errors = [];
    const seconds = lease.spec.leaseDurationSeconds;
    if (seconds !== undefined && seconds <= 0)
      errors.push(invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0'));
    nonNegative(lease.spec.leaseTransitions, 'spec.leaseTransitions', errors);
    return errors;
  },
};
