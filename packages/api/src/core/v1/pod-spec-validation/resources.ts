import { forbidden, invalid, required } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
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
): void {
  if (resources === undefined) return;
  const limits = resources.limits ?? {};
  const requests = resources.requests ?? {};
  for (const [name, amount] of Object.entries(limits))
    validateAmount(name, amount, `${path}.limits[${name}]`, errors);
  for (const [name, amount] of Object.entries(requests)) {
    validateAmount(name, amount, `${path}.requests[${name}]`, errors);
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
  for (const [index, claim] of (resources.claims ?? []).entries())
    if (!claims.has(claim.name))
      errors.push({
        type: 'FieldValueNotFound',
        field: `${path}.claims[${index}]`,
        message: `Not found: ${JSON.stringify(claim.name)}`,
      });
}

function validateAmount(name: string, amount: string, path: string, errors: Errors): void {
  const problems = isQualifiedName(name);
  if (problems.length > 0) check(problems, path, name, errors);
  else if (!name.includes('/') && !STANDARD.has(name) && !isHugePages(name))
    errors.push(
      invalid(path, name, 'must be a standard resource type or fully qualified'),
      invalid(path, name, 'must be a standard resource for containers'),
    );
  const nano = quantityNano(amount);
  if (nano < 0n) errors.push(invalid(path, amount, 'must be greater than or equal to 0'));
  if (name.includes('/') && nano % NANO !== 0n) errors.push(invalid(path, amount, 'must be an integer'));
}
