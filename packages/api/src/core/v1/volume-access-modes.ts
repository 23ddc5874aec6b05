import { forbidden, notSupported, required } from '@gantry/machinery/field-error';
import type { Errors } from '../../validation/common.ts';

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Access modes of a volume or a claim; `none` is what an empty list is told. */
export function validateAccessModes(
  modes: readonly string[] | undefined,
  path: string,
  errors: Errors,
  none = 'at least 1 access mode is required',
): void {
  const list = modes ?? [];
  if (list.length === 0) errors.push(required(`${path}.accessModes`, none));
  for (const mode of list)
    if (!MODES.includes(mode)) errors.push(notSupported(`${path}.accessModes`, mode, MODES));
  if (
    list.includes('ReadWriteOncePod') &&
    list.some((mode) => mode !== 'ReadWriteOncePod' && MODES.includes(mode))
  )
    errors.push(forbidden(`${path}.accessModes`, 'may not use ReadWriteOncePod with other access modes'));
}

/** `RWO,ROX`, as tables show it: in this order, each once. */
export function shortAccessModes(modes: readonly string[] | undefined): string {
  return Object.entries(SHORT)
    .filter(([mode]) => modes?.includes(mode))
    .map(([, text]) => text)
    .join(',');
}
