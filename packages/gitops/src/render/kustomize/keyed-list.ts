import { getOwn, isObject } from '@gantry/machinery/json';
import { isMissing, textOf } from './json-tree.ts';

/** Values of the key fields of one element; '' where a field is missing. */
export type KeyValues = readonly string[];

const isEmptyMap = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

/**
 * Puts `element` where its keys match, else at the end; without one, what matches is taken out. An empty value matches
 * whatever the field holds. Empty elements are dropped. All this is as Kustomize does it.
 */
export function putElement(
  list: unknown[],
  keys: readonly string[],
  values: KeyValues,
  element?: unknown,
): void {
  const isKeyed = (keys[0] ?? '') !== '' && (values[0] ?? '') !== '';
  let matched = false;
  const kept: unknown[] = [];
  for (const own of list) {
    if (isMissing(own) || isEmptyMap(own)) continue;
    if (!isObject(own) && isKeyed) {
      kept.push(own);
    } else if (values.length > 0 && matches(own, keys, values)) {
      matched = true;
      if (!isMissing(element)) kept.push(element);
    } else if (values.length > 0) kept.push(own);
  }
  if (!isMissing(element) && !matched) kept.push(element);
  list.splice(0, list.length, ...kept);
}

const matches = (element: unknown, keys: readonly string[], values: KeyValues): boolean =>
  keys.every((key, index) => {
    const value = values[index];
    if (value === undefined) return true;
    if (key === '') return textOf(element) === value;
    const field = isObject(element) ? getOwn(element, key) : undefined;
    return field !== undefined && (value === '' || textOf(field) === value);
  });

/** The first element whose keys have exactly these values. */
export function findElement(list: unknown, keys: readonly string[], values: KeyValues): unknown {
  if (!Array.isArray(list)) return undefined;
  if ((keys[0] ?? '') === '') return list.find((own) => textOf(own) === (values[0] ?? ''));
  return list.find(
    (own) =>
      isObject(own) &&
      keys.every((key, index) => {
        const field = getOwn(own, key);
        return field !== undefined && textOf(field) === values[index];
      }),
  );
}

/** What names the elements of these lists, each once, in the order in which they first come. */
export function keyValues(lists: readonly unknown[], keys: readonly string[]): KeyValues[] {
  const seen = new Set<string>();
  const out: KeyValues[] = [];
  for (const list of lists) {
    for (const element of Array.isArray(list) ? list : []) {
      const values =
        keys.length === 0
          ? [textOf(element)]
          : keys.map((key) => (isObject(element) ? textOf(getOwn(element, key)) : ''));
      const id = JSON.stringify(values);
      if (seen.has(id)) continue;
      seen.add(id);
      out.push(values);
    }
  }
  return out;
}

/** Only the keys that some element has; all of them when none has any. */
export function usedKeys(
  all: readonly KeyValues[],
  values: KeyValues,
  keys: readonly string[],
): { keys: readonly string[]; values: KeyValues } {
  const used = new Set(keys.filter((_, index) => all.some((own) => (own[index] ?? '') !== '')));
  if (used.size === 0) return { keys, values };
  return {
    keys: keys.filter((key) => used.has(key)),
    values: values.filter((value, index) => value !== '' || used.has(keys[index] ?? '')),
  };
}

/** Fills what one element leaves out from another that agrees with it in all that both say. */
export function completeValues(all: readonly KeyValues[]): KeyValues[] {
  const out = [...all];
  for (let i = 0; i < out.length; i++) {
    for (let j = 0; j < all.length; j++) {
      const joined = join(out[i] ?? [], out[j] ?? []);
      if (joined === undefined) continue;
      out[i] = joined;
      out[j] = joined;
    }
  }
  return out;
}

function join(a: KeyValues, b: KeyValues): KeyValues | undefined {
  let agrees = false;
  const out: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const [mine = '', other = ''] = [a[i], b[i]];
    if (mine === other) agrees = true;
    else if (mine !== '' && other !== '') return undefined;
    out.push(mine === '' ? other : mine);
  }
  return agrees ? out : undefined;
}
