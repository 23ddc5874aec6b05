import { duplicate, forbidden, invalid, required } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
import type { LimitRange, LimitRangeItem } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { check, type Errors } from '../../validation/common.ts';
import {
  allowsOvercommit,
  validateContainerResourceName,
  validateResourceName,
} from '../../validation/resource-names.ts';

const TYPES = ['Container', 'PersistentVolumeClaim', 'Pod'];

export const limitRangeRules: KindRules<LimitRange> = {
  defaults(range) {
    for (const item of range.spec.limits ?? []) {
      if (item.type !== 'Container') continue;
      item.default = { ...item.max, ...item.default };
      item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest };
      if (Object.keys(item.default).length === 0) delete item.default;
      if (Object.keys(item.defaultRequest).length === 0) delete item.defaultRequest;
    }
  },
  validate(range) {
    const errors: Errors = [];
    const types = new Set<string>();
    for (const [index, item] of (range.spec.limits ?? []).entries()) {
      const at = `spec.limits[${index}]`;
      const reasons = isQualifiedName(item.type);
      check(reasons, `${at}.type`, item.type, errors);
      if (reasons.length === 0 && !item.type.includes('/') && !TYPES.includes(item.type))
        errors.push(invalid(`${at}.type`, item.type, 'must be a standard limit type or fully qualified'));
      if (types.has(item.type)) errors.push(duplicate(`${at}.type`, item.type));
      types.add(item.type);
      validateNames(item, at, errors);
      validateAmounts(item, at, errors);
    }
    return errors;
  },
};

function validateNames(item: LimitRangeItem, path: string, errors: Errors): void {
  const rule =
    item.type === 'Pod' || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  for (const field of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const) {
    if (item.type === 'Pod' && (field === 'default' || field === 'defaultRequest')) {
      if (Object.keys(item[field] ?? {}).length > 0)
        errors.push(forbidden(`${path}.${field}`, "may not be specified when `type` is 'Pod'"));
      continue;
    }
    if (field === 'maxLimitRequestRatio') requireStorage(item, path, errors);
    for (const name of Object.keys(item[field] ?? {})) rule(name, `${path}.${field}[${name}]`, errors);
  }
}

function requireStorage(item: LimitRangeItem, path: string, errors: Errors): void {
  if (item.type === 'PersistentVolumeClaim' && !item.min?.storage && !item.max?.storage)
    errors.push(
      required(
        `${path}.limits`,
        'either minimum or maximum storage value is required, but neither was provided',
      ),
    );
}

/** Pairs of bounds of which the first may not be above the second: where it is said, of which value, and the words. */
const ORDERED = [
  ['min', 'max', 'min', 'min', 'min value', 'max value'],
  ['min', 'defaultRequest', 'defaultRequest', 'defaultRequest', 'min value', 'default request value'],
  ['defaultRequest', 'max', 'defaultRequest', 'defaultRequest', 'default request value', 'max value'],
  [
    'defaultRequest',
    'default',
    'defaultRequest',
    'defaultRequest',
    'default request value',
    'default limit value',
  ],
  ['min', 'default', 'default', 'min', 'min value', 'default value'],
  ['default', 'max', 'default', 'max', 'default value', 'max value'],
] as const;

function validateAmounts(item: LimitRangeItem, path: string, errors: Errors): void {
  for (const [low, high, field, shown, lowText, highText] of ORDERED)
    for (const [name, amount] of Object.entries(item[low] ?? {})) {
      const bound = item[high]?.[name];
      if (bound !== undefined && quantityNano(amount) > quantityNano(bound))
        errors.push(
          invalid(
            `${path}.${field}[${name}]`,
            item[shown]?.[name] ?? amount,
            `${lowText} ${amount} is greater than ${highText} ${bound}`,
          ),
        );
    }
  for (const [name, ratio] of Object.entries(item.maxLimitRequestRatio ?? {}))
    validateRatio(item, name, ratio, `${path}.maxLimitRequestRatio[${name}]`, errors);
  for (const [name, request] of Object.entries(item.defaultRequest ?? {})) {
    const limit = item.default?.[name];
    if (limit !== undefined && !allowsOvercommit(name) && quantityNano(limit) !== quantityNano(request))
      errors.push(
        invalid(
          `${path}.defaultRequest[${name}]`,
          request,
          `default value ${limit} must equal to defaultRequest value ${request} in ${name}`,
        ),
      );
  }
}

function validateRatio(
  item: LimitRangeItem,
  name: string,
  ratio: string,
  path: string,
  errors: Errors,
): void {
  const nano = quantityNano(ratio);
  if (nano < 1_000_000_000n) errors.push(invalid(path, ratio, `ratio ${ratio} is less than 1`));
  const [min, max] = [item.min?.[name], item.max?.[name]];
  if (min === undefined || max === undefined) return;
  const bound = Number(quantityNano(max)) / Number(quantityNano(min));
  if (Number(nano) / 1e9 > bound)
    errors.push(invalid(path, ratio, `ratio ${ratio} is greater than max/min = ${bound.toFixed(6)}`));
}
