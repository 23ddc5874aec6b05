import type { Application } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import type { AnyObject, FieldsV1 } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { KindFinder } from '../render/kinds.ts';
import type { SourceObject } from '../render/source-object.ts';
import { elementsOf, isLeaf, isOurs, isRecord, keyFields, keyIn, valueAt } from './field-trie.ts';
import { type Ignored, ignoredIn, isPointedAt, pointersBelow } from './ignored.ts';

const READ_AT_ONCE = 16;

export interface LiveReader {
  /** Of the sync's own identity: it may read everything. */
  readonly client: Client;
  readonly kinds: KindFinder;
}

/**
 * The manifests as they are to be applied: without the fields that spec.ignoreDifferences leaves to others and that others
 * own by now. An apply that doesn't mention a field leaves its value to its other owners. Asks for the live objects of
 * only those that a rule is about.
 */
export async function respectIgnored(
  reader: LiveReader,
  application: Application,
  sources: readonly SourceObject[],
): Promise<readonly SourceObject[]> {
  if ((application.spec.ignoreDifferences ?? []).length === 0) return sources;
  const results: SourceObject[] = [];
  for (let at = 0; at < sources.length; at += READ_AT_ONCE) {
    const batch = sources.slice(at, at + READ_AT_ONCE);
    results.push(...(await Promise.all(batch.map((source) => respectIn(reader, application, source)))));
  }
  return results;
}

async function respectIn(
  { client, kinds }: LiveReader,
  application: Application,
  source: SourceObject,
): Promise<SourceObject> {
  const { object } = source;
  const ignored = ignoredIn(application, object);
  if (ignored === undefined) return source;
  const served = await kinds.find(object.apiVersion, object.kind);
  if (served === undefined) return source;
  try {
    const { name, namespace = '' } = object.metadata;
    const live = await client.get<AnyObject>(served, namespace, name);
    return { ...source, object: withoutIgnored(object, live, ignored) };
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return source;
    throw error;
  }
}

const DROP = Symbol('drop');

/** A manifest without what is left to others and is theirs in the live object. */
export function withoutIgnored(config: AnyObject, live: AnyObject, ignored: Ignored): AnyObject {
  let result: unknown = config;
  for (const entry of live.metadata.managedFields ?? []) {
    if (isOurs(entry) || entry.fieldsV1 === undefined) continue;
    const all = ignored.managers.has(entry.manager ?? '');
    if (all || ignored.pointers.length > 0)
      result = strip(result, live, entry.fieldsV1, [], all ? [[]] : ignored.pointers);
  }
  return result as AnyObject;
}

/** `pointers`: an empty one names everything. Copies what it changes. */
function strip(
  value: unknown,
  live: unknown,
  theirs: FieldsV1,
  path: readonly (string | number)[],
  pointers: Ignored['pointers'],
): unknown {
  if (isLeaf(theirs)) {
    if (path.length > 0 && isPointedAt(pointers, path)) return DROP;
    return pointersBelow(pointers, path).reduce((now, pointer) => withLive(now, live, pointer), value);
  }
  if (!Array.isArray(value) && !isRecord(value)) return value;
  const dropped = new Set<string | number>();
  const changed = new Map<string | number, unknown>();
  for (const element of elementsOf(theirs)) {
    const key = keyIn(value, element);
    const child = valueAt(value, key);
    if (child === undefined) continue;
    const inLive = keyIn(live, element);
    // Indices of pointers are those of the live object.
    const at = [...path, typeof inLive === 'number' && inLive >= 0 ? inLive : key];
    if (isIdentity(at)) continue;
    const fields = withoutKeys(theirs[element] ?? {}, element);
    const stripped = fields === undefined ? child : strip(child, valueAt(live, inLive), fields, at, pointers);
    if (stripped === DROP) dropped.add(key);
    else if (stripped !== child) changed.set(key, stripped);
  }
  if (dropped.size === 0 && changed.size === 0) return value;
  if (Array.isArray(value))
    return value
      .map((item, index) => (changed.has(index) ? changed.get(index) : (item as unknown)))
      .filter((_, index) => !dropped.has(index));
  const entries = Object.entries(value).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, changed.has(key) ? changed.get(key) : item]));
}

/** What makes the object this object. */
const isIdentity = (path: readonly (string | number)[]): boolean =>
  path.length === 1
    ? path[0] === 'apiVersion' || path[0] === 'kind'
    : path.length === 2 && path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace');

/** The fields of an item of a keyed list without its keys, which have to stay; undefined: there is nothing else. */
function withoutKeys(fields: FieldsV1, element: string): FieldsV1 | undefined {
  const keys = keyFields(element);
  if (keys.size === 0) return fields;
  const rest = Object.entries(fields).filter(([name]) => name !== '.' && !keys.has(name.slice(2)));
  return rest.length === 0 ? undefined : (Object.fromEntries(rest) as FieldsV1);
}

/** A part of a value that is owned whole can't be left out: it is taken from the live object instead. */
function withLive(value: unknown, live: unknown, pointer: readonly string[]): unknown {
  const [step, ...rest] = pointer;
  if (step === undefined) return live;
  const isWhole = Array.isArray(value);
  if (!isWhole && !isRecord(value)) return value;
  const keys = step === '*' ? Object.keys(value) : [step];
  const copy = (isWhole ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  for (const key of keys) {
    const theirs = valueAt(live, isWhole ? Number(key) : key);
    const ours = valueAt(value, isWhole ? Number(key) : key);
    if (theirs === undefined || (isWhole && ours === undefined)) continue;
    copy[key] = ours === undefined && rest.length > 0 ? ours : withLive(ours, theirs, rest);
    if (copy[key] === undefined) delete copy[key];
  }
  return copy;
}
