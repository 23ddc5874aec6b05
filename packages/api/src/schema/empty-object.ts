import type { JsonObject } from '@gantry/machinery/json';
import { isByValue, type StructType } from './dsl.ts';
import { alwaysWritten, nullTimesOf, staysAbsent } from './zero-facts.ts';

const ZEROS: Readonly<Record<string, '' | 0 | false>> = { string: '', int32: 0, int64: 0, boolean: false };

/**
 * What the original writes of an object of this type in which nothing is set: a creator owns none of it. Undefined when
 * that is nothing.
 */
export function emptyObject(type: StructType): JsonObject | undefined {
  const out: JsonObject = { ...alwaysWritten(type.name) };
  for (const name of nullTimesOf(type.name)) out[name] = null;
  for (const [name, schema] of Object.entries(type.fields)) {
    if (schema.type === 'ref') {
      const inner = name !== 'metadata' && isByValue(name, schema) ? emptyObject(schema.target()) : undefined;
      if (inner !== undefined) out[name] = inner;
      continue;
    }
    const zero = schema.required === true ? ZEROS[schema.type] : undefined;
    if (zero !== undefined && !staysAbsent(type.name, name)) out[name] = zero;
  }
  return Object.keys(out).length === 0 ? undefined : out;
}
