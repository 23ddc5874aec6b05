import { isObject } from '@gantry/machinery/json';

/**
 * The definitions of a swagger 2.0 document as protobuf, in the message types of gnostic's OpenAPIv2.proto: the only
 * encoding in which kubectl reads `/openapi/v2`, which it does for kinds that `/openapi/v3` doesn't list. Paths are
 * left out: no client reads them from here.
 * `more` are definitions that are encoded already.
 */
export function encodeOpenApiV2(
  document: Readonly<Record<string, unknown>>,
  more: readonly Buffer[] = [],
): Buffer {
  const info = isObject(document.info) ? document.info : {};
  return Buffer.concat([
    text(Document.swagger, document.swagger),
    message(Document.info, [text(Info.title, info.title), text(Info.version, info.version)]),
    message(Document.paths, []),
    message(Document.definitions, [...namedSchemas(document.definitions), ...more]),
  ]);
}

/** Definitions by name, to be added to a document. */
export const encodeDefinitions = (definitions: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.concat(namedSchemas(definitions));

const Document = { swagger: 1, info: 2, paths: 8, definitions: 9 } as const;
const Info = { title: 1, version: 2 } as const;
const Named = { name: 1, value: 2 } as const;
const ANY_YAML = 2;
const ONLY = 1;
const Schema = {
  ref: 1,
  format: 2,
  title: 3,
  description: 4,
  default: 5,
  pattern: 13,
  required: 19,
  enum: 20,
  additionalProperties: 21,
  type: 22,
  items: 23,
  properties: 25,
  vendorExtension: 31,
} as const;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** A field of wire type 2. */
function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

const message = (field: number, parts: readonly Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const text = (field: number, value: unknown): Buffer =>
  typeof value === 'string' && value !== '' ? bytes(field, Buffer.from(value)) : Buffer.alloc(0);

/** JSON is YAML. */
const any = (field: number, value: unknown): Buffer =>
  message(field, [text(ANY_YAML, JSON.stringify(value))]);

/** `Definitions` and `Properties` are both a list of names with schemas. */
const namedSchemas = (value: unknown): Buffer[] =>
  Object.entries(isObject(value) ? value : {}).map(([name, schema]) =>
    message(ONLY, [text(Named.name, name), message(Named.value, encodeSchema(schema))]),
  );

/** Bounds: fields of wire type 1 (double), and of wire type 0 (integers and booleans). */
const DOUBLES = { multipleOf: 6, maximum: 7, minimum: 9 } as const;
const INTEGERS = {
  maxLength: 11,
  minLength: 12,
  maxItems: 14,
  minItems: 15,
  maxProperties: 17,
  minProperties: 18,
} as const;
const FLAGS = { exclusiveMaximum: 8, exclusiveMinimum: 10, uniqueItems: 16 } as const;

function bounds(schema: Readonly<Record<string, unknown>>): Buffer[] {
  const parts: Buffer[] = [];
  for (const [name, field] of Object.entries(DOUBLES)) {
    const value = schema[name];
    if (typeof value !== 'number') continue;
    const double = Buffer.alloc(8);
    double.writeDoubleLE(value);
    parts.push(varint(field * 8 + 1), double);
  }
  for (const [name, field] of Object.entries(INTEGERS)) {
    const value = schema[name];
    if (typeof value === 'number' && value >= 0) parts.push(varint(field * 8), varint(value));
  }
  for (const [name, field] of Object.entries(FLAGS))
    if (schema[name] === true) parts.push(varint(field * 8), varint(1));
  return parts;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function encodeSchema(value: unknown): Buffer[] {
  const schema = isObject(value) ? value : {};
  const { additionalProperties, items, properties } = schema;
  const types = list(typeof schema.type === 'string' ? [schema.type] : schema.type);
  return [
    text(Schema.ref, schema.$ref),
    text(Schema.format, schema.format),
    text(Schema.title, schema.title),
    text(Schema.description, schema.description),
    text(Schema.pattern, schema.pattern),
    ...bounds(schema),
    ...(schema.default === undefined ? [] : [any(Schema.default, schema.default)]),
    ...list(schema.required).map((name) => text(Schema.required, name)),
    ...list(schema.enum).map((one) => any(Schema.enum, one)),
    ...(isObject(additionalProperties)
      ? [message(Schema.additionalProperties, [message(ONLY, encodeSchema(additionalProperties))])]
      : []),
    ...(types.length === 0
      ? []
      : [
          message(
            Schema.type,
            types.map((type) => text(ONLY, type)),
          ),
        ]),
    ...(isObject(items) ? [message(Schema.items, [message(ONLY, encodeSchema(items))])] : []),
    ...(isObject(properties) ? [message(Schema.properties, namedSchemas(properties))] : []),
    ...Object.entries(schema)
      .filter(([name]) => name.startsWith('x-'))
      .map(([name, extension]) =>
        message(Schema.vendorExtension, [text(Named.name, name), any(Named.value, extension)]),
      ),
  ];
}
