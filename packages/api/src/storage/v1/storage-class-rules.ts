import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import type { StorageClass } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';

const MODES = ['Immediate', 'WaitForFirstConsumer'];
const POLICIES = ['Delete', 'Retain'];

export const storageClassRules: KindRules<StorageClass> = {
  validate(storageClass) {
    const errors: Errors = [];
    if (!storageClass.provisioner) errors.push(required('provisioner'));
    const { reclaimPolicy, volumeBindingMode } = storageClass;
    if (reclaimPolicy !== undefined && !POLICIES.includes(reclaimPolicy))
      errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES));
    if (volumeBindingMode !== undefined && !MODES.includes(volumeBindingMode))
      errors.push(notSupported('volumeBindingMode', volumeBindingMode, MODES));
    return errors;
  },
  validateUpdate(storageClass, old) {
    const errors: Errors = [];
    for (const field of ['parameters', 'provisioner'] as const)
      if (!deepEqual(storageClass[field], old[field]))
        errors.push(forbidden(field, `updates to ${field} are forbidden.`));
    for (const field of ['reclaimPolicy', 'volumeBindingMode'] as const)
      if (storageClass[field] !== old[field])
        errors.push(invalid(field, storageClass[field] ?? null, 'field is immutable'));
    return errors;
  },
};
