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
    description: string({ description: 'What is found there.' }),
    url: string({ description: 'Where it is.' }),
  },
  { description: 'A link to documentation.' },
);

export const ValidationRule = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule',
  {
    fieldPath: string({
      description: 'Path of the field that the error names, below this value, such as .spec.replicas.',
    }),
    message: string({ description: 'What is told when it fails. Needed when the rule has line breaks.' }),
    messageExpression: string({ description: 'CEL expression for the message; wins over message.' }),
    optionalOldSelf: boolean({
      description: 'true: a rule that reads oldSelf runs on creation too, with oldSelf as an optional.',
    }),
    reason: string({
      description:
        'FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate. Default: FieldValueInvalid.',
    }),
    rule: string({
      required: true,
      description:
        'CEL expression about self; false is an error. One that reads oldSelf runs on updates only.',
    }),
  },
  { description: 'A rule in CEL about a value.' },
);

export const JSONSchemaProps: StructType = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps',
  {
    $ref: string({ description: 'Not allowed here.' }),
    $schema: string({ description: 'Dialect of the schema; not looked at.' }),
    additionalItems: schemaOrBool(() => JSONSchemaProps, { description: 'Not allowed here.' }),
    additionalProperties: schemaOrBool(() => JSONSchemaProps, {
      description: 'Schema of the values of a map, or true. Not together with properties.',
    }),
    allOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic', description: 'Schemas, all of which must hold.' },
    ),
    anyOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic', description: 'Schemas, one of which must hold at least.' },
    ),
    default: json({ description: 'What an absent field is set to.' }),
    definitions: map(
      ref(() => JSONSchemaProps),
      { description: 'Not allowed here.' },
    ),
    dependencies: map(
      schemaOrStringArray(() => JSONSchemaProps),
      { description: 'Not allowed here.' },
    ),
    description: string({ description: 'What the field is, for people.' }),
    enum: array(json(), { listType: 'atomic', description: 'Values that are allowed.' }),
    example: json({ description: 'An example of a value.' }),
    exclusiveMaximum: boolean({ description: 'Whether maximum itself is not allowed.' }),
    exclusiveMinimum: boolean({ description: 'Whether minimum itself is not allowed.' }),
    externalDocs: ref(() => ExternalDocumentation, { description: 'Documentation that is somewhere else.' }),
    format: string({
      description: 'Format of the value, such as int32, date-time or ipv4. Unknown ones are not looked at.',
    }),
    id: string({ description: 'Not allowed here.' }),
    items: schemaOrArray(() => JSONSchemaProps, { description: 'Schema of the items of a list.' }),
    maxItems: int64({ description: 'Most items of a list.' }),
    maxLength: int64({ description: 'Most characters of a text.' }),
    maxProperties: int64({ description: 'Most keys of a map.' }),
    maximum: double({ description: 'Largest number.' }),
    minItems: int64({ description: 'Fewest items of a list.' }),
    minLength: int64({ description: 'Fewest characters of a text.' }),
    minProperties: int64({ description: 'Fewest keys of a map.' }),
    minimum: double({ description: 'Smallest number.' }),
    multipleOf: double({ description: 'The number is a multiple of this.' }),
    not: ref(() => JSONSchemaProps, { description: 'A schema that must not hold.' }),
    nullable: boolean({ description: 'Whether null is allowed. Default: false.' }),
    oneOf: array(
      ref(() => JSONSchemaProps),
      { listType: 'atomic', description: 'Schemas, exactly one of which must hold.' },
    ),
    pattern: string({ description: 'Regular expression that matches somewhere in a text.' }),
    patternProperties: map(
      ref(() => JSONSchemaProps),
      { description: 'Not allowed here.' },
    ),
    properties: map(
      ref(() => JSONSchemaProps),
      { description: 'Schemas of the fields, by name.' },
    ),
    required: array(string(), { listType: 'atomic', description: 'Fields that must be there.' }),
    title: string({ description: 'A heading, for people.' }),
    type: string({ description: 'object, array, string, integer, number or boolean.' }),
    uniqueItems: boolean({ description: 'Must not be true; use x-kubernetes-list-type: set.' }),
    'x-kubernetes-embedded-resource': boolean({
      description: 'Whether the value is an object with apiVersion, kind and metadata.',
    }),
    'x-kubernetes-int-or-string': boolean({
      description: 'Whether the value is an integer or a text. type is unset then.',
    }),
    'x-kubernetes-list-map-keys': array(string(), {
      listType: 'atomic',
      description: 'Fields that tell the items of a map list apart.',
    }),
    'x-kubernetes-list-type': string({
      description: 'How changes of a list are merged: atomic, set or map. Default: atomic.',
    }),
    'x-kubernetes-map-type': string({
      description: 'How changes of an object are merged: granular or atomic. Default: granular.',
    }),
    'x-kubernetes-preserve-unknown-fields': boolean({
      description: 'true: fields without a schema are kept here.',
    }),
    'x-kubernetes-validations': array(
      ref(() => ValidationRule),
      {
        listType: 'map',
        listMapKeys: ['rule'],
        patchStrategy: 'merge',
        patchMergeKey: 'rule',
        description: 'Rules in CEL.',
      },
    ),
  },
  { description: 'A JSON schema: OpenAPI 3.0 with extensions, as a structural schema allows.' },
);
