import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import type { DefinitionVersion } from '../definition.ts';

function pathErrors(
  value: string | undefined,
  path: string,
  roots: readonly string[],
  detail: string,
): FieldError[] {
  if (value === undefined || value === '') return [required(path)];
  if (!value.startsWith('.')) return [invalid(path, value, 'must be a simple json path starting with .')];
  return roots.some((root) => value.startsWith(root)) ? [] : [invalid(path, value, detail)];
}

/** Paths of the scale subresource lie in the spec and the status. */
export function validateSubresources(
  subresources: DefinitionVersion['subresources'],
  path: string,
): FieldError[] {
  const scale = subresources?.scale;
  if (scale === undefined) return [];
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  const at = `${path}.scale`;
  return [
    ...pathErrors(
      specReplicasPath,
      `${at}.specReplicasPath`,
      ['.spec.'],
      'should be a json path under .spec',
    ),
    ...pathErrors(
      statusReplicasPath,
      `${at}.statusReplicasPath`,
      ['.status.'],
      'should be a json path under .status',
    ),
    ...(labelSelectorPath
      ? pathErrors(
          labelSelectorPath,
          `${at}.labelSelectorPath`,
          ['.spec.', '.status.'],
          'should be a json path under either .spec or .status',
        )
      : []),
  ];
}
