import { isByValue, type Schema, type StructType } from './dsl.ts';
import { alwaysWritten, keepsZero, staysAbsent } from './zero-facts.ts';

type Defaulter = (object: Record<string, unknown>) => void;

const structs = new WeakMap<StructType, { run: Defaulter | undefined }>();

/**
 * Fills in what the schema says of absent fields: its `default`, or for required scalars and for structs that the
 * original keeps by value the zero that it stores. Works in place and is idempotent. Undefined when nothing in the type, at any depth, has a default.
 */
export function structDefaulter(type: StructType): Defaulter | undefined {
  const known = structs.get(type);
  if (known !== undefined) return known.run;
  const entry: { run: Defaulter | undefined } = { run: undefined };
  structs.set(type, entry);
  const steps: Defaulter[] = [];
  // A type that contains itself calls the entry, which is complete by then.
  entry.run = (object) => {
    for (const step of steps) step(object);
  };
  const isOriginal = type.name.startsWith('io.k8s.');
  for (const [name, schema] of Object.entries(type.fields)) {
    const own =
      (staysAbsent(type.name, name) && schema.default === undefined
        ? undefined
        : ownDefault(name, schema, isOriginal, isOriginal && keepsZero(type.name, name))) ??
      writtenZero(type.name, name);
    if (own !== undefined) steps.push(own);
    const inner = innerDefaulter(schema);
    if (inner !== undefined)
      steps.push((object) => {
        const value = object[name];
        if (value !== undefined) inner(value);
      });
  }
  if (steps.length === 0) entry.run = undefined;
  return entry.run;
}

/** `byPointer`: the original tells an empty text that was sent from none. */
function ownDefault(
  name: string,
  schema: Schema,
  isOriginal: boolean,
  byPointer: boolean,
): Defaulter | undefined {
  const value = schema.default ?? zeroOf(name, schema, isOriginal);
  if (value === undefined) return undefined;
  if (typeof value === 'object')
    return (object) => {
      if (object[name] === undefined) object[name] = structuredClone(value);
    };
  // Elsewhere an empty text counts as absent.
  if (typeof value === 'string' && value !== '' && !byPointer)
    return (object) => {
      if (object[name] === undefined || object[name] === '') object[name] = value;
    };
  return (object) => {
    if (object[name] === undefined) object[name] = value;
  };
}

/** The zero of a field that the original writes whatever it holds. */
function writtenZero(definition: string, name: string): Defaulter | undefined {
  const zero = alwaysWritten(definition)[name];
  if (zero === undefined) return undefined;
  return (object) => {
    object[name] ??= zero;
  };
}

function zeroOf(name: string, schema: Schema, isOriginal: boolean): unknown {
  if (schema.type === 'ref') return isOriginal && isByValue(name, schema) ? {} : undefined;
  return schema.required === true ? requiredZero(schema) : undefined;
}

function requiredZero(schema: Schema): unknown {
  switch (schema.type) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
      return 0;
    default:
      return undefined;
  }
}

function innerDefaulter(schema: Schema): ((value: unknown) => void) | undefined {
  if (schema.type === 'ref')
    return structDefaulter(schema.target()) as ((value: unknown) => void) | undefined;
  const nested = schema.type === 'array' ? schema.items : schema.type === 'map' ? schema.values : undefined;
  const inner = nested === undefined ? undefined : innerDefaulter(nested);
  if (inner === undefined) return undefined;
  return schema.type === 'array'
    ? (value) => {
        for (const item of value as unknown[]) inner(item);
      }
    : (value) => {
        for (const item of Object.values(value as object)) inner(item);
      };
}
