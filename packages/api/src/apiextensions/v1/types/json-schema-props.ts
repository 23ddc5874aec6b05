import {
  array,
  boolean,
  double,
  int64,
  map,
  ref,
  type StructType,
  string,
  struct,
} from '../../../schema/dsl.ts';
import { json, schemaOrArray, schemaOrBool, schemaOrStringArray } from './json-values.ts';

export const ExternalDocumentation = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation',
  {
    description: string(),
    url: string(),
  },
);

export const ValidationRule = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule',
  {
    fieldPath: string(),
    message: string(),
    messageExpression: string(),
    optionalOldSelf: boolean(),
    reason: string(),
    rule: string({ required: true }),
  },
);

export const JSONSchemaProps: StructType = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps',
  {
    $ref: string(),
    $schema: string(),
    additionalItems: schemaOrBool(() => JSONSchemaProps),
    additionalProperties: schemaOrBool(() => JSONSchemaProps),
    allOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic' },
    ),
    anyOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic' },
    ),
    default: json({ description: 'What an absent field is set to.' }),
    definitions: map(ref(() => JSONSchemaProps)),
    dependencies: map(schemaOrStringArray(() => JSONSchemaProps)),
    description: string(),
    enum: array(json(), { listType: 'atomic' }),
    example: json(),
    exclusiveMaximum: boolean(),
    exclusiveMinimum: boolean(),
    externalDocs: ref(() => ExternalDocumentation),
    format: string(),
    id: string(),
    items: schemaOrArray(() => JSONSchemaProps),
    maxItems: int64(),
    maxLength: int64(),
    maxProperties: int64(),
    maximum: double(),
    minItems: int64(),
    minLength: int64(),
    minProperties: int64(),
    minimum: double(),
    multipleOf: double(),
    not: ref(() => JSONSchemaProps),
    nullable: boolean(),
    oneOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic' },
    ),
    pattern: string(),
    patternProperties: map(ref(() => JSONSchemaProps)),
    properties: map(ref(() => JSONSchemaProps)),
    required: array(string(), { listType: 'atomic' }),
    title: string(),
    type: string(),
    uniqueItems: boolean(),
    'x-kubernetes-embedded-resource': boolean(),
    'x-kubernetes-int-or-string': boolean(),
    'x-kubernetes-list-map-keys': array(string(), { listType: 'atomic' }),
    'x-kubernetes-list-type': string(),
    'x-kubernetes-map-type': string(),
    'x-kubernetes-preserve-unknown-fields': boolean(),
    'x-kubernetes-validations': array(
      ref(() => ValidationRule),
      { listType: 'map', listMapKeys: ['rule'], patchStrategy: 'merge', patchMergeKey: 'rule' },
    ),
  },
);
