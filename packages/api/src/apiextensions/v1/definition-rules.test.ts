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

describe('what a rule may cost', () => {
  test.each<[string, JsonSchema]>([
    [
      'names of types are as large as the value',
      {
        'x-kubernetes-int-or-string': true,
        'x-kubernetes-validations': [{ rule: 'type(self) == int ? self < 5 : self.endsWith("%")' }],
      },
    ],
    [
      'keys of maps count as empty',
      {
        type: 'object',
        additionalProperties: { type: 'string' },
        'x-kubernetes-validations': [{ rule: 'self.all(k, self[k] == k)' }],
      },
    ],
  ])('%s', (_name, spec) => {
    expect(ofSpec(spec)).toEqual([]);
  });

  test('a rule that does not compile uses no old value', () => {
    const rule = { rule: 'self == oldSelf', optionalOldSelf: true };
    expect(ofSpec({ type: 'string', 'x-kubernetes-validations': [rule] })).toEqual([
      expect.stringContaining('found no matching overload'),
      `${SPEC}.x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule`,
    ]);
  });
});

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

describe('as the original reads it', () => {
  test('a webhook of which nothing is said is none', () => {
    const conversion = { strategy: 'None', webhook: {} };
    const made = definition({ type: 'object' }, {}, { conversion });
    expect(made.spec.conversion).toEqual({ strategy: 'None' });
  });

  test('selectable fields need a schema where they stand', () => {
    const selectableFields = [{ jsonPath: '.spec.a' }];
    const a = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } },
    };
    const version = (name: string, schema: object) => ({
      ...{ name, served: true, storage: name === 'v1', selectableFields },
      schema: { openAPIV3Schema: schema },
    });
    const versions = [version('v1', a), version('v2', { ...a, description: 'another' })];
    expect(errors(definition({}, {}, { versions }))).toEqual([
      'spec.selectableFields: Invalid value: "": may only be set when validations.schema is included',
    ]);
  });

  test('a default may be wrong in two ways, and a factor is of the type', () => {
    expect(ofSpec({ type: 'string', default: { zz: 1 } })).toEqual([
      `${SPEC}.default: Invalid value: {"zz":1}: must not have unknown fields`,
      `${SPEC}.default: Invalid value: "object":  in body must be of type string: "object"`,
    ]);
    const factor = (type: string, multipleOf: number, value: number) =>
      ofSpec({ type, multipleOf, default: value });
    expect(factor('integer', 0, 5)).toEqual([
      `${SPEC}.default: Invalid value: 0: factor MultipleOf declared for  must be positive: 0`,
    ]);
    expect(factor('integer', 1.5, 3)).toEqual([
      `${SPEC}.default: Invalid value: "": MultipleOf value must be of type integer (default format) in `,
    ]);
    expect(factor('number', 2.5, 3)).toEqual([
      `${SPEC}.default: Invalid value: 3:  in body should be a multiple of 2`,
    ]);
    expect(factor('number', 0.5, 1.5)).toEqual([]);
  });

  test('a text that must be empty costs nothing', () => {
    const rules = [{ rule: 'self.contains("a") || self == oldSelf' }];
    expect(ofSpec({ type: 'string', maxLength: 0, 'x-kubernetes-validations': rules })).toEqual([]);
  });
});
