import type { FieldsV1, KubeObject, ManagedFieldsEntry } from '@gantry/machinery/object';
import { FIELD_MANAGER } from '../plan/plan.ts';

/** One step of a path, as managed fields write it (`f:spec`, `k:{"name":"web"}`) and as it is found in an object. */
export interface Step {
  readonly element: string;
  /** Name of a field, or index in a list as it is here. */
  readonly key: string | number;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A leaf's value is owned whole. */
export const isLeaf = (trie: FieldsV1): boolean => Object.keys(trie).length === 0;

/** Elements below a node of the trie; a node without any that is no leaf is owned only in that it is there. */
export const elementsOf = (trie: FieldsV1): string[] => Object.keys(trie).filter((key) => key !== '.');

/** The entry under which the sync applies what Git says. */
export const isOurs = ({ manager, operation, subresource }: ManagedFieldsEntry): boolean =>
  manager === FIELD_MANAGER && operation === 'Apply' && (subresource ?? '') === '';

/** The fields that the sync applied. */
export const ourFields = (object: Pick<KubeObject, 'metadata'> | undefined): FieldsV1 | undefined =>
  object?.metadata.managedFields?.find(isOurs)?.fieldsV1;

/**
 * Where an element leads to in a value: the field of a map, the item of a keyed list, a set or a list by index. -1 or an
 * absent field: nowhere. A key that an item leaves out may be there by default, as long as another one is equal.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#managedfields
 */
export function keyIn(value: unknown, element: string): string | number {
  const body = element.slice(2);
  if (element.startsWith('f:')) return body;
  if (!Array.isArray(value)) return -1;
  if (element.startsWith('i:')) return Number(body);
  const wanted = parsed(body);
  if (element.startsWith('v:')) return value.indexOf(wanted);
  if (!isRecord(wanted)) return -1;
  const keys = Object.entries(wanted);
  return value.findIndex(
    (item) =>
      isRecord(item) &&
      keys.some(([name, part]) => item[name] === part) &&
      keys.every(([name, part]) => item[name] === undefined || item[name] === part),
  );
}

export function valueAt(value: unknown, key: string | number): unknown {
  if (typeof key === 'number') return Array.isArray(value) ? value[key] : undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Names of the fields that tell an item of a keyed list from the others. */
export function keyFields(element: string): ReadonlySet<string> {
  const wanted = element.startsWith('k:') ? parsed(element.slice(2)) : undefined;
  return new Set(isRecord(wanted) ? Object.keys(wanted) : []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `spec.containers[name=web].image` */
export function showPath(path: readonly Step[]): string {
  let text = '';
  for (const { element } of path) {
    const body = element.slice(2);
    if (element.startsWith('f:')) {
      text += /^[\w-]+$/.test(body) ? `${text === '' ? '' : '.'}${body}` : `[${body}]`;
    } else {
      const wanted = parsed(body);
      text += isRecord(wanted)
        ? `[${Object.entries(wanted)
            .map(([name, part]) => `${name}=${String(part)}`)
            .join(',')}]`
        : `[${body}]`;
    }
  }
  return text;
}

/** Whether a trie names a path, or anything below or above it that it owns whole. */
export function owns(trie: FieldsV1 | undefined, path: readonly Step[]): boolean {
  let node = trie;
  for (const { element } of path) {
    if (node === undefined) return false;
    if (isLeaf(node)) return node !== trie;
    node = node[element];
  }
  return node !== undefined;
}
