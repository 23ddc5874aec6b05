import { type FieldError, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { validateLegacyCidr, validateLegacyIp } from '@gantry/machinery/ip';
import { validateLabelSelector as selectorErrors } from '@gantry/machinery/label-selector';
import { isPortName, isPortNumber, rangeMessage } from '@gantry/machinery/validation';
import type { LabelSelector } from '../generated/types.ts';

export type Errors = FieldError[];

/** One error for each message of a format. */
export function check(messages: readonly string[], path: string, value: unknown, errors: Errors): void {
  for (const text of messages) errors.push(invalid(path, value, text));
}

export function nonNegative(value: number | undefined, path: string, errors: Errors): void {
  if (value !== undefined && value < 0)
    errors.push(invalid(path, value, 'must be greater than or equal to 0'));
}

export function inRange(
  value: number | undefined,
  low: number,
  high: number,
  path: string,
  errors: Errors,
): void {
  if (value !== undefined && (value < low || value > high))
    errors.push(invalid(path, value, rangeMessage(low, high)));
}

/** A required value out of a closed set; `refusal` lists the set sorted, or as it stands (notSupportedInOrder). */
export function oneOf(
  value: string | undefined,
  allowed: readonly string[],
  path: string,
  errors: Errors,
  refusal: typeof notSupported = notSupported,
): void {
  if (!value) errors.push(required(path));
  else if (!allowed.includes(value)) errors.push(refusal(path, value, allowed));
}

export function portNumberOrName(port: string | number | undefined, path: string, errors: Errors): void {
  const value = port ?? 0;
  check(typeof value === 'number' ? isPortNumber(value) : isPortName(value), path, value, errors);
}

/** New values must be strictly well formed: no leading zeros, no mapped addresses. */
export function validIP(value: string, path: string, errors: Errors): void {
  errors.push(...validateLegacyIp(value, path, true));
}

export function validCIDR(value: string, path: string, errors: Errors): void {
  errors.push(...validateLegacyCidr(value, path, true));
}

/** Neither absolute nor climbing: what may be mounted inside a volume. */
export function relativePath(value: string, path: string, errors: Errors): void {
  if (value.startsWith('/')) errors.push(invalid(path, value, 'must be a relative path'));
  noBacksteps(value, path, errors);
}

export function noBacksteps(value: string, path: string, errors: Errors): void {
  if (value.split('/').includes('..')) errors.push(invalid(path, value, "must not contain '..'"));
}

export function validateLabelSelector(
  selector: LabelSelector | undefined,
  path: string,
  errors: Errors,
): void {
  if (selector !== undefined) errors.push(...selectorErrors(selector, path));
}

export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  return (
    Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0
  );
}

/** Whether a selector can be evaluated at all; the labels of objects are only compared with one that can. */
export const isUsableSelector = (selector: LabelSelector): boolean =>
  selectorErrors(selector, '').length === 0;

const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** A non-negative number or a percentage. */
export function intOrPercent(value: string | number | undefined, path: string, errors: Errors): void {
  if (typeof value === 'number') nonNegative(value, path, errors);
  else if (value !== undefined && !/^[0-9]+%$/.test(value)) errors.push(invalid(path, value, PERCENT));
}

/** Percentages above 100 make no sense for a share of what there is. */
export function notAbove100Percent(value: string | number | undefined, path: string, errors: Errors): void {
  if (typeof value === 'string' && /^[0-9]+%$/.test(value) && Number.parseInt(value, 10) > 100)
    errors.push(invalid(path, value, 'must not be greater than 100%'));
}
