import { invalid } from '@gantry/machinery/field-error';
import type { Lease } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';

export const leaseRules: KindRules<Lease> = {
  prepareForCreate({ spec }) {
    // Of coordinated leader election, which is beta and off by default.
    delete spec.strategy;
    delete spec.preferredHolder;
  },
  prepareForUpdate({ spec }, { spec: old }) {
    for (const field of ['strategy', 'preferredHolder'] as const)
      if (old[field] === undefined) delete spec[field];
  },
  validate(lease) {
    const errors: Errors = [];
    const seconds = lease.spec.leaseDurationSeconds;
    if (seconds !== undefined && seconds <= 0)
      errors.push(invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0'));
    nonNegative(lease.spec.leaseTransitions, 'spec.leaseTransitions', errors);
    return errors;
  },
};
