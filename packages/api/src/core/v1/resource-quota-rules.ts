import { invalid, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import type { ResourceQuota, ResourceQuotaSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';
import {
  isStandardQuotaResource,
  validateQuotaResourceName,
  validateResourceAmount,
} from '../../validation/resource-names.ts';

const POD_COUNT = ['pods'];
const POD_COMPUTE = [
  ...POD_COUNT,
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
];
/** Standard resources that a quota with the scope may limit. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  BestEffort: POD_COUNT,
  CrossNamespacePodAffinity: POD_COMPUTE,
  NotBestEffort: POD_COMPUTE,
  NotTerminating: POD_COMPUTE,
  PriorityClass: POD_COMPUTE,
  Terminating: POD_COMPUTE,
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};
const ONLY_EXISTS = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
];
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

export const resourceQuotaRules: KindRules<ResourceQuota> = {
  validate({ spec }) {
    const errors: Errors = [];
    for (const [name, amount] of Object.entries(spec.hard ?? {})) {
      const at = `spec.hard[${name}]`;
      validateQuotaResourceName(name, at, errors);
      validateResourceAmount(name, amount, at, errors);
    }
    validateScopes(spec, errors);
    validateSelector(spec, errors);
    return errors;
  },
  validateUpdate(quota, old) {
    return deepEqual(quota.spec.scopes, old.spec.scopes)
      ? []
      : [invalid('spec.scopes', quota.spec.scopes ?? null, 'field is immutable')];
  },
  validateStatusUpdate({ status }) {
    const errors: Errors = [];
    for (const field of ['hard', 'used'] as const)
      for (const [name, amount] of Object.entries(status?.[field] ?? {})) {
        const at = `status.${field}[${name}]`;
        validateQuotaResourceName(name, at, errors);
        validateResourceAmount(name, amount, at, errors);
      }
    return errors;
  },
};

/** Resources of the quota that the scope says nothing about, in the order of their names. */
const outside = (scope: string, spec: ResourceQuotaSpec): number =>
  Object.hasOwn(RESOURCES, scope)
    ? Object.keys(spec.hard ?? {}).filter(
        (name) => isStandardQuotaResource(name) && !RESOURCES[scope]?.includes(name),
      ).length
    : 0;

function validateScopes(spec: ResourceQuotaSpec, errors: Errors): void {
  const scopes = spec.scopes ?? [];
  const bad = (detail: string): void => {
    errors.push(invalid('spec.scopes', scopes, detail));
  };
  for (const scope of scopes) {
    if (!Object.hasOwn(RESOURCES, scope)) bad('unsupported scope');
    for (let count = outside(scope, spec); count > 0; count--) bad('unsupported scope applied to resource');
  }
  for (const [one, other] of OPPOSITES)
    if (scopes.includes(one) && scopes.includes(other)) bad('conflicting scopes');
}

function validateSelector(spec: ResourceQuotaSpec, errors: Errors): void {
  const path = 'spec.scopeSelector.matchExpressions';
  const terms = spec.scopeSelector?.matchExpressions ?? [];
  // The original prints its internal type, whose fields have no names of JSON.
  const shown = {
    MatchExpressions: terms.map((term) => ({
      ScopeName: term.scopeName,
      Operator: term.operator,
      Values: term.values ?? null,
    })),
  };
  for (const { scopeName, operator, values = [] } of terms) {
    if (!Object.hasOwn(RESOURCES, scopeName))
      errors.push(invalid(`${path}.scopeName`, scopeName, 'unsupported scope'));
    for (let count = outside(scopeName, spec); count > 0; count--)
      errors.push(invalid(path, shown, 'unsupported scope applied to resource'));
    if (ONLY_EXISTS.includes(scopeName) && operator !== 'Exists')
      errors.push(
        invalid(
          `${path}.operator`,
          operator,
          "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
        ),
      );
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.push(
          required(
            `${path}.values`,
            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
          ),
        );
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(
          invalid(
            `${path}.values`,
            values,
            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
          ),
        );
    } else errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  }
  const names = terms.map(({ scopeName }) => scopeName);
  for (const [one, other] of OPPOSITES)
    if (names.includes(one) && names.includes(other))
      errors.push(invalid(path, spec.scopes ?? null, 'conflicting scopes'));
}
