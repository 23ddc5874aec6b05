import type { FieldsV1, ManagedFieldsEntry } from '@gantry/machinery/object';

/** The manager under which the sync applies what Git says. */
const SYNC_MANAGER = 'gantry-sync';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields that the sync applied, as the trie of managed fields says. */
export function syncFields(entries: readonly ManagedFieldsEntry[] | undefined): FieldsV1 | undefined {
  return entries?.find(
    ({ manager, operation, subresource }) =>
      manager === SYNC_MANAGER && operation === 'Apply' && subresource === undefined,
  )?.fieldsV1;
}

function itemOf(list: readonly unknown[], key: string): readonly [string, unknown] | undefined {
  const body = key.slice(2);
  if (key.startsWith('i:')) return [body, list[Number(body)]];
  const wanted = JSON.parse(body) as unknown;
  if (key.startsWith('v:')) return [String(wanted), list.includes(wanted) ? wanted : undefined];
  if (!isRecord(wanted)) return undefined;
  const name = Object.entries(wanted)
    .map(([field, value]) => `${field}=${value}`)
    .join(',');
  const found = list.find(
    (item) => isRecord(item) && Object.entries(wanted).every(([field, value]) => item[field] === value),
  );
  return [name, found];
}

/**
 * The part of a value that a trie of fields names; items of keyed lists stand under their keys, so that two states
 * compare item by item. https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function ownedPart(value: unknown, fields: FieldsV1): unknown {
  const keys = Object.keys(fields).filter((key) => key !== '.');
  if (keys.length === 0 || value === undefined) return value;
  const part: Record<string, unknown> = {};
  for (const key of keys) {
    const below = fields[key] ?? {};
    if (key.startsWith('f:')) {
      const name = key.slice(2);
      part[name] = isRecord(value) ? ownedPart(value[name], below) : undefined;
    } else if (Array.isArray(value)) {
      const item = itemOf(value, key);
      if (item !== undefined) part[item[0]] = ownedPart(item[1], below);
    }
  }
  return part;
}
