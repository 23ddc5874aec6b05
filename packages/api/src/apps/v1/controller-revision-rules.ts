import { invalid, required } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import type { ControllerRevision } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';

export const controllerRevisionRules: KindRules<ControllerRevision> = {
  validate({ data, revision }, _context, old) {
    const errors: Errors = [];
    nonNegative(revision, 'revision', errors);
    if (old !== undefined) return errors;
    if (data === undefined || data === null) errors.push(required('data', 'data is mandatory'));
    else if (!isObject(data)) errors.push(required('data', 'data must be a valid JSON object'));
    return errors;
  },
  validateUpdate: ({ data }, { data: old }) =>
    semanticEqual(data, old) ? [] : [invalid('data', data ?? null, 'field is immutable')],
};
