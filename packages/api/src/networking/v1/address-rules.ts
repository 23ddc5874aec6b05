import { invalid, required } from '@gantry/machinery/field-error';
import { parseCidr, validateCidr, validateIp } from '@gantry/machinery/ip';
import { isDNS1123Subdomain, isPathSegmentName } from '@gantry/machinery/validation';
import type { IPAddress, ServiceCIDR } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors } from '../../validation/common.ts';
import { goTexts } from '../../validation/go-value.ts';

const PARENT_REFERENCE = { group: 'Group', resource: 'Resource', namespace: 'Namespace', name: 'Name' };
const IMMUTABLE = 'field is immutable';

export const ipAddressRules: KindRules<IPAddress> = {
  validate({ metadata, spec }) {
    const errors: Errors = [];
    errors.push(...validateIp(metadata.name, 'metadata.name'));
    const path = 'spec.parentRef';
    const parent = spec.parentRef;
    if (parent === undefined) {
      errors.push(required(path));
      return errors;
    }
    const { group = '', namespace = '' } = parent;
    if (group !== '') check(isDNS1123Subdomain(group), `${path}.group`, group, errors);
    for (const field of ['resource', 'name'] as const) {
      const value = parent[field] ?? '';
      if (value === '') errors.push(required(`${path}.${field}`));
      else check(isPathSegmentName(value), `${path}.${field}`, value, errors);
    }
    if (namespace !== '') check(isPathSegmentName(namespace), `${path}.namespace`, namespace, errors);
    return errors;
  },
  validateUpdate: ({ spec }, { spec: old }) =>
    semanticEqual(spec.parentRef, old.parentRef)
      ? []
      : [
          invalid(
            'spec.parentRef',
            spec.parentRef === undefined ? null : goTexts(spec.parentRef, PARENT_REFERENCE),
            IMMUTABLE,
          ),
        ],
};

export const serviceCIDRRules: KindRules<ServiceCIDR> = {
  validate({ spec }, _context, old) {
    const errors: Errors = [];
    const ranges = spec.cidrs ?? [];
    // A range may still be added; nothing else changes.
    if (old !== undefined && !(old.spec.cidrs?.length === 1 && ranges.length === 2)) return errors;
    validateRanges(ranges, errors);
    return errors;
  },
  validateUpdate({ spec }, { spec: old }) {
    const errors: Errors = [];
    const [now, was] = [spec.cidrs ?? [], old.cidrs ?? []];
    if (now.length !== was.length && !(was.length === 1 && now.length === 2))
      return [invalid('spec.cidrs', spec.cidrs ?? null, IMMUTABLE)];
    for (const [index, range] of was.entries())
      if (now[index] !== range) errors.push(invalid(`spec.cidrs[${index}]`, now[index], IMMUTABLE));
    return errors;
  },
};

/** One range, or one of each family. */
function validateRanges(ranges: readonly string[], errors: Errors): void {
  const path = 'spec.cidrs';
  if (ranges.length === 0) {
    errors.push(required(path, 'at least one CIDR required'));
    return;
  }
  if (ranges.length > 2) {
    errors.push(invalid(path, { CIDRs: ranges }, 'may only hold up to 2 values'));
    return;
  }
  for (const [index, range] of ranges.entries()) errors.push(...validateCidr(range, `${path}[${index}]`));
  const [first, second] = ranges.map((range) => parseCidr(range)?.bits);
  if (first !== undefined && first === second)
    errors.push(
      invalid(
        path,
        ranges,
        'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
      ),
    );
}
