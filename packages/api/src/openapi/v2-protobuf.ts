import { isObject } from '@gantry/machinery/json';

/**
 * The definitions of a swagger 2.0 document as protobuf, in the message types of gnostic's OpenAPIv2.proto: the only
 * encoding in which kubectl reads `/openapi/v2`, which it does for kinds that `/openapi/v3` doesn't list. Paths are
 * left out: no client reads them from here.
 */
export function encodeOpenApiV2(document: Readonly<Record<string, unknown>>): Buffer {
  const info = isObject(document.info) ? document.info : {};
  return Buffer.concat([
    text(Document.swagger, document.swagger),
    message(Document.info, [text(Info.title, info.title), text(Info.version, info.version)]),
    message(Document.paths, []),
    message(Document.definitions, namedSchemas(document.definitions)),
  ]);
}

const Document = { swagger: 1, info: 2, paths: 8, definitions: 9 } as const;
const Info = { title: 1, version: 2 } as const;
const Named = { name: 1, value: 2 } as const;
const ANY_YAML = 2;
const ONLY = 1;
const Schema = {
  ref: 1,
  format: 2,
  description: 4,
  default: 5,
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

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function encodeSchema(value: unknown): Buffer[] {
  const schema = isObject(value) ? value : {};
  const { additionalProperties, items, properties } = schema;
  const types = list(typeof schema.type === 'string' ? [schema.type] : schema.type);
  return [
    text(Schema.ref, schema.$ref),
    text(Schema.format, schema.format),
    text(Schema.description, schema.description),
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
