import { isByValue, type Schema, type StructType } from '../schema/dsl.ts';

/** A JSON schema in the dialect of OpenAPI 3.0 with the `x-kubernetes-*` extensions. */
export type OpenApiSchema = Record<string, unknown>;

const FORMATS: Record<string, OpenApiSchema> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  raw: {},
};

/** Special types are definitions of their own, as clients expect them. */
const SPECIAL_DEFINITIONS: Record<string, { name: string; schema: OpenApiSchema }> = {
  time: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
    schema: { type: 'string', format: 'date-time', description: 'A time in whole seconds, RFC 3339.' },
  },
  microTime: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
    schema: { type: 'string', format: 'date-time', description: 'A time in microseconds, RFC 3339.' },
  },
  quantity: {
    name: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
    schema: {
      oneOf: [{ type: 'string' }, { type: 'number' }],
      description: 'An amount, as a number with an optional suffix: 100m, 1.5, 2k, 1Gi.',
    },
  },
  intOrString: {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: {
      format: 'int-or-string',
      oneOf: [{ type: 'integer' }, { type: 'string' }],
      description: 'A whole number, or a text such as a percentage or a name.',
    },
  },
  rawObject: {
    name: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
    schema: { type: 'object', description: 'An object of any shape, kept as it is.' },
  },
  fieldsV1: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
    schema: {
      type: 'object',
      description: 'A set of fields as a tree: f:NAME is a field, k:KEYS an item of a list.',
    },
  },
};

const APIEXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** Definitions that say nothing of the shape of their values. */
const OPAQUE_DEFINITIONS: Readonly<Record<string, OpenApiSchema>> = {
  [`${APIEXTENSIONS}.JSON`]: { description: 'Any JSON value.' },
  [`${APIEXTENSIONS}.JSONSchemaPropsOrArray`]: { description: 'A JSON schema, or a list of them.' },
  [`${APIEXTENSIONS}.JSONSchemaPropsOrBool`]: { description: 'A JSON schema, or a boolean.' },
  [`${APIEXTENSIONS}.JSONSchemaPropsOrStringArray`]: {
    description: 'A JSON schema, or a list of names of fields.',
  },
};

/** Of the fields that every object has, where a type says nothing of its own. */
const OBJECT_FIELDS: Readonly<Record<string, string>> = {
  apiVersion: 'Group and version of the object, such as apps/v1; the core group has the version alone.',
  kind: 'Kind of the object, such as Deployment. It can not change.',
  metadata: 'Name, namespace, labels, annotations and whatever else every object has.',
};

const describedBy = (owner: StructType, name: string): string | undefined =>
  'apiVersion' in owner.fields && 'kind' in owner.fields && Object.hasOwn(OBJECT_FIELDS, name)
    ? OBJECT_FIELDS[name]
    : undefined;

const refTo = (name: string): OpenApiSchema => ({ $ref: `#/components/schemas/${name}` });

function extensions(schema: Schema): OpenApiSchema {
  const out: OpenApiSchema = {};
  if (schema.patchStrategy !== undefined) out['x-kubernetes-patch-strategy'] = schema.patchStrategy;
  if (schema.patchMergeKey !== undefined) out['x-kubernetes-patch-merge-key'] = schema.patchMergeKey;
  if (schema.mapType !== undefined) out['x-kubernetes-map-type'] = schema.mapType;
  if (schema.listType !== undefined) out['x-kubernetes-list-type'] = schema.listType;
  if (schema.type === 'array' && schema.listMapKeys !== undefined)
    out['x-kubernetes-list-map-keys'] = schema.listMapKeys;
  return out;
}

function base(schema: Schema): OpenApiSchema {
  switch (schema.type) {
    case 'array':
      return { type: 'array', items: fieldSchema(schema.items) };
    case 'map':
      return { type: 'object', additionalProperties: fieldSchema(schema.values) };
    case 'ref':
      return refTo(schema.target().name);
    default: {
      if (schema.definition !== undefined) return refTo(schema.definition);
      const special = SPECIAL_DEFINITIONS[schema.type];
      return special === undefined ? { ...FORMATS[schema.type] } : refTo(special.name);
    }
  }
}

/** The schema of an item or a value. A reference with siblings is wrapped in `allOf`, as OpenAPI 3.0 demands. */
function fieldSchema(schema: Schema, description = schema.description): OpenApiSchema {
  const core = base(schema);
  const extra: OpenApiSchema = { ...extensions(schema) };
  if (description !== undefined) extra.description = description;
  if (schema.enum !== undefined) extra.enum = schema.enum;
  if (!('$ref' in core)) return { ...core, ...extra };
  return Object.keys(extra).length === 0 ? core : { allOf: [core], ...extra };
}

const ZEROS: Readonly<Record<string, unknown>> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  double: 0,
};

/** The default that the document states. For the original's types that is not what the server sets. */
function publishedDefault(owner: StructType, name: string, schema: Schema): unknown {
  if (!owner.name.startsWith('io.k8s.')) return schema.default;
  if (schema.published !== undefined) return schema.published ?? undefined;
  if (schema.type in ZEROS) return schema.required === true ? ZEROS[schema.type] : undefined;
  const isReference = '$ref' in base(schema);
  return isReference && schema.type !== 'raw' && isByValue(name, schema) ? {} : undefined;
}

/** References are wrapped in `allOf` even without siblings: so does the original, and some clients look for it. */
function propertySchema(owner: StructType, name: string, schema: Schema): OpenApiSchema {
  const property = fieldSchema(schema, schema.description ?? describedBy(owner, name));
  const value = publishedDefault(owner, name, schema);
  const wrapped = '$ref' in property ? { allOf: [property] } : property;
  return value === undefined ? wrapped : { ...wrapped, default: value };
}

/** Adds the definition of `type` and of all that it refers to. */
export function collectDefinitions(type: StructType, into: Map<string, OpenApiSchema>): void {
  if (into.has(type.name)) return;
  const definition: OpenApiSchema = { type: 'object' };
  into.set(type.name, definition);
  if (type.description !== undefined) definition.description = type.description;
  if (type.mapType !== undefined) definition['x-kubernetes-map-type'] = type.mapType;
  if (type.unions !== undefined) definition['x-kubernetes-unions'] = type.unions;
  const properties: Record<string, OpenApiSchema> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(type.fields)) {
    properties[name] = propertySchema(type, name, field);
    if (field.required === true) required.push(name);
    collectReferred(field, into);
  }
  if (Object.keys(properties).length > 0) definition.properties = properties;
  if (required.length > 0) definition.required = required;
}

function collectReferred(schema: Schema, into: Map<string, OpenApiSchema>): void {
  if (schema.type === 'array') collectReferred(schema.items, into);
  else if (schema.type === 'map') collectReferred(schema.values, into);
  else if (schema.type === 'ref') collectDefinitions(schema.target(), into);
  else if (schema.definition !== undefined)
    into.set(schema.definition, OPAQUE_DEFINITIONS[schema.definition] ?? {});
  else {
    const special = SPECIAL_DEFINITIONS[schema.type];
    if (special !== undefined) into.set(special.name, special.schema);
  }
}
