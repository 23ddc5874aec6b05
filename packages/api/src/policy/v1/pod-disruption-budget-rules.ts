import { invalid, notSupported } from '@gantry/machinery/field-error';
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import {
  type Errors,
  intOrPercent,
  nonNegative,
  notAbove100Percent,
  validateLabelSelector,
} from '../../validation/common.ts';
import { validateConditions } from '../../validation/conditions.ts';
import { goValue } from '../../validation/go-value.ts';

const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

const inGo = (spec: PodDisruptionBudgetSpec): object =>
  goValue(spec, {
    minAvailable: 'MinAvailable',
    selector: 'Selector',
    maxUnavailable: 'MaxUnavailable',
    unhealthyPodEvictionPolicy: 'UnhealthyPodEvictionPolicy',
  });

export const podDisruptionBudgetRules: KindRules<PodDisruptionBudget> = {
  validate(budget) {
    const errors: Errors = [];
    const { spec } = budget;
    if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
      errors.push(invalid('spec', inGo(spec), 'minAvailable and maxUnavailable cannot be both set'));
    for (const field of ['minAvailable', 'maxUnavailable'] as const) {
      intOrPercent(spec[field], `spec.${field}`, errors);
      notAbove100Percent(spec[field], `spec.${field}`, errors);
    }
    validateLabelSelector(spec.selector, 'spec.selector', errors);
    const policy = spec.unhealthyPodEvictionPolicy;
    if (policy !== undefined && !POLICIES.includes(policy))
      errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, POLICIES));
    return errors;
  },
  validateStatusUpdate({ status }) {
    const errors: Errors = [];
    validateConditions(status?.conditions, 'status.conditions', errors);
    for (const field of ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const)
      nonNegative(status?.[field], `status.${field}`, errors);
    return errors;
  },
};
