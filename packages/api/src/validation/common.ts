import { isIP } from 'node:net';
import { type FieldError, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import {
  isLabelValue,
  isPortName,
  isPortNumber,
  isQualifiedName,
  rangeMessage,
} from '@gantry/machinery/validation';
import type { LabelSelector } from '../generated/types.ts';
import { validateLabels } from '../meta/v1/validate-metadata.ts';

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

/** A required value out of a closed set. */
export function oneOf(
  value: string | undefined,
  allowed: readonly string[],
  path: string,
  errors: Errors,
): void {
  if (!value) errors.push(required(path));
  else if (!allowed.includes(value)) errors.push(notSupported(path, value, allowed));
}

export function portNumberOrName(port: string | number | undefined, path: string, errors: Errors): void {
  const value = port ?? 0;
  check(typeof value === 'number' ? isPortNumber(value) : isPortName(value), path, value, errors);
}

export function validIP(value: string, path: string, errors: Errors): void {
  if (isIP(value) === 0)
    errors.push(invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'));
}

export function validCIDR(value: string, path: string, errors: Errors): void {
  const [address = '', bits = '', ...rest] = value.split('/');
  const family = isIP(address);
  const length = Number(bits);
  if (rest.length > 0 || family === 0 || !/^\d{1,3}$/.test(bits) || length > (family === 4 ? 32 : 128))
    errors.push(invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'));
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
  if (selector === undefined) return;
  errors.push(...validateLabels(selector.matchLabels, `${path}.matchLabels`));
  for (const [index, term] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    const values = term.values ?? [];
    if (term.operator === 'In' || term.operator === 'NotIn') {
      if (values.length === 0)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (term.operator === 'Exists' || term.operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(
          forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
    } else errors.push(invalid(`${at}.operator`, term.operator, 'not a valid selector operator'));
    check(isQualifiedName(term.key ?? ''), `${at}.key`, term.key ?? '', errors);
    for (const [at2, value] of values.entries())
      check(isLabelValue(value), `${at}.values[${at2}]`, value, errors);
  }
}

export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  return (
    Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0
  );
}

/** An empty selector matches everything. */
export function selectorMatches(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  const has = labels ?? {};
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (has[key] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = has[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

/** A non-negative number or a percentage. */
export function intOrPercent(value: string | number | undefined, path: string, errors: Errors): void {
  if (typeof value === 'number') nonNegative(value, path, errors);
  else if (value !== undefined && !/^[0-9]+%$/.test(value))
    errors.push(invalid(path, value, "must be an integer or percentage (e.g '5%%')"));
}

/** Percentages above 100 make no sense for a share of what there is. */
export function notAbove100Percent(value: string | number | undefined, path: string, errors: Errors): void {
  if (typeof value === 'string' && /^[0-9]+%$/.test(value) && Number.parseInt(value, 10) > 100)
    errors.push(invalid(path, value, 'must not be greater than 100%'));
}
