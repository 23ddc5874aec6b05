import { deepEqual, getOwn, isObject, type JsonObject } from '@gantry/machinery/json';
import { isMissing } from './json-tree.ts';
import type { Place } from './problem.ts';
import type { Layer, Path } from './resource.ts';

/** Fields that tell the elements of a list apart, in the order in which they are looked at. */
const KEYS = [
  'name',
  'containerPort',
  'mountPath',
  'devicePath',
  'port',
  'key',
  'ip',
  'uid',
  'type',
  'topologyKey',
];

/**
 * A layer that wrote what stands in `value`, a manifest or a patch. It answers for a field whose value is still the
 * one that it holds; elements of lists are found by what names them, since their places change.
 */
export function locateIn(value: JsonObject, placeOf: (path: Path) => Place): Layer {
  return (path, root) => {
    const own: (string | number)[] = [];
    let mine: unknown = value;
    let final: unknown = root;
    for (const step of path) {
      if (Array.isArray(final) && Array.isArray(mine)) {
        const element = final[Number(step)];
        const index = indexOf(mine, element);
        if (index < 0) return undefined;
        own.push(index);
        mine = mine[index];
        final = element;
      } else if (isObject(final) && isObject(mine)) {
        mine = getOwn(mine, String(step));
        final = getOwn(final, String(step));
        if (mine === undefined) return undefined;
        own.push(step);
      } else return undefined;
    }
    const isSame = isObject(final) || Array.isArray(final) ? sameShape(mine, final) : deepEqual(mine, final);
    return isSame ? placeOf(own) : undefined;
  };
}

const sameShape = (a: unknown, b: unknown): boolean => isObject(a) === isObject(b) && !isMissing(a);

function indexOf(list: readonly unknown[], element: unknown): number {
  if (!isObject(element)) return list.findIndex((own) => deepEqual(own, element));
  const key = KEYS.find((name) => getOwn(element, name) !== undefined);
  if (key === undefined) return list.findIndex((own) => deepEqual(own, element));
  return list.findIndex((own) => isObject(own) && deepEqual(getOwn(own, key), getOwn(element, key)));
}

/** A layer that wrote single values at known paths, such as a name or a label. */
export class Writes {
  readonly #values = new Map<string, { value: unknown; place: Place }>();

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  add(path: Path, value: unknown, place: Place): void {
    this.#values.set(keyOf(path), { value, place });
  }

  /** A value and everything in it. */
  addTree(path: Path, value: unknown, placeOf: (path: Path) => Place, within: Path = []): void {
    this.add([...path, ...within], value, placeOf(within));
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) this.addTree(path, item, placeOf, [...within, index]);
    else if (isObject(value))
      for (const key of Object.keys(value)) this.addTree(path, value[key], placeOf, [...within, key]);
  }

  readonly layer: Layer = (path, root) => {
    const written = this.#values.get(keyOf(path));
    if (written === undefined) return undefined;
    return deepEqual(valueAt(root, path), written.value) ? written.place : undefined;
  };
}

/** Steps of a JSON patch are texts even in lists. */
const keyOf = (path: Path): string => JSON.stringify(path.map(String));

export function valueAt(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) {
    if (Array.isArray(node)) node = node[Number(step)];
    else if (isObject(node)) node = getOwn(node, String(step));
    else return undefined;
  }
  return node;
}

/** Where a field is written: by the last layer that answers, for itself or for its nearest ancestor. */
export function placeOf(layers: readonly Layer[], root: JsonObject, path: Path, fallback: Place): Place {
  for (let length = path.length; length > 0; length--) {
    const start = path.slice(0, length);
    for (let i = layers.length - 1; i >= 0; i--) {
      const place = layers[i]?.(start, root);
      if (place !== undefined) return place;
    }
  }
  return fallback;
}
