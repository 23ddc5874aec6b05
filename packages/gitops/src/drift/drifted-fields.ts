import { deepEqual } from '@gantry/machinery/json';
import type { AnyObject, FieldsV1 } from '@gantry/machinery/object';
import { elementsOf, isLeaf, isRecord, keyIn, ourFields, type Step, valueAt } from './field-trie.ts';
import { type Ignored, isPointedAt, pointersBelow } from './ignored.ts';

const FIELDS_MAX = 100;

/**
 * The fields that Git speaks of and in which a live object differs from what an apply would make of it. What only the
 * server, admission or other managers set is no drift, however it changes: so that defaulting and webhooks, also those
 * that answer differently each time, make no loops.
 */
export function driftedFields(
  before: AnyObject,
  after: AnyObject,
  ignored: Ignored | undefined,
): readonly (readonly Step[])[] {
  const found: (readonly Step[])[] = [];
  const pointers = ignored?.pointers ?? [];
  const walk = (trie: FieldsV1, a: unknown, b: unknown, path: readonly Step[]): void => {
    if (found.length >= FIELDS_MAX || deepEqual(a, b)) return;
    const keys = path.map(({ key }) => key);
    if (isPointedAt(pointers, keys)) return;
    if (isLeaf(trie)) {
      if (!equalExcept(a, b, pointersBelow(pointers, keys))) found.push(path);
      return;
    }
    if (path.length > 0 && (a === undefined) !== (b === undefined) && elementsOf(trie).length === 0) {
      found.push(path);
      return;
    }
    for (const element of elementsOf(trie)) {
      const [inA, inB] = [keyIn(a, element), keyIn(b, element)];
      walk(trie[element] ?? {}, valueAt(a, inA), valueAt(b, inB), [
        ...path,
        { element, key: inA === -1 ? inB : inA },
      ]);
    }
  };
  const ours = ourFields(after);
  if (ours !== undefined) walk(ours, before, after, []);
  return found;
}

/** Equal but for what pointers name; of a list or map that is owned whole, others may change parts all the same. */
function equalExcept(a: unknown, b: unknown, pointers: readonly (readonly string[])[]): boolean {
  if (deepEqual(a, b)) return true;
  if (pointers.length === 0) return false;
  return deepEqual(without(a, pointers), without(b, pointers));
}

function without(value: unknown, pointers: readonly (readonly string[])[]): unknown {
  if (pointers.some((pointer) => pointer.length === 0)) return undefined;
  if (pointers.length === 0) return value;
  const below = (key: string): (readonly string[])[] =>
    pointers.filter(([step]) => step === '*' || step === key).map((pointer) => pointer.slice(1));
  if (Array.isArray(value)) return value.map((item, index) => without(item, below(String(index))));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, without(item, below(key))] as const)
      .filter(([, item]) => item !== undefined),
  );
}
