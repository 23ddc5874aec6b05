import { structDecoder } from '../../../schema/decode.ts';
import { DecodeError, jsonTypeName } from '../../../schema/decode-scalar.ts';
import type { FieldOptions, ScalarSchema, StructType } from '../../../schema/dsl.ts';
import { structNormaliser } from '../../../schema/zero-values.ts';

const ROOT = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

type Parse = (value: unknown) => unknown;

const opaque = (name: string, parse: Parse, options: FieldOptions = {}): ScalarSchema => ({
  type: 'raw',
  definition: `${ROOT}.${name}`,
  parse,
  ...options,
});

/** Unknown fields inside are dropped, but not reported: the original's decoder loses sight of them here. */
function schemaOf(target: () => StructType, value: unknown): unknown {
  const schema = structDecoder(target())(value, { path: [], unknown: [] }, '');
  structNormaliser(target())?.(schema as Record<string, unknown>);
  return schema;
}

const isStruct = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any JSON value: a default, an example, a value of an enum. */
export const json = (options?: FieldOptions): ScalarSchema => opaque('JSON', (value) => value, options);

/** `additionalProperties`, `additionalItems`. */
export const schemaOrBool = (target: () => StructType, options?: FieldOptions): ScalarSchema =>
  opaque(
    'JSONSchemaPropsOrBool',
    (value) => {
      if (typeof value === 'boolean') return value;
      if (!isStruct(value)) throw new DecodeError('boolean or JSON schema expected');
      return schemaOf(target, value);
    },
    options,
  );

/** `items`. The original reads a text or a number as nothing. */
export const schemaOrArray = (target: () => StructType, options?: FieldOptions): ScalarSchema =>
  opaque(
    'JSONSchemaPropsOrArray',
    (value) => {
      if (Array.isArray(value)) return value.map((item) => schemaOf(target, item));
      return isStruct(value) ? schemaOf(target, value) : undefined;
    },
    options,
  );

/** `dependencies`. The original reads what is neither a schema nor a list as nothing. */
export const schemaOrStringArray = (target: () => StructType): ScalarSchema =>
  opaque('JSONSchemaPropsOrStringArray', (value) => {
    if (Array.isArray(value)) {
      for (const item of value)
        if (typeof item !== 'string') throw DecodeError.unmarshal(jsonTypeName(item), [], '', 'string');
      return value;
    }
    return isStruct(value) ? schemaOf(target, value) : [];
  });
