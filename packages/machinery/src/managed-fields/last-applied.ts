import { isObject, type JsonObject, parseJson, stableStringify } from '../json.ts';
import { annotationsSize, MAX_ANNOTATIONS_SIZE } from '../object-meta.ts';
import type { SchemaView } from '../schema-view.ts';
import { compareObjects } from './compare.ts';
import { difference, type FieldSet } from './field-set.ts';
import { toFieldSet } from './to-field-set.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function annotationsOf(object: JsonObject): Record<string, string> | undefined {
  const metadata = object.metadata;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  return isObject(annotations) ? (annotations as Record<string, string>) : undefined;
}

/**
 * Fields that client-side apply set and that still have its values: a server-side apply by kubectl may take them over
 * without a conflict. Undefined when there is no usable annotation.
 */
export function lastAppliedFields(
  live: JsonObject,
  schema: SchemaView,
  apiVersion: string,
): FieldSet | undefined {
  const text = annotationsOf(live)?.[LAST_APPLIED];
  if (text === undefined || text === '') return undefined;
  try {
    const applied = parseJson(text);
    if (!isObject(applied) || applied.apiVersion !== apiVersion) return undefined;
    const { changed, removed } = compareObjects(applied, live, schema);
    return difference(difference(toFieldSet(applied, schema), changed), removed);
  } catch {
    return undefined;
  }
}

/** Brings the annotation up to date with an applied configuration when the object has one. */
export function syncLastApplied(object: JsonObject, config: JsonObject): JsonObject {
  const annotations = annotationsOf(object);
  if (annotations === undefined || !annotations[LAST_APPLIED]) return object;
  const metadata = isObject(config.metadata) ? config.metadata : {};
  const { [LAST_APPLIED]: _, ...rest } = annotationsOf(config) ?? {};
  const { annotations: __, ...bare } = metadata;
  const kept = Object.keys(rest).length === 0 ? bare : { ...bare, annotations: rest };
  const text = `${stableStringify({ ...config, metadata: kept })}\n`;
  const next: Record<string, string> = { ...annotations, [LAST_APPLIED]: text };
  if (annotationsSize(next) > MAX_ANNOTATIONS_SIZE) delete next[LAST_APPLIED];
  return { ...object, metadata: { ...(object.metadata as JsonObject), annotations: next } };
}
