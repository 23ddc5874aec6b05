import { type FieldError, forbidden, invalid, tooLong } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isConfigMapKey } from '@gantry/machinery/validation';
import type { ConfigMap } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { decodedLength } from '../../validation/base64.ts';
import { check, type Errors } from '../../validation/common.ts';

const MAX_BYTES = 1024 * 1024;

export const configMapRules: KindRules<ConfigMap> = {
  validate(map) {
    const errors: Errors = [];
    let bytes = 0;
    for (const [key, value] of Object.entries(map.data ?? {})) {
      check(isConfigMapKey(key), `data[${key}]`, key, errors);
      if (map.binaryData?.[key] !== undefined)
        errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
      bytes += Buffer.byteLength(value);
    }
    for (const [key, value] of Object.entries(map.binaryData ?? {})) {
      check(isConfigMapKey(key), `binaryData[${key}]`, key, errors);
      bytes += decodedLength(value);
    }
    if (bytes > MAX_BYTES) errors.push(tooLong('[]', MAX_BYTES));
    return errors;
  },
  validateUpdate: (map, old) => immutableWhenSet(map, old, ['data', 'binaryData']),
};

/** An object with `immutable: true` keeps it, and keeps the fields named. */
export function immutableWhenSet<T extends { immutable?: boolean }>(
  object: T,
  old: T,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  if (old.immutable !== true) return [];
  const errors = object.immutable === true ? [] : [locked('immutable')];
  for (const field of fields) if (!deepEqual(object[field], old[field])) errors.push(locked(field));
  return errors;
}

const locked = (field: string): FieldError => forbidden(field, 'field is immutable when `immutable` is set');
