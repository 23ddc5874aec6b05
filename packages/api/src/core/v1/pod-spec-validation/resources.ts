import {
  duplicate,
  forbidden,
  invalid,
  notFoundValue,
  notSupported,
  required,
} from '@gantry/machinery/field-error';
import { isDNS1123Label, isQualifiedName } from '@gantry/machinery/validation';
import type { ResourceRequirements } from '../../../generated/types.ts';
import { quantityNano } from '../../../schema/canonical-quantity.ts';
import { check, type Errors } from '../../../validation/common.ts';

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage']);
const NANO = 1_000_000_000n;

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
/** Requests below limits are possible: not for extended resources and huge pages. */
const allowsOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);

/** Requests and limits of a container, or of a pod as a whole. */
export function validateResources(
  resources: ResourceRequirements | undefined,
  claims: ReadonlySet<string>,
  path: string,
  errors: Errors,
  podLevel = false,
): void {
  if (resources === undefined) return;
  const limits = resources.limits ?? {};
  const requests = resources.requests ?? {};
  for (const [name, amount] of Object.entries(limits))
    validateAmount(name, amount, `${path}.limits[${name}]`, errors, podLevel);
  for (const [name, amount] of Object.entries(requests)) {
    validateAmount(name, amount, `${path}.requests[${name}]`, errors, podLevel);
    const limit = limits[name];
    if (limit === undefined) {
      if (!allowsOvercommit(name))
        errors.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
      continue;
    }
    const difference = quantityNano(amount) - quantityNano(limit);
    if (difference !== 0n && !allowsOvercommit(name))
      errors.push(invalid(`${path}.requests`, amount, `must be equal to ${name} limit of ${limit}`));
    else if (difference > 0n)
      errors.push(
        invalid(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`),
      );
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
    errors.push(forbidden(path, 'HugePages require cpu or memory'));
  validateClaimNames(resources, claims, `${path}.claims`, errors);
}

function validateClaimNames(
  resources: ResourceRequirements,
  claims: ReadonlySet<string>,
  path: string,
  errors: Errors,
): void {
  const seen = new Set<string>();
  const known = claims.size === 0 ? ' which is empty' : `: ${[...claims].sort().join(', ')}`;
  for (const [index, { name = '', request = '' }] of (resources.claims ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (name === '') {
      errors.push(required(at));
      continue;
    }
    const key = request === '' ? name : `${name}/${request}`;
    if (request !== '') check(isDNS1123Label(request), `${at}.request`, request, errors);
    if (seen.has(name) || seen.has(key)) errors.push(duplicate(at, seen.has(name) ? name : key));
    else if (request === '' && [...seen].some((other) => other.startsWith(`${name}/`)))
      errors.push(duplicate(at, name));
    seen.add(key);
    if (!claims.has(name))
      errors.push({
        ...notFoundValue(at, name),
        message: `Not found: ${JSON.stringify(name)}: must be one of the names in pod.spec.resourceClaims${known}`,
      });
  }
}

function validateAmount(name: string, amount: string, path: string, errors: Errors, podLevel: boolean): void {
  const problems = isQualifiedName(name);
  if (problems.length > 0) check(problems, path, name, errors);
  else if (podLevel && name !== 'cpu' && name !== 'memory' && !isHugePages(name))
    errors.push(notSupported(path, name, ['cpu', 'hugepages-', 'memory']));
  else if (!name.includes('/') && !STANDARD.has(name) && !isHugePages(name))
    errors.push(
      invalid(path, name, 'must be a standard resource type or fully qualified'),
      invalid(path, name, 'must be a standard resource for containers'),
    );
  const nano = quantityNano(amount);
  if (nano < 0n) errors.push(invalid(path, amount, 'must be greater than or equal to 0'));
  if (name.includes('/') && nano % NANO !== 0n) errors.push(invalid(path, amount, 'must be an integer'));
}
