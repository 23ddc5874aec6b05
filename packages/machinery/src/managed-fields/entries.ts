import { deepEqual, isObject } from '../json.ts';
import type { FieldsV1, ManagedFieldsEntry } from '../object.ts';
import { EMPTY_SET, type FieldSet, union } from './field-set.ts';

/** One manager's set of fields. Entries are the same manager when `id` is the same. */
export interface ManagedEntry {
  readonly id: string;
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string | undefined;
  readonly set: FieldSet;
  /** The wire entry this was read from, while nothing but `set` can differ. */
  readonly source: ManagedFieldsEntry | undefined;
}

export type ManagedEntries = Map<string, ManagedEntry>;

/** An applier stays the same manager when it moves to another version; an updater doesn't. */
export function managerId(
  manager: string,
  operation: 'Apply' | 'Update',
  apiVersion: string,
  subresource: string,
): string {
  return `${operation}\0${manager}\0${operation === 'Apply' ? '' : apiVersion}\0${subresource}`;
}

export function makeEntry(entry: Omit<ManagedEntry, 'id' | 'source'>): ManagedEntry {
  const { manager, operation, apiVersion, subresource } = entry;
  return { ...entry, id: managerId(manager, operation, apiVersion, subresource), source: undefined };
}

/** Reads entries as stored. Throws on what the original refuses: then what a client sent is ignored. */
export function decodeEntries(list: readonly ManagedFieldsEntry[] | undefined): ManagedEntries {
  const entries: ManagedEntries = new Map();
  for (const [i, source] of (list ?? []).entries()) {
    const { operation, apiVersion, fieldsType } = source;
    if (operation !== 'Apply' && operation !== 'Update') {
      throw new Error('operation must be `Apply` or `Update`');
    }
    if (apiVersion === undefined || apiVersion === '') throw new Error('apiVersion must not be empty');
    if (fieldsType !== 'FieldsV1') {
      throw new Error(
        fieldsType === undefined || fieldsType === ''
          ? `missing fieldsType in managed fields entry ${i}`
          : `invalid fieldsType ${JSON.stringify(fieldsType)} in managed fields entry ${i}`,
      );
    }
    const manager = source.manager ?? '';
    const subresource = source.subresource ?? '';
    const id = managerId(manager, operation, apiVersion, subresource);
    const set = source.fieldsV1 ?? EMPTY_SET;
    entries.set(id, { id, manager, operation, apiVersion, subresource, time: source.time, set, source });
  }
  return entries;
}

