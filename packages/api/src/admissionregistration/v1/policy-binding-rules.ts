import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { nameIsDNSSubdomain } from '@gantry/machinery/validation';
import type {
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicyBinding,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateMatchResources, validateParamRef } from './match-rules.ts';

type Binding = ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding;

const ACTIONS = ['Audit', 'Deny', 'Warn'];

export const mutatingAdmissionPolicyBindingRules: KindRules<MutatingAdmissionPolicyBinding> = {
  validate: (binding) => bindingErrors(binding),
};

export const validatingAdmissionPolicyBindingRules: KindRules<ValidatingAdmissionPolicyBinding> = {
  validate(binding) {
    const errors = bindingErrors(binding);
    const path = 'spec.validationActions';
    const actions = binding.spec.validationActions ?? [];
    const seen = new Set<string>();
    for (const [index, action] of actions.entries()) {
      if (!ACTIONS.includes(action)) errors.push(notSupported(`${path}[${index}]`, action, ACTIONS));
      if (seen.has(action)) errors.push(duplicate(`${path}[${index}]`, action));
      seen.add(action);
    }
    if (seen.has('Deny') && seen.has('Warn'))
      errors.push(
        invalid(
          path,
          actions,
          'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
        ),
      );
    if (actions.length === 0) errors.push(required(path, 'at least one validation action is required'));
    return errors;
  },
};

function bindingErrors({ spec }: Binding): Errors {
  const errors: Errors = [];
  const name = spec.policyName ?? '';
  if (name === '') errors.push(required('spec.policyName'));
  else check(nameIsDNSSubdomain(name, false), 'spec.policyName', name, errors);
  validateParamRef(spec.paramRef, 'spec.paramRef', errors);
  validateMatchResources(spec.matchResources, 'spec.matchResources', errors);
  return errors;
}
