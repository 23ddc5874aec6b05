import { getOwn, isObject, type JsonObject } from '../json.ts';
import type { SchemaView } from '../schema-view.ts';

/** `{name="web",port=80}` parts of a path element, sorted by name. */
function keyText(item: JsonObject, view: SchemaView): string {
  const keys = view.listMapKeys;
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only !== undefined) {
    const value = item[only] ?? view.items?.field(only)?.default;
    return value === undefined || value === null ? '' : `k:{"${only}":${JSON.stringify(value)}}`;
  }
  let text = '';
  for (const key of sortedKeys(keys)) {
    const value = getOwn(item, key) ?? view.items?.field(key)?.default;
    if (value === undefined || value === null) continue;
    text += `${text === '' ? 'k:{' : ','}${JSON.stringify(key)}:${JSON.stringify(value)}`;
  }
  return text === '' ? '' : `${text}}`;
}

const sortedCache = new WeakMap<readonly string[], readonly string[]>();
function sortedKeys(keys: readonly string[]): readonly string[] {
  let sorted = sortedCache.get(keys);
  if (sorted === undefined) {
    sorted = [...keys].sort();
    sortedCache.set(keys, sorted);
  }
  return sorted;
}

/** Path element of an item of an associative list, `k:{…}` or `v:…`; throws when the item can't be told apart. */
export function itemElement(item: unknown, view: SchemaView): string {
  if (view.listType === 'set') {
    if (isObject(item)) throw new Error("associative list without keys has an element that's a map type");
    if (Array.isArray(item)) throw new Error('not supported: associative list with lists as elements');
    if (item === null || item === undefined) {
      throw new Error("associative list without keys has an element that's an explicit null");
    }
    return `v:${JSON.stringify(item)}`;
  }
  if (item === null || item === undefined) {
    throw new Error('associative list with keys may not have a null element');
  }
  if (!isObject(item)) throw new Error('associative list with keys may not have non-map elements');
  const element = keyText(item, view);
  if (element === '') {
    const keys = view.listMapKeys.map((key) => JSON.stringify(key)).join(' ');
    throw new Error(
      `associative list with keys has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`,
    );
  }
  return element;
}

const show = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** `.spec`, `[name="web"]`, `[="value"]`, `[0]`: a path element as messages show it. */
export function formatElement(element: string): string {
  const body = element.slice(2);
  switch (element[0]) {
    case 'f':
      return `.${body}`;
    case 'k': {
      const fields = JSON.parse(body) as JsonObject;
      return `[${Object.keys(fields)
        .map((key) => `${key}=${show(fields[key])}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${show(JSON.parse(body))}]`;
    default:
      return `[${body}]`;
  }
}

export const formatPath = (path: readonly string[]): string => path.map(formatElement).join('');
