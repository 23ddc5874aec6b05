import { invalid, required, tooLong } from '@gantry/machinery/field-error';
import { isDNS1123Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { Errors } from '../../validation/common.ts';

const MAX_DOMAIN = 253;
/** A domain, and a path that a namespace and a resource name can make. */
const MAX_NAME = MAX_DOMAIN + 1 + (253 + 63 + 1);

/** `example.com/signer-name`: a domain of two labels at least, and a path. */
export function validateSignerName(name: string, path: string, errors: Errors): void {
  if (name === '') {
    errors.push(required(path));
    return;
  }
  const segments = name.split('/');
  if (segments.length !== 2) {
    errors.push(
      invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
    );
    return;
  }
  const [domain = '', rest = ''] = segments;
  const labels = domain.split('.');
  if (Buffer.byteLength(domain) > MAX_DOMAIN) errors.push(tooLong(path, MAX_DOMAIN));
  firstBad(labels, domain, isDNS1123Label, path, errors);
  if (labels.length < 2)
    errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  firstBad(rest.split('.'), rest, isDNS1123Subdomain, path, errors);
  if (Buffer.byteLength(name) > MAX_NAME) errors.push(tooLong(path, MAX_NAME));
}

/** Errors of the first wrong label alone: those of the others would read the same. */
function firstBad(
  labels: readonly string[],
  whole: string,
  rule: (label: string) => string[],
  path: string,
  errors: Errors,
): void {
  for (const label of labels) {
    const reasons = rule(label);
    if (reasons.length === 0) continue;
    for (const reason of reasons)
      errors.push(invalid(path, whole, `validating label ${JSON.stringify(label)}: ${reason}`));
    return;
  }
}
