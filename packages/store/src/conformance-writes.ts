import type { ObjectKey, Write, WriteOutcome } from './port.ts';

export const keyOf = (name: string): ObjectKey => ({ resource: 'configmaps', namespace: 'default', name });
export const namespaceKey = (name: string): ObjectKey => ({ resource: 'namespaces', namespace: '', name });

export function create(name: string, body = '{}'): Write & { op: 'create' } {
  return { op: 'create', key: keyOf(name), uid: `uid-${name}`, body };
}

export function update(name: string, expected: number, body = '{}'): Write & { op: 'update' } {
  return { op: 'update', key: keyOf(name), expected, body };
}

export function remove(name: string, expected: number): Write & { op: 'delete' } {
  return { op: 'delete', key: keyOf(name), expected };
}

/** The revision of a write that must succeed. */
export async function revisionOf(outcome: Promise<WriteOutcome>): Promise<number> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`the write failed: ${JSON.stringify(settled)}`);
  return settled.revision;
}
