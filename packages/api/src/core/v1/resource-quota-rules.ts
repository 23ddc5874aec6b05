import { invalid, notSupported } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isQualifiedName } from '@gantry/machinery/validation';
import type { ResourceQuota } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { check, type Errors } from '../../validation/common.ts';

const SCOPES = [
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
  'VolumeAttributesClass',
];

export const resourceQuotaRules: KindRules<ResourceQuota> = {
  validate(quota) {
    const errors: Errors = [];
    for (const [name, amount] of Object.entries(quota.spec.hard ?? {})) {
      const at = `spec.hard[${name}]`;
      check(isQualifiedName(name), at, name, errors);
      if (quantityNano(amount) < 0n) errors.push(invalid(at, amount, 'must be greater than or equal to 0'));
    }
    for (const scope of quota.spec.scopes ?? [])
      if (!SCOPES.includes(scope))
        errors.push(invalid('spec.scopes', quota.spec.scopes, 'unsupported scope'));
    for (const [index, term] of (quota.spec.scopeSelector?.matchExpressions ?? []).entries())
      if (!['DoesNotExist', 'Exists', 'In', 'NotIn'].includes(term.operator))
        errors.push(
          notSupported(`spec.scopeSelector.matchExpressions[${index}].operator`, term.operator, [
            'DoesNotExist',
            'Exists',
            'In',
            'NotIn',
          ]),
        );
    return errors;
  },
  validateUpdate(quota, old) {
    return deepEqual(quota.spec.scopes, old.spec.scopes)
      ? []
      : [invalid('spec.scopes', quota.spec.scopes ?? null, 'field is immutable')];
  },
};
