import { invalid, required, tooLong } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import { check, type Errors } from '../../validation/common.ts';

const MAX_NAME = 63;
const MAX_PARAMETERS = 512;
const MAX_PARAMETER_BYTES = 256 * 1024;

/** Names of CSI drivers: domains in any case. */
export function validateDriverName(name: string, path: string, errors: Errors): void {
  if (name === '') {
    errors.push(required(path));
    return;
  }
  if (Buffer.byteLength(name) > MAX_NAME) errors.push(tooLong(path, MAX_NAME));
  check(isDNS1123Subdomain(name.toLowerCase()), path, name, errors);
}

/** Names of provisioners: qualified names in any case. */
export function validateProvisioner(name: string, path: string, errors: Errors): void {
  if (name === '') errors.push(required(path));
  else check(isQualifiedName(name.toLowerCase()), path, name.toLowerCase(), errors);
}

/** Settings that are handed to a driver as they are. */
export function validateParameters(
  parameters: Readonly<Record<string, string>> | undefined,
  mayBeEmpty: boolean,
  errors: Errors,
): void {
  const path = 'parameters';
  const entries = Object.entries(parameters ?? {});
  if (entries.length > MAX_PARAMETERS) {
    errors.push(tooLong(path, MAX_PARAMETERS));
    return;
  }
  let bytes = 0;
  for (const [key, value] of entries) {
    if (key === '') errors.push(invalid(path, key, 'field can not be empty.'));
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MAX_PARAMETER_BYTES) errors.push(tooLong(path, MAX_PARAMETER_BYTES));
  if (!mayBeEmpty && entries.length === 0)
    errors.push(required(path, 'must contain at least one key/value pair'));
}
