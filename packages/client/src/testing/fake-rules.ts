import type { AnyObject } from '@gantry/machinery/object';
import type { ListOptions } from '../port.ts';

export type Selection = (object: AnyObject) => boolean;

/** Equality requirements only (`a=b,c!=d`): all that the components ask of a server. */
function requirements(text: string | undefined): (read: (path: string) => string) => boolean {
  const terms = (text ?? '').split(',').filter((term) => term !== '');
  const parsed = terms.map((term) => {
    const [, path = '', operator = '', value = ''] = /^([^=!]+)(!=|==?)(.*)$/.exec(term) ?? [];
    return { path: path.trim(), negated: operator === '!=', value };
  });
  return (read) => parsed.every(({ path, negated, value }) => (read(path) === value) !== negated);
}

export function selectionOf(options: ListOptions): Selection {
  const labels = requirements(options.labelSelector);
  const fields = requirements(options.fieldSelector);
  return (object) =>
    (!options.namespace || object.metadata.namespace === options.namespace) &&
    labels((key) => object.metadata.labels?.[key] ?? '') &&
    fields((path) => {
      let value: unknown = object;
      for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
      return value === undefined ? '' : String(value);
    });
}

/** RFC 7396. The fake takes strategic merge and apply patches for it too. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (Array.isArray(patch) || typeof patch !== 'object' || patch === null) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}
