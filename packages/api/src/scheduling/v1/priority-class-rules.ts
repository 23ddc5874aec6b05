import { forbidden, invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import type { PriorityClass } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';

const POLICIES = ['PreemptLowerPriority', 'Never'];
const HIGHEST_OF_USERS = 1_000_000_000;
/** The classes that the system itself has. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

export const priorityClassRules: KindRules<PriorityClass> = {
  defaults(priorityClass) {
    priorityClass.value ??= 0;
  },
  validate(priorityClass, _context, old) {
    const errors: Errors = [];
    if (old !== undefined) return errors;
    const { name = '' } = priorityClass.metadata;
    const value = priorityClass.value ?? 0;
    if (name.startsWith('system-')) {
      if (SYSTEM[name] !== value)
        errors.push(
          forbidden(
            'metadata.name',
            `priority class names with 'system-' prefix are reserved for system use only. error: ${
              SYSTEM[name] === undefined
                ? `${name} is not a known system priority class`
                : `value of ${name} PriorityClass must be ${SYSTEM[name]}`
            }`,
          ),
        );
    } else if (value > HIGHEST_OF_USERS)
      errors.push(
        forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_OF_USERS}`),
      );
    const policy = priorityClass.preemptionPolicy;
    if (policy === '') errors.push(required('preemptionPolicy'));
    else if (policy !== undefined && !POLICIES.includes(policy))
      errors.push(notSupportedInOrder('preemptionPolicy', policy, POLICIES));
    return errors;
  },
  validateUpdate(priorityClass, old) {
    const errors: Errors = [];
    if (priorityClass.value !== old.value)
      errors.push(forbidden('value', 'may not be changed in an update.'));
    if (priorityClass.preemptionPolicy !== old.preemptionPolicy)
      errors.push(invalid('preemptionPolicy', priorityClass.preemptionPolicy ?? null, 'field is immutable'));
    return errors;
  },
};
