import { invalid } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
import type { DeviceClass } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';
import { validateList } from './device-names.ts';
import { validateConfiguration, validateSelectors } from './device-rules.ts';

const MAX_CONFIGS = 32;

/** Resources of a vendor: with a domain that is not the project's, and a name that fits a quota. */
const isExtended = (name: string): boolean =>
  name.includes('/') &&
  !name.includes('kubernetes.io/') &&
  !name.startsWith('requests.') &&
  isQualifiedName(`requests.${name}`).length === 0;

export const deviceClassRules: KindRules<DeviceClass> = {
  validate({ spec }) {
    const errors: Errors = [];
    validateSelectors(spec.selectors, 'spec.selectors', errors);
    validateList(spec.config, MAX_CONFIGS, 'spec.config', errors, validateConfiguration);
    const extended = spec.extendedResourceName;
    if (extended !== undefined && !isExtended(extended))
      errors.push(invalid('spec.extendedResourceName', extended, 'must be a valid extended resource name'));
    return errors;
  },
};
