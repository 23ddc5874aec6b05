import { describe, expect, test } from 'vitest';
import type { Definition, DefinitionVersion, JsonSchema } from './definition.ts';
import { definitionRules } from './definition-rules.ts';

function definition(
  schema: JsonSchema,
  version: Partial<DefinitionVersion> = {},
  spec: object = {},
): Definition {
  const made = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version },
      ],
      ...spec,
    },
  } as Definition;
  definitionRules.defaults?.(made, undefined as never);
  definitionRules.prepareForCreate?.(made, undefined as never);
  return made;
}

const errors = (made: Definition): string[] =>
  (definitionRules.validate?.(made, undefined as never) ?? []).map(
    ({ field, message }) => `${field}: ${message}`,
  );
const ofSpec = (spec: JsonSchema): string[] => errors(definition({ type: 'object', properties: { spec } }));
const SPEC = 'spec.validation.openAPIV3Schema.properties[spec]';

describe('a schema must be structural', () => {
  test.each<[string, JsonSchema, string]>([
    [
      'a type',
      { properties: {} },
      `${SPEC}.type: Required value: must not be empty for specified object fields`,
    ],
    [
      'a type of items',
      { type: 'array', items: {} },
      `${SPEC}.items.type: Required value: must not be empty for specified array items`,
    ],
    [
      'no type below a junctor',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        anyOf: [{ properties: { a: { type: 'string' } } }],
      },
      `${SPEC}.anyOf[0].properties[a].type: Forbidden: must be empty to be structural`,
    ],
    [
      'not both properties and additionalProperties',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'string' } },
      `${SPEC}.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`,
    ],
  ])('%s', (_name, spec, message) => {
    expect(ofSpec(spec)).toContain(message);
  });

  test('nothing below a junctor that is not outside', () => {
    expect(errors(definition({ type: 'object', anyOf: [{ properties: { a: {} } }] }))).toEqual([
      'spec.validation.openAPIV3Schema.properties[a]: Required value: because it is defined in spec.validation.openAPIV3Schema.anyOf[0].properties[a]',
    ]);
  });
});

describe('a schema may not have', () => {
  test.each<[string, JsonSchema, string]>([
    ['$ref', { type: 'string', $ref: '#/x' }, `${SPEC}.$ref: Forbidden: $ref is not supported`],
    [
      'uniqueItems',
      { type: 'array', uniqueItems: true, items: { type: 'string' } },
      `${SPEC}.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic`,
    ],
    [
      'a list map without keys',
      { type: 'array', 'x-kubernetes-list-type': 'map', items: { type: 'object' } },
      `${SPEC}.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
    ],
    [
      'a bad pattern',
      { type: 'string', pattern: '(' },
      `${SPEC}.pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): \`(\``,
    ],
    [
      'a default of another type',
      { type: 'integer', default: 'x' },
      `${SPEC}.default: Invalid value: "string":  in body must be of type integer: "string"`,
    ],
  ])('%s', (_name, spec, message) => {
    expect(ofSpec(spec)).toContain(message);
  });

  test('defaults that pruning would change', () => {
    const spec: JsonSchema = {
      type: 'object',
      default: { a: 1, b: 2 },
      properties: { a: { type: 'integer' } },
    };
    expect(ofSpec(spec)).toEqual([
      `${SPEC}.default: Invalid value: {"a":1,"b":2}: must not have unknown fields`,
    ]);
  });
});

describe('a definition', () => {
  const plain: JsonSchema = { type: 'object' };
  test('is good when it is plain', () => {
    expect(errors(definition(plain))).toEqual([]);
  });
  test('is named after its plural and group', () => {
    expect(errors(definition(plain, {}, { group: 'other.com' }))).toContain(
      'metadata.name: Invalid value: "widgets.example.com": must be spec.names.plural+"."+spec.group',
    );
  });
  test('has one storage version and served names that are labels', () => {
    expect(errors(definition(plain, { storage: false })).join('\n')).toMatch(
      /spec\.versions: Invalid value: .*must have exactly one version marked as storage version/,
    );
    expect(errors(definition(plain, { name: 'V1' })).join('\n')).toMatch(
      /spec\.versions\[0\]\.name: Invalid value: "V1"/,
    );
  });
  test('needs approval for a group of the community', () => {
    const made = definition(plain, {}, { group: 'x.k8s.io' });
    made.metadata.name = 'widgets.x.k8s.io';
    expect(errors(made)).toEqual([
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ]);
  });
  test('selects by fields that have one value', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        spec: { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } },
      },
    };
    expect(errors(definition(schema, { selectableFields: [{ jsonPath: '.spec.a' }] })).join()).toMatch(
      /spec\.(versions\[0\]\.)?selectableFields\[0\]\.jsonPath: Invalid value/,
    );
  });
  test('names what its scale reads', () => {
    const scale = { specReplicasPath: 'spec.replicas', statusReplicasPath: '.status.replicas' };
    expect(errors(definition(plain, { subresources: { scale } })).join()).toMatch(
      /specReplicasPath: Invalid value/,
    );
  });
});
