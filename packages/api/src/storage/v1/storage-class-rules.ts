import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isQualifiedName } from '@gantry/machinery/validation';
import { DEPRECATED_LABELS } from '../../core/v1/pod-warnings.ts';
import type { StorageClass, TopologySelectorTerm } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateParameters, validateProvisioner } from './driver-name.ts';

const MODES = ['Immediate', 'WaitForFirstConsumer'];
const POLICIES = ['Delete', 'Retain'];

export const storageClassRules: KindRules<StorageClass> = {
  warnings: ({ allowedTopologies = [] }) =>
    allowedTopologies.flatMap(({ matchLabelExpressions = [] }, index) =>
      matchLabelExpressions.flatMap(({ key }, number) => {
        const advice = DEPRECATED_LABELS[key];
        const path = `allowedTopologies[${index}].matchLabelExpressions[${number}].key`;
        return advice === undefined ? [] : [`${path}: ${advice}`];
      }),
    ),
  validate(storageClass) {
    const errors: Errors = [];
    validateProvisioner(storageClass.provisioner ?? '', 'provisioner', errors);
    validateParameters(storageClass.parameters, true, errors);
    const { reclaimPolicy, volumeBindingMode } = storageClass;
    if (reclaimPolicy && !POLICIES.includes(reclaimPolicy))
      errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES));
    if (volumeBindingMode !== undefined && !MODES.includes(volumeBindingMode))
      errors.push(notSupported('volumeBindingMode', volumeBindingMode, MODES));
    validateTopologies(storageClass.allowedTopologies ?? [], errors);
    return errors;
  },
  validateUpdate(storageClass, old) {
    const errors: Errors = [];
    for (const field of ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const)
      if (!deepEqual(storageClass[field], old[field]))
        errors.push(invalid(field, storageClass[field] ?? null, 'field is immutable'));
    return errors;
  },
};

function validateTopologies(terms: readonly TopologySelectorTerm[], errors: Errors): void {
  // One empty term for each real one: the original's list of those seen begins with them.
  const seen: string[] = terms.map(() => '[]');
  for (const [index, term] of terms.entries()) {
    const path = `allowedTopologies[${index}].matchLabelExpressions`;
    const values = new Map<string, Set<string>>();
    for (const [number, { key, values: list = [] }] of (term.matchLabelExpressions ?? []).entries()) {
      const at = `${path}[${number}]`;
      if (list.length === 0) errors.push(required(`${at}.values`));
      const unique = new Set<string>();
      for (const [position, value] of list.entries()) {
        if (unique.has(value)) errors.push(duplicate(`${at}.values[${position}]`, value));
        unique.add(value);
      }
      check(isQualifiedName(key), `${at}.key`, key, errors);
      if (values.has(key)) errors.push(duplicate(`${at}.key`, key));
      values.set(key, unique);
    }
    const text = JSON.stringify([...values].map(([key, set]) => [key, [...set].sort()]).sort());
    for (const other of seen) if (other === text) errors.push(duplicate(path, ''));
    seen.push(text);
  }
}
