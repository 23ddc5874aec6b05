import { structDecoder } from '../../../schema/decode.ts';
import { DecodeError, jsonTypeName } from '../../../schema/decode-scalar.ts';
import type { FieldOptions, ScalarSchema, StructType } from '../../../schema/dsl.ts';

const ROOT = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

type Parse = (value: unknown) => unknown;

const opaque = (name: string, parse: Parse, options: FieldOptions = {}): ScalarSchema => ({
  type: 'raw',
  definition: `${ROOT}.${name}`,
  parse,
  ...options,
});

/** Unknown fields inside are dropped, but not reported: the original's decoder loses sight of them here. */
const schemaOf = (target: () => StructType, value: unknown): unknown =>
  structDecoder(target())(value, { path: [], unknown: [] }, '');

const isStruct = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (value: unknown, name: string): DecodeError =>
  new DecodeError(`json: cannot unmarshal ${jsonTypeName(value)} into Go value of type v1.${name}`);

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

/** `items`. */
export const schemaOrArray = (target: () => StructType, options?: FieldOptions): ScalarSchema =>
  opaque(
    'JSONSchemaPropsOrArray',
    (value) => {
      if (Array.isArray(value)) return value.map((item) => schemaOf(target, item));
      if (!isStruct(value)) throw wrong(value, 'JSONSchemaPropsOrArray');
      return schemaOf(target, value);
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
