import { isObject, type JsonObject, setOwn } from '../json.ts';
import { childView, type SchemaView } from '../schema-view.ts';
import { itemElement } from './path-element.ts';

/**
 * Merges an applied configuration into the live object: granular maps and associative lists by key, everything else
 * replaced by what the configuration says. Neither side is changed; the result shares parts of both.
 * Throws when items of an associative list can't be told apart, or occur twice in the configuration.
 */
export function mergeObjects(live: JsonObject, config: JsonObject, view: SchemaView): JsonObject {
  return mergeFields(live, config, view);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isObject(value) || Object.keys(value).length === 0;
}

function mergeValue(live: unknown, config: unknown, view: SchemaView): unknown {
  if (config === undefined) return live;
  if (live === undefined) return config;
  const leaf = view.shape === 'scalar' || (isEmpty(live) && isEmpty(config));
  if (view.shape === 'list') {
    if (view.listType === 'atomic' || leaf) return config;
    return mergeItems(Array.isArray(live) ? live : [], Array.isArray(config) ? config : [], view);
  }
  if (view.atomic || leaf) return config;
  if (isObject(config) || config === null) {
    return isObject(live) ? mergeFields(live, isObject(config) ? config : {}, view) : config;
  }
  return config;
}

function mergeFields(live: JsonObject, config: JsonObject, view: SchemaView): JsonObject {
  const out: JsonObject = {};
  for (const name in live) {
    const theirs = Object.hasOwn(config, name) ? config[name] : undefined;
    setOwn(out, name, mergeValue(live[name], theirs, childView(view, name)));
  }
  for (const name in config) {
    if (!Object.hasOwn(live, name)) setOwn(out, name, config[name]);
  }
  return out;
}

interface Indexed {
  readonly elements: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

/** Items by element. Doubles in the live list are kept as they are and never merged into. */
function index(list: readonly unknown[], view: SchemaView, doublesAllowed: boolean): Indexed {
  const elements: string[] = [];
  const values = new Map<string, unknown>();
  for (const item of list) {
    const element = itemElement(item, view);
    if (values.has(element)) {
      if (!doublesAllowed) throw new Error(`duplicate entries for key ${element}`);
      values.set(element, undefined);
    } else {
      values.set(element, item);
    }
    elements.push(element);
  }
  return { elements, values };
}

/**
 * Order of the result: items of both sides in the order of the configuration, and items that only the live list has
 * stay before the shared item that they stood before.
 */
function mergeItems(
  liveList: readonly unknown[],
  configList: readonly unknown[],
  view: SchemaView,
): unknown[] {
  const items = view.items;
  if (items === undefined) return [...configList];
  const config = index(configList, view, false);
  const live = index(liveList, view, true);
  const shared = config.elements.filter((element) => live.values.has(element));
  const merged = new Set<string>();
  const out: unknown[] = [];
  let nextShared = shared.shift();
  let l = 0;
  let c = 0;
  const take = (element: string): void => {
    merged.add(element);
    out.push(mergeValue(live.values.get(element), config.values.get(element), items));
    c++;
  };
  while (l < live.elements.length || c < config.elements.length) {
    const ours = live.elements[l];
    const theirs = config.elements[c];
    if (ours !== undefined && theirs !== undefined) {
      if (ours === theirs) {
        take(theirs);
        l++;
        nextShared = shared.shift();
        continue;
      }
      if (config.values.has(ours) && nextShared !== undefined && nextShared !== ours) {
        l++;
        continue;
      }
    }
    if (ours !== undefined) {
      if (!config.values.has(ours)) {
        out.push(liveList[l]);
        l++;
        continue;
      }
      if (merged.has(ours)) l++;
    }
    if (theirs !== undefined) {
      take(theirs);
      if (nextShared === theirs) nextShared = shared.shift();
    }
  }
  return out;
}
