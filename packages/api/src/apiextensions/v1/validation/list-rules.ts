import { type FieldError, forbidden, invalid, required } from '@gantry/machinery/field-error';
import type { JsonSchema } from '../definition.ts';
import { itemsOf, propertyOf } from '../schema/nodes.ts';

/** As notSupported, with the choices in the original's order. */
const unsupportedChoice = (field: string, value: string, choices: readonly string[]): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${choices.map((one) => JSON.stringify(one)).join(', ')}`,
});

/** Rules of `x-kubernetes-list-type`, `-list-map-keys` and `-map-type` on one node. */
export function listErrors(schema: JsonSchema, path: string): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const errors: FieldError[] = [];
  const mustBe = (type: string, name: string): void => {
    const detail = `must be ${type} if ${name} is specified`;
    errors.push(
      (schema.type ?? '') === ''
        ? required(`${path}.type`, detail)
        : invalid(`${path}.type`, schema.type, detail),
    );
  };
  if (mapType !== undefined) {
    if (schema.type !== 'object') mustBe('object', 'x-kubernetes-map-type');
    if (mapType !== 'atomic' && mapType !== 'granular')
      errors.push(unsupportedChoice(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular']));
  }
  if (listType !== undefined) {
    if (schema.type !== 'array') mustBe('array', 'x-kubernetes-list-type');
    else if (listType === 'set') errors.push(...setErrors(schema, path));
    if (listType !== 'atomic' && listType !== 'set' && listType !== 'map')
      errors.push(unsupportedChoice(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map']));
  }
  if (keys.length > 0 && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    const at = `${path}.x-kubernetes-list-type`;
    errors.push(listType === undefined ? required(at, detail) : invalid(at, listType, detail));
  }
  if (listType === 'map') errors.push(...mapErrors(schema, keys, path));
  return errors.concat(keyedErrors(schema, keys, path));
}

/** Items of a set are compared as a whole. */
function setErrors(schema: JsonSchema, path: string): FieldError[] {
  const items = itemsOf(schema);
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const itemList = items?.['x-kubernetes-list-type'];
  if (items?.type === 'array' && itemList !== undefined && itemList !== 'atomic')
    return [invalid(`${path}.items.x-kubernetes-list-type`, itemList, detail)];
  if (items?.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic')
    return [invalid(`${path}.items.x-kubernetes-map-type`, itemList ?? null, detail)];
  return [];
}

function mapErrors(schema: JsonSchema, keys: readonly string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const keysAt = `${path}.x-kubernetes-list-map-keys`;
  if (keys.length === 0) errors.push(required(keysAt, 'must not be empty if x-kubernetes-list-type is map'));
  const items = itemsOf(schema);
  if (items === undefined) {
    errors.push(
      schema.items === undefined
        ? required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')
        : invalid(
            `${path}.items`,
            schema.items,
            'must only have a single schema if x-kubernetes-list-type is map',
          ),
    );
    return errors;
  }
  if (items.type !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    errors.push(invalid(`${path}.items.type`, items.type ?? '', detail));
    return errors;
  }
  const seen = new Set<string>();
  for (const key of keys) {
    const property = propertyOf(items, key);
    if (property === undefined)
      errors.push(invalid(keysAt, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object')
      errors.push(
        invalid(
          `${path}.items.properties[${key}].type`,
          items.type,
          "must be a scalar type if parent array's x-kubernetes-list-type is map",
        ),
      );
    if (seen.has(key)) errors.push(invalid(keysAt, keys, 'must not contain duplicate entries'));
    seen.add(key);
  }
  return errors;
}

/** Keys must be there: required or with a default, and never null. */
function keyedErrors(schema: JsonSchema, keys: readonly string[], path: string): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  const items = itemsOf(schema);
  if (items === undefined || (listType !== 'set' && listType !== 'map')) return [];
  const errors: FieldError[] = [];
  if (items.nullable === true)
    errors.push(
      forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${listType}`),
    );
  if (listType !== 'map') return errors;
  for (const key of keys) {
    const property = propertyOf(items, key);
    if (property === undefined) continue;
    const at = `${path}.items.properties[${key}]`;
    const reason = 'this property is in x-kubernetes-list-map-keys, so it';
    if (items.required?.includes(key) !== true && property.default === undefined)
      errors.push(required(`${at}.default`, `${reason} must have a default or be a required property`));
    if (property.nullable === true) errors.push(forbidden(`${at}.nullable`, `${reason} cannot be nullable`));
  }
  return errors;
}
