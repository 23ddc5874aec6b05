import { type FieldError, invalid } from '@gantry/machinery/field-error';
import { goText } from '@gantry/machinery/go-text';
import { isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import type { ScaleSubresource } from '../definition.ts';

const MAX_INT32 = 2_147_483_647;

const isInt64 = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 2 ** 63;

const goType = (value: unknown): string => {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return isInt64(value) ? 'int64' : 'float64';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
};

/** The value at a dotted path, or what keeps it from being reached. */
function valueAt(object: AnyObject, path: string): { readonly value?: unknown; readonly error?: string } {
  const parts = path.replace(/^\./, '').split('.');
  let value: unknown = object;
  for (const [index, part] of parts.entries()) {
    if (value === null || value === undefined) return {};
    if (!isObject(value)) {
      const at = parts.slice(0, index + 1).join('.');
      return {
        error: `.${at} accessor error: ${goText(value)} is of the type ${goType(value)}, expected map[string]interface{}`,
      };
    }
    if (!Object.hasOwn(value, part)) return {};
    value = value[part];
  }
  return { value };
}

function replicaErrors(object: AnyObject, path: string): FieldError[] {
  const { value, error } = valueAt(object, path);
  if (error !== undefined) return [invalid(path, 0, error)];
  if (value === undefined) return [];
  if (typeof value !== 'number' || !isInt64(value)) {
    const at = path.replace(/^\./, '');
    return [
      invalid(
        path,
        0,
        `.${at} accessor error: ${goText(value)} is of the type ${goType(value)}, expected int64`,
      ),
    ];
  }
  if (value < 0) return [invalid(path, value, 'should be a non-negative integer')];
  return value > MAX_INT32 ? [invalid(path, value, `should be less than or equal to ${MAX_INT32}`)] : [];
}

/** What the scale subresource needs: numbers of replicas that are numbers, a selector that is text. */
export function scaleErrors(
  object: AnyObject,
  scale: ScaleSubresource | undefined,
  withSpec: boolean,
): FieldError[] {
  if (scale === undefined) return [];
  const errors = withSpec ? replicaErrors(object, scale.specReplicasPath) : [];
  errors.push(...replicaErrors(object, scale.statusReplicasPath));
  if (scale.labelSelectorPath === undefined) return errors;
  const { value, error } = valueAt(object, scale.labelSelectorPath);
  const wrong =
    error ??
    (value === undefined || typeof value === 'string'
      ? undefined
      : `${scale.labelSelectorPath} accessor error: ${goText(value)} is of the type ${goType(value)}, expected string`);
  if (wrong !== undefined) errors.push(invalid(scale.labelSelectorPath, '', wrong));
  return errors;
}