function encode(entry: ManagedEntry): ManagedFieldsEntry {
  const { source } = entry;
  if (source !== undefined && source.fieldsV1 === entry.set && source.time === entry.time) return source;
  return {
    ...(entry.manager === '' ? {} : { manager: entry.manager }),
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    ...(entry.time === undefined ? {} : { time: entry.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: entry.set,
    ...(entry.subresource === '' ? {} : { subresource: entry.subresource }),
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const seconds = (time: string | undefined): number =>
  time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);

const CANONICAL_LENGTH = '2000-01-01T00:00:00Z'.length;
const isCanonical = (time: string | undefined): time is string =>
  time !== undefined && time.length === CANONICAL_LENGTH && time.endsWith('Z');

/** Times of the usual form are in the order of their text. */
function compareTimes(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  return isCanonical(a) && isCanonical(b) ? byText(a, b) : seconds(a) - seconds(b);
}

/** Wire form, in the order that clients see: operation, time, manager, version, subresource. */
export function encodeEntries(entries: ManagedEntries): ManagedFieldsEntry[] | undefined {
  if (entries.size === 0) return undefined;
  const list = [...entries.values()];
  if (list.length > 1) {
    list.sort(
      (a, b) =>
        byText(a.operation, b.operation) ||
        compareTimes(a.time, b.time) ||
        byText(a.manager, b.manager) ||
        byText(a.apiVersion, b.apiVersion) ||
        byText(a.subresource, b.subresource),
    );
  }
  return list.map(encode);
}

export const MAX_UPDATE_MANAGERS = 10;
const ANCIENT = 'ancient-changes';

/** Merges the oldest updaters into one bucket a version until no more than ten are left. */
export function capUpdateManagers(entries: ManagedEntries): void {
  const updaters = [...entries.values()].filter((entry) => entry.operation === 'Update');
  let count = updaters.length;
  if (count <= MAX_UPDATE_MANAGERS) return;
  updaters.sort((a, b) => compareTimes(a.time, b.time) || byText(a.id, b.id));
  const first = new Map<string, ManagedEntry>();
  for (const entry of updaters) {
    if (count <= MAX_UPDATE_MANAGERS) return;
    const oldest = first.get(entry.apiVersion);
    if (oldest === undefined) {
      first.set(entry.apiVersion, entry);
      continue;
    }
    const bucketId = managerId(ANCIENT, 'Update', entry.apiVersion, '');
    let bucket = entries.get(bucketId);
    if (bucket === undefined) {
      bucket = makeEntry({ ...oldest, manager: ANCIENT, subresource: '' });
      entries.delete(oldest.id);
    }
    entries.delete(entry.id);
    entries.set(bucketId, { ...bucket, set: union(entry.set, bucket.set), time: entry.time });
    count--;
  }
}

/** A client asks to drop all tracking with an empty list or one empty entry. */
export function isReset(list: readonly ManagedFieldsEntry[] | undefined): boolean {
  if (list === undefined) return false;
  const only = list[0];
  return list.length === 0 || (list.length === 1 && only !== undefined && Object.keys(only).length === 0);
}

/** Levels of a set from a client; far above any real type. */
const MAX_SET_DEPTH = 200;

/** A client's trie in canonical form: unknown elements dropped, keys spelled as this server spells them. */
export function normaliseSet(raw: unknown, depth = 0): FieldsV1 {
  if (!isObject(raw)) throw new Error('fieldsV1 must be an object');
  if (depth > MAX_SET_DEPTH) throw new Error('fieldsV1 is nested too deeply');
  const out: FieldsV1 = {};
  for (const key of Object.keys(raw).sort()) {
    const element = key === '.' ? key : canonicalElement(key);
    if (element === undefined) continue;
    out[element] = key === '.' ? EMPTY_SET : normaliseSet(raw[key], depth + 1);
  }
  return '.' in out && Object.keys(out).length === 1 ? EMPTY_SET : out;
}

function canonicalElement(key: string): string | undefined {
  const body = key.slice(2);
  switch (key.slice(0, 2)) {
    case 'f:':
      return key;
    case 'i:':
      return `i:${Number.parseInt(body, 10)}`;
    case 'v:':
      return `v:${JSON.stringify(JSON.parse(body))}`;
    case 'k:': {
      const fields: unknown = JSON.parse(body);
      if (!isObject(fields)) throw new Error(`parsing key as path element: ${key}`);
      const parts = Object.keys(fields)
        .sort()
        .map((name) => `${JSON.stringify(name)}:${JSON.stringify(fields[name])}`);
      return `k:{${parts.join(',')}}`;
    }
    default:
      return undefined;
  }
}

/** Entries that a client sent with the object. Throws when they can't be read. */
export function decodeClientEntries(list: readonly ManagedFieldsEntry[] | undefined): ManagedEntries {
  return decodeEntries(
    list?.map((entry) =>
      entry.fieldsV1 === undefined ? entry : { ...entry, fieldsV1: normaliseSet(entry.fieldsV1) },
    ),
  );
}

/** Whether two lists say the same apart from times: then the old ones are kept and nothing is written. */
export function equalIgnoringTimes(
  a: readonly ManagedFieldsEntry[] | undefined,
  b: readonly ManagedFieldsEntry[] | undefined,
): boolean {
  const strip = (list: readonly ManagedFieldsEntry[] | undefined): Map<string, FieldSet> => {
    const sets = new Map<string, FieldSet>();
    for (const entry of list ?? []) {
      const { time: _, fieldsV1, ...identity } = entry;
      sets.set(JSON.stringify(Object.entries(identity).sort()), fieldsV1 ?? EMPTY_SET);
    }
    return sets;
  };
  const left = strip(a);
  const right = strip(b);
  if (left.size !== right.size) return false;
  for (const [id, set] of left) if (!right.has(id) || !deepEqual(set, right.get(id))) return false;
  return true;
}
