import type { AnyObject } from '@gantry/machinery/object';

const META_ORDER = ['name', 'generateName', 'namespace', 'selfLink', 'uid'] as const;
const META_REST = [
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const;

/**
 * JSON text for the store, with the revision slot. Type and identity come first, so that the first match of the slot
 * is the object's own: what precedes it are strings, whose quotes are escaped.
 */
export function encodeBody(object: AnyObject): string {
  const { kind, apiVersion, metadata, ...rest } = object;
  return JSON.stringify({ kind, apiVersion, metadata: orderedMetadata(metadata, ''), ...rest });
}

/** As encodeBody, with the revision that the object carries: response bytes of what was not stored (dry run). */
export function encodeObject(object: AnyObject): string {
  const { kind, apiVersion, metadata, ...rest } = object;
  return JSON.stringify({
    kind,
    apiVersion,
    metadata: orderedMetadata(metadata, metadata?.resourceVersion),
    ...rest,
  });
}

function orderedMetadata(
  metadata: AnyObject['metadata'],
  resourceVersion: string | undefined,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of META_ORDER) out[name] = metadata[name];
  out.resourceVersion = resourceVersion;
  for (const name of META_REST) out[name] = metadata[name];
  return out;
}
