import { duplicate, invalid, required, tooLong, tooMany } from '@gantry/machinery/field-error';
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isQualifiedName,
  regexMessage,
} from '@gantry/machinery/validation';
import { validateDriverName } from '../../storage/v1/driver-name.ts';
import { check, type Errors } from '../../validation/common.ts';

const MAX_POOL = 253;
const MAX_ID = 32;
const C_IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*';
const C_IDENTIFIER_REGEXP = new RegExp(`^${C_IDENTIFIER}$`);
const UID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type ItemRule<T> = (item: T, path: string, errors: Errors) => void;

/** Every item, unless there are too many; then only that is said. */
export function validateList<T>(
  items: readonly T[] | undefined,
  max: number,
  path: string,
  errors: Errors,
  rule: ItemRule<T>,
): boolean {
  const list = items ?? [];
  if (list.length > max) {
    errors.push(tooMany(path, list.length, max));
    return false;
  }
  for (const [index, item] of list.entries()) rule(item, `${path}[${index}]`, errors);
  return true;
}

/** A list without duplicates. */
export function validateSet<T>(
  items: readonly T[] | undefined,
  max: number,
  path: string,
  errors: Errors,
  rule: ItemRule<T>,
  keyOf: (item: T) => string,
): void {
  if (!validateList(items, max, path, errors, rule)) return;
  const seen = new Set<string>();
  for (const [index, item] of (items ?? []).entries()) {
    const key = keyOf(item);
    if (seen.has(key)) errors.push(duplicate(`${path}[${index}]`, key));
    seen.add(key);
  }
}

export function validateLabelName(name: string, path: string, errors: Errors): void {
  check(isDNS1123Label(name), path, name, errors);
}

/** The name of a counter or counter set, which must be there. */
export function validateCounterName(name: string, path: string, errors: Errors): void {
  if (name === '') errors.push(required(path));
  else validateLabelName(name, path, errors);
}

/** Pools are named by subdomains with slashes between them. */
export function validatePoolName(name: string, path: string, errors: Errors): void {
  if (name === '') {
    errors.push(required(path));
    return;
  }
  if (Buffer.byteLength(name) > MAX_POOL) errors.push(tooLong(path, MAX_POOL));
  for (const part of name.split('/')) check(isDNS1123Subdomain(part), path, part, errors);
}

function validateIdentifier(id: string, path: string, errors: Errors): void {
  if (Buffer.byteLength(id) > MAX_ID) errors.push(tooLong(path, MAX_ID));
  if (!C_IDENTIFIER_REGEXP.test(id))
    errors.push(
      invalid(
        path,
        id,
        regexMessage(
          "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
          C_IDENTIFIER,
          'my_name',
          'MY_NAME',
          'MyName',
        ),
      ),
    );
}

/** The name of an attribute or capacity: an identifier, with the domain of who defines it before a slash. */
export function validateAttributeName(name: string, path: string, errors: Errors): void {
  const [first = '', second, ...more] = name.split('/');
  if (second === undefined) {
    validateIdentifier(first, path, errors);
    return;
  }
  // The original lets names with more slashes pass.
  if (more.length > 0) return;
  if (first === '') errors.push(invalid(path, '', 'the domain must not be empty'));
  else validateDriverName(first, path, errors);
  if (second === '') errors.push(invalid(path, '', 'the name must not be empty'));
  else validateIdentifier(second, path, errors);
}

export function validateFullName(name: string, path: string, errors: Errors): void {
  validateAttributeName(name, path, errors);
  if (!name.includes('/'))
    errors.push(
      invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash'),
    );
}

export function validateShareId(uid: string, path: string, errors: Errors): void {
  if (!UID.test(uid))
    errors.push(
      invalid(
        path,
        uid,
        `error validating uid: invalid UUID ${uid.length === 36 ? 'format' : `length: ${uid.length}`}`,
      ),
    );
  else if (uid !== uid.toLowerCase())
    errors.push(
      invalid(
        path,
        uid,
        'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters',
      ),
    );
}

export function validateQualified(name: string, path: string, errors: Errors): void {
  check(isQualifiedName(name), path, name, errors);
}
