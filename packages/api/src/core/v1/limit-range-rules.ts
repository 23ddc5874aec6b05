import { duplicate, forbidden, invalid, required } from '@gantry/machinery/field-error';
import type { LimitRange, LimitRangeItem } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import type { Errors } from '../../validation/common.ts';

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
      if (types.has(item.type)) errors.push(duplicate(`${at}.type`, item.type));
      types.add(item.type);
      validateItem(item, at, errors);
    }
    return errors;
  },
};

/** Pairs of bounds of which the first may not be above the second, with their words. */
const ORDERED = [
  ['min', 'max', 'min', 'min value', 'max value'],
  ['min', 'defaultRequest', 'defaultRequest', 'min value', 'default request value'],
  ['defaultRequest', 'max', 'defaultRequest', 'default request value', 'max value'],
  ['defaultRequest', 'default', 'defaultRequest', 'default request value', 'default limit value'],
  ['min', 'default', 'default', 'min value', 'default value'],
  ['default', 'max', 'default', 'default value', 'max value'],
] as const;

function validateItem(item: LimitRangeItem, path: string, errors: Errors): void {
  if (item.type === 'Pod')
    for (const field of ['default', 'defaultRequest'] as const)
      if (Object.keys(item[field] ?? {}).length > 0)
        errors.push(forbidden(`${path}.${field}`, "may not be specified when `type` is 'Pod'"));
  if (item.type === 'PersistentVolumeClaim' && !item.min?.storage && !item.max?.storage)
    errors.push(
      required(
        `${path}.limits`,
        'either minimum or maximum storage value is required, but neither was provided',
      ),
    );
  for (const [low, high, field, lowText, highText] of ORDERED)
    for (const [name, amount] of Object.entries(item[low] ?? {})) {
      const bound = item[high]?.[name];
      if (bound !== undefined && quantityNano(amount) > quantityNano(bound))
        errors.push(
          invalid(
            `${path}.${field}[${name}]`,
            item[field]?.[name] ?? amount,
            `${lowText} ${amount} is greater than ${highText} ${bound}`,
          ),
        );
    }
  for (const [name, ratio] of Object.entries(item.maxLimitRequestRatio ?? {}))
    if (quantityNano(ratio) < 1_000_000_000n)
      errors.push(invalid(`${path}.maxLimitRequestRatio[${name}]`, ratio, `ratio ${ratio} is less than 1`));
}
