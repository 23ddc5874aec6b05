import { invalid } from '@gantry/machinery/field-error';
import { isQualifiedName } from '@gantry/machinery/validation';
import { quantityNano } from '../schema/canonical-quantity.ts';
import { check, type Errors } from './common.ts';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const OBJECTS = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const CONTAINER: ReadonlySet<string> = new Set(COMPUTE);
const QUOTA: ReadonlySet<string> = new Set([
  ...COMPUTE,
  ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'requests.storage',
  ...OBJECTS,
]);
const STANDARD: ReadonlySet<string> = new Set([...QUOTA, 'storage']);
const COUNTED: ReadonlySet<string> = new Set(OBJECTS);
const NANO = 1_000_000_000n;

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isQuotaHugePages = (name: string): boolean =>
  isHugePages(name) || name.startsWith('requests.hugepages-');
/** In the `kubernetes.io` domain, which names without one belong to. */
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
/** Limits may be above requests: not for extended resources and huge pages. */
export const allowsOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;
/** Whether a quota counts the resource itself. */
export const isStandardQuotaResource = (name: string): boolean => QUOTA.has(name) || isQuotaHugePages(name);

/** A qualified name; without a domain, one that is known. */
export function validateResourceName(name: string, path: string, errors: Errors): void {
  const reasons = isQualifiedName(name);
  check(reasons, path, name, errors);
  if (reasons.length === 0 && !name.includes('/') && !STANDARD.has(name) && !isQuotaHugePages(name))
    errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
}

/** What containers may ask for. */
export function validateContainerResourceName(name: string, path: string, errors: Errors): void {
  validateResourceName(name, path, errors);
  if (name.split('/').length === 1) {
    if (!CONTAINER.has(name) && !isHugePages(name))
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (!isNative(name) && !isExtended(name))
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
}

/** What quotas may limit. */
export function validateQuotaResourceName(name: string, path: string, errors: Errors): void {
  validateResourceName(name, path, errors);
  if (!name.includes('/') && !isStandardQuotaResource(name))
    errors.push(invalid(path, name, 'must be a standard resource for quota'));
}

/** Not negative, and whole for what is counted. */
export function validateResourceAmount(name: string, amount: string, path: string, errors: Errors): void {
  const nano = quantityNano(amount);
  if (nano < 0n) errors.push(invalid(path, amount, 'must be greater than or equal to 0'));
  if ((COUNTED.has(name) || isExtended(name)) && nano % NANO !== 0n)
    errors.push(invalid(path, amount, 'must be an integer'));
}
