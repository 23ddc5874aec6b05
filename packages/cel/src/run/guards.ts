import type { Type } from '../check/types.ts';
import {
  CelDouble,
  CelDuration,
  CelList,
  CelOptional,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  isInt,
  isMap,
  typeName,
  type Value,
} from '../values/values.ts';

/** Whether a value is one of the type; elements of lists and maps are not looked at. */
export type Guard = (value: Value) => boolean;

const GUARDS: Partial<Record<Type['kind'], Guard>> = {
  bool: (value) => typeof value === 'boolean',
  int: isInt,
  uint: (value) => value instanceof CelUint,
  double: (value) => value instanceof CelDouble,
  string: (value) => typeof value === 'string',
  bytes: (value) => value instanceof Uint8Array,
  null: (value) => value === null,
  timestamp: (value) => value instanceof CelTimestamp,
  duration: (value) => value instanceof CelDuration,
  list: (value) => value instanceof CelList,
  map: isMap,
  type: (value) => value instanceof CelTypeValue,
};

/** undefined: every value is one. */
export function guardOf(type: Type): Guard | undefined {
  if (type.kind === 'opaque' || type.kind === 'object') {
    const { name } = type;
    return name === 'optional_type'
      ? (value) => value instanceof CelOptional
      : (value) => typeName(value) === name;
  }
  return GUARDS[type.kind];
}
