import { isObject, type JsonObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';

/** Characters; a longer manifest is left out. */
const MAX_MANIFEST = 2 * 1024 * 1024;
const MAX_IMAGES = 100;
const MAX_DEPTH = 24;
const MAX_IMAGE = 1_024;
const HIDDEN = '(hidden)';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CONTAINERS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** What Postgres keeps: no NUL. */
export const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text);

const hidden = (values: unknown): JsonObject =>
  Object.fromEntries(Object.keys(isObject(values) ? values : {}).map((key) => [key, HIDDEN]));

/** An object as the ledger keeps it: no book-keeping of the server, no values of Secrets. A copy. */
export function ledgerManifest(object: AnyObject): AnyObject {
  const { status: _status, ...rest } = object;
  const {
    managedFields: _fields,
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = object.metadata ?? { name: '' };
  if (object.kind !== 'Secret' || (object.apiVersion !== 'v1' && object.apiVersion !== undefined))
    return { ...rest, metadata } as AnyObject;
  const { [LAST_APPLIED]: _applied, ...annotations } = metadata.annotations ?? {};
  return {
    ...rest,
    // People keep all kinds of things there.
    metadata:
      metadata.annotations === undefined ? metadata : { ...metadata, annotations: hidden(annotations) },
    ...(object.data === undefined ? {} : { data: hidden(object.data) }),
    ...(object.stringData === undefined ? {} : { stringData: hidden(object.stringData) }),
  } as AnyObject;
}

/** JSON of `ledgerManifest`; null for one that is too long. */
export function manifestText(object: AnyObject): string | null {
  const text = JSON.stringify(ledgerManifest(object));
  return text.length > MAX_MANIFEST ? null : storable(text);
}

/** Images of all containers in an object of any kind, custom ones too; each once, the first hundred. */
export function imagesOf(object: unknown): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || found.size >= MAX_IMAGES) return;
    if (Array.isArray(value)) {
      for (const item of value) if (isObject(item)) walk(item, depth + 1);
      return;
    }
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (CONTAINERS.has(key) && Array.isArray(inner))
        for (const container of inner) if (isObject(container)) add(container.image);
      if (typeof inner === 'object' && inner !== null) walk(inner, depth + 1);
    }
  };
  const add = (image: unknown): void => {
    if (typeof image === 'string' && image !== '' && image.length <= MAX_IMAGE && found.size < MAX_IMAGES)
      found.add(storable(image));
  };
  walk(object, 0);
  return [...found];
}
