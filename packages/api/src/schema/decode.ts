import {
  DecodeError,
  decodeScalar,
  goTypeName,
  jsonTypeName,
  MapKey,
  type PathStep,
  zeroValue,
} from './decode-scalar.ts';
import type { Schema, StructType } from './dsl.ts';
import { namedElement, namedGoType } from './go-named-types.ts';

/** What one decoding collects. Paths of unknown fields carry indices: `spec.containers[0].imag`. */
export interface DecodeContext {
  readonly path: PathStep[];
  readonly unknown: string[];
  /** Fields that are null stay: server-side apply owns them. */
  readonly keepNulls?: boolean;
}

type Decoder = (value: unknown, context: DecodeContext, owner: string) => unknown;

/** Unknown fields that one object may report: a hostile body must not make a reply larger than itself. */
const MAX_REPORTED = 100;

const structs = new WeakMap<StructType, Decoder>();

/**
 * Turns a type into a function that checks JSON types, prunes unknown fields, drops nulls and writes times and
 * quantities in canonical form. It changes the value that it is given and returns it (or a copy, where fields had to
 * go). Throws DecodeError at the first value of a wrong type. Cached per type.
 */
export function structDecoder(type: StructType): Decoder {
  const known = structs.get(type);
  if (known !== undefined) return known;
  let fields: Map<string, Decoder> | undefined;
  const owner = type.name.slice(type.name.lastIndexOf('.') + 1);
  const decoder: Decoder = (value, context, outer) => {
    // Built on first use, since types may refer to themselves.
    fields ??= new Map(
      Object.entries(type.fields).map(([name, schema]) => [
        name,
        decoderOf(schema, namedGoType(owner, name)),
      ]),
    );
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrongType(value, context, outer, goTypeName(type.name), 'struct');
    return decodeFields(value as Record<string, unknown>, fields, context, owner);
  };
  structs.set(type, decoder);
  return decoder;
}

function decodeFields(
  object: Record<string, unknown>,
  fields: ReadonlyMap<string, Decoder>,
  context: DecodeContext,
  owner: string,
): Record<string, unknown> {
  let dropped = false;
  for (const key in object) {
    const value = object[key];
    const field = fields.get(key);
    if (field === undefined) {
      dropped = true;
      if (context.unknown.length < MAX_REPORTED) context.unknown.push(renderPath(context.path, key));
      continue;
    }
    if (value === null || value === undefined) {
      dropped ||= value === undefined || context.keepNulls !== true;
      continue;
    }
    context.path.push(key);
    const decoded = field(value, context, owner);
    context.path.pop();
    if (decoded !== value) object[key] = decoded;
  }
  if (!dropped) return object;
  const kept: Record<string, unknown> = {};
  for (const key in object) {
    const value = object[key];
    if (fields.has(key) && value !== undefined && (value !== null || context.keepNulls === true))
      kept[key] = value;
  }
  return kept;
}

/** `named`: what the original calls the type, when it is no plain one. */
function decoderOf(schema: Schema, named?: string): Decoder {
  switch (schema.type) {
    case 'ref':
      return structDecoder(schema.target());
    case 'array':
      return arrayDecoder(schema.items, named);
    case 'map':
      return mapDecoder(schema.values, named);
    default: {
      const { type, parse } = schema;
      if (parse !== undefined) return parsed(parse);
      return (value, context, owner) => {
        if (type === 'string' && typeof value === 'string') return value;
        return decodeScalar(type, value, context.path, owner, named);
      };
    }
  }
}

const parsed =
  (parse: (value: unknown) => unknown): Decoder =>
  (value, { path }) => {
    try {
      return parse(value);
    } catch (error) {
      throw error instanceof DecodeError ? error.under(path) : error;
    }
  };

function arrayDecoder(items: Schema, named?: string): Decoder {
  const item = decoderOf(items, namedElement(named));
  const zero = zeroValue(items);
  const goType = named ?? `[]${goTypeOf(items)}`;
  return (value, context, owner) => {
    if (!Array.isArray(value)) throw wrongType(value, context, owner, goType, 'slice');
    for (let index = 0; index < value.length; index++) {
      const element: unknown = value[index];
      context.path.push(index);
      const decoded = element === null ? structuredClone(zero) : item(element, context, owner);
      context.path.pop();
      if (decoded !== element) value[index] = decoded;
    }
    return value;
  };
}

function mapDecoder(values: Schema, named?: string): Decoder {
  const item = decoderOf(values, namedElement(named));
  const zero = zeroValue(values);
  const goType = named ?? `map[string]${goTypeOf(values)}`;
  // The key matters for unknown fields further in.
  const deep = holdsFields(values);
  return (value, context, owner) => {
    if (typeof value !== 'object' || Array.isArray(value))
      throw wrongType(value, context, owner, goType, 'map');
    const entries = value as Record<string, unknown>;
    for (const key in entries) {
      const element = entries[key];
      if (deep) context.path.push(new MapKey(key));
      const decoded = element === null ? structuredClone(zero) : item(element, context, owner);
      if (deep) context.path.pop();
      if (decoded !== element) entries[key] = decoded;
    }
    return entries;
  };
}

const holdsFields = (schema: Schema): boolean =>
  schema.type === 'ref' || (schema.type === 'array' && holdsFields(schema.items));

function goTypeOf(schema: Schema): string {
  if (schema.type === 'array') return `[]${goTypeOf(schema.items)}`;
  if (schema.type === 'map') return `map[string]${goTypeOf(schema.values)}`;
  if (schema.type === 'ref') return goTypeName(schema.target().name);
  if ('definition' in schema && schema.definition !== undefined) return goTypeName(schema.definition);
  return goTypeName(schema.type);
}

function wrongType(
  value: unknown,
  context: DecodeContext,
  owner: string,
  goType: string,
  kind: 'struct' | 'slice' | 'map',
): DecodeError {
  return DecodeError.unmarshal(jsonTypeName(value), context.path, owner, goType, { given: { value, kind } });
}

/** `spec.containers[0].imag`; keys of maps are joined as fields are, as the original does. */
function renderPath(path: readonly PathStep[], last: string): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else {
      const name = typeof part === 'string' ? part : part.text;
      text += text === '' ? name : `.${name}`;
    }
  }
  return text === '' ? last : `${text}.${last}`;
}
