import { invalid, required } from '@gantry/machinery/field-error';
import type { DownwardAPIVolumeFile, KeyToPath } from '../../../generated/types.ts';
import { type Errors, relativePath } from '../../../validation/common.ts';
import { VOLUME_FIELDS, validateFieldRef, validateResourceFieldRef } from '../pod-spec-validation/env.ts';

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const MODE_MAX = 0o777;

export function validateMode(mode: number | undefined, path: string, errors: Errors): void {
  if (mode !== undefined && (mode < 0 || mode > MODE_MAX)) errors.push(invalid(path, mode, MODE));
}

/** Names that begin with `..` are how the node agent replaces a volume's content at once. */
export function validateUnreservedPath(value: string, path: string, errors: Errors): void {
  relativePath(value, path, errors);
  if (value.startsWith('..') && !value.startsWith('../'))
    errors.push(invalid(path, value, "must not start with '..'"));
}

/** Keys of a ConfigMap or Secret and the files they become; `from` is the index of the first. */
export function validateItems(
  items: readonly KeyToPath[] | undefined,
  path: string,
  errors: Errors,
  from = 0,
): void {
  for (const [index, item] of (items ?? []).entries()) {
    const at = `${path}[${from + index}]`;
    if (!item.key) errors.push(required(`${at}.key`));
    if (!item.path) errors.push(required(`${at}.path`));
    validateUnreservedPath(item.path ?? '', `${at}.path`, errors);
    validateMode(item.mode, `${at}.mode`, errors);
  }
}

/** `path` is that of the source: the original names no index. */
export function validateDownwardFile(file: DownwardAPIVolumeFile, path: string, errors: Errors): void {
  if (!file.path) errors.push(required(`${path}.path`));
  validateUnreservedPath(file.path ?? '', `${path}.path`, errors);
  if (file.fieldRef !== undefined) {
    validateFieldRef(file.fieldRef, VOLUME_FIELDS, `${path}.fieldRef`, errors);
    if (file.resourceFieldRef !== undefined)
      errors.push(
        invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
      );
  } else if (file.resourceFieldRef !== undefined)
    validateResourceFieldRef(file.resourceFieldRef, true, `${path}.resourceFieldRef`, errors);
  else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  validateMode(file.mode, `${path}.mode`, errors);
}
