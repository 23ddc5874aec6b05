import { invalid, notSupported, notSupportedInOrder, required, tooLong } from '@gantry/machinery/field-error';
import { isLabelValue } from '@gantry/machinery/validation';
import type {
  DeviceSelector,
  DeviceTaint,
  DeviceToleration,
  OpaqueDeviceConfiguration,
} from '../../generated/types.ts';
import { validateDriverName } from '../../storage/v1/driver-name.ts';
import { check, type Errors } from '../../validation/common.ts';
import { deviceExpressionFault } from './device-expression.ts';
import { validateList, validateQualified, validateSet } from './device-names.ts';

const MAX_SELECTORS = 32;
const MAX_EXPRESSION_BYTES = 10 * 1024;
const MAX_PARAMETER_BYTES = 10 * 1024;
const MAX_TOLERATIONS = 16;
const MAX_CONDITIONS = 4;
const EFFECTS = ['NoExecute', 'NoSchedule', 'None'];
const OPERATORS = ['Equal', 'Exists'];

export function validateSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: string,
  errors: Errors,
): void {
  validateList(selectors, MAX_SELECTORS, path, errors, ({ cel }, at) => {
    if (cel === undefined) errors.push(required(`${at}.cel`));
    else if (Buffer.byteLength(cel.expression) > MAX_EXPRESSION_BYTES)
      errors.push(tooLong(`${at}.cel.expression`, MAX_EXPRESSION_BYTES));
    else {
      const fault = deviceExpressionFault(cel.expression);
      if (fault !== undefined) errors.push(invalid(`${at}.cel.expression`, cel.expression, fault));
    }
  });
}

export function validateTolerations(
  tolerations: readonly DeviceToleration[] | undefined,
  path: string,
  errors: Errors,
): void {
  validateList(tolerations, MAX_TOLERATIONS, path, errors, (toleration, at) => {
    const { key, operator = '', value = '', effect } = toleration;
    if (key) validateQualified(key, `${at}.key`, errors);
    if (operator === '') errors.push(required(`${at}.operator`));
    else if (operator === 'Exists') {
      if (value !== '') errors.push(invalid(`${at}.value`, value, 'must be empty for operator `Exists`'));
    } else if (operator === 'Equal') check(isLabelValue(value), `${at}.value`, value, errors);
    else errors.push(notSupported(`${at}.operator`, operator, OPERATORS));
    if (effect && !EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, EFFECTS));
  });
}

export function validateTaint({ key, value, effect }: DeviceTaint, path: string, errors: Errors): void {
  validateQualified(key, `${path}.key`, errors);
  if (value) check(isLabelValue(value), `${path}.value`, value, errors);
  if (!effect) errors.push(required(`${path}.effect`));
  else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
}

/** Settings that only a driver understands. */
export function validateConfiguration(
  { opaque }: { readonly opaque?: OpaqueDeviceConfiguration },
  path: string,
  errors: Errors,
): void {
  if (opaque === undefined) {
    errors.push(required(`${path}.opaque`));
    return;
  }
  validateDriverName(opaque.driver, `${path}.opaque.driver`, errors);
  validateRaw(opaque.parameters, MAX_PARAMETER_BYTES, `${path}.opaque.parameters`, errors);
}

/** A JSON object of limited size. */
export function validateRaw(value: unknown, maxBytes: number, path: string, errors: Errors): void {
  if (value === undefined || value === null) errors.push(required(path));
  else if (Buffer.byteLength(JSON.stringify(value)) > maxBytes) errors.push(tooLong(path, maxBytes));
  else if (typeof value !== 'object' || Array.isArray(value))
    errors.push(invalid(path, '<value omitted>', 'must be a valid JSON object'));
}

/** How many devices a request is for. */
export function validateAllocationMode(
  { allocationMode = '', count = 0 }: { readonly allocationMode?: string; readonly count?: number },
  path: string,
  errors: Errors,
): void {
  if (allocationMode === 'All') {
    if (count !== 0)
      errors.push(invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'"));
  } else if (allocationMode === 'ExactCount') {
    if (count <= 0) errors.push(invalid(`${path}.count`, count, 'must be greater than zero'));
  } else errors.push(notSupportedInOrder(`${path}.allocationMode`, allocationMode, ['All', 'ExactCount']));
}

/** Conditions that say whether a device is ready to be bound, and those that say it will not be. */
export function validateBindingConditions(
  {
    bindingConditions: ready = [],
    bindingFailureConditions: failed = [],
  }: { readonly bindingConditions?: string[]; readonly bindingFailureConditions?: string[] },
  path: string,
  errors: Errors,
): void {
  const [atReady, atFailed] = [`${path}.bindingConditions`, `${path}.bindingFailureConditions`];
  const keyOf = (condition: string): string => condition;
  validateSet(ready, MAX_CONDITIONS, atReady, errors, (one, at) => validateQualified(one, at, errors), keyOf);
  validateSet(
    failed,
    MAX_CONDITIONS,
    atFailed,
    errors,
    (one, at) => validateQualified(one, at, errors),
    keyOf,
  );
  for (const [index, condition] of failed.entries())
    if (ready.includes(condition))
      errors.push(
        invalid(
          `${atFailed}[${index}]`,
          condition,
          'bindingFailureConditions must not overlap with bindingConditions',
        ),
      );
  if (ready.length === 0 && failed.length > 0)
    errors.push(invalid(atReady, null, 'bindingConditions are required to use bindingFailureConditions'));
  if (failed.length === 0 && ready.length > 0)
    errors.push(invalid(atFailed, null, 'bindingFailureConditions are required to use bindingConditions'));
}
