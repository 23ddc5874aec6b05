import type { ApplySetResult } from '@gantry/api/generated/types';
import { getOwn, isObject } from '@gantry/machinery/json';
import { type FieldPath, formatFieldPath, itemLike, type LeafChange } from '@gantry/machinery/leaf-changes';
import type { FieldsV1, KubeObject, ManagedFieldsEntry } from '@gantry/machinery/object';
import { elementsOf, isLeaf, isOurs, keyIn, valueAt } from '../drift/field-trie.ts';
import { placeOfField, type SourceObject } from '../render/source-object.ts';

/** Where the new value of a field comes from. */
export interface Origin {
  /** Git, Default, Admission or Manager:NAME. */
  readonly origin: string;
  /** file:line, of what comes from Git. */
  readonly source?: string;
  /** The field manager that had set the live value, when it is another one than the sync. */
  readonly replaces?: string;
}

type State = Partial<KubeObject> | undefined;

/** Of one object of a plan. */
export class Origins {
  readonly #source: SourceObject | undefined;
  readonly #before: State;
  readonly #after: State;
  readonly #admitted: ReadonlySet<string>;

  /** `source`: absent for what is not in Git. */
  constructor(result: ApplySetResult, source: SourceObject | undefined) {
    this.#source = source;
    this.#before = result.before as State;
    this.#after = result.after as State;
    this.#admitted = new Set(result.admitted);
  }

  of(change: LeafChange): Origin {
    const others = ownersOf(this.#before, change.path);
    const replaces =
      change.before === undefined || others.length === 0 || others.some(isOurs)
        ? undefined
        : others[0]?.manager;
    return { ...this.#origin(change, others), ...(replaces === undefined ? {} : { replaces }) };
  }

  #origin({ path, after }: LeafChange, before: readonly ManagedFieldsEntry[]): Origin {
    if (this.#admitted.has(formatFieldPath(path))) return { origin: 'Admission' };
    const written = this.#inManifest(path, after === undefined ? this.#before : this.#after);
    // A list that Git gives whole loses what Git doesn't name; so does what the sync applied before.
    const isGit = after === undefined ? before.some(isOurs) || written.inList : written.whole;
    if (isGit) return { origin: 'Git', ...this.#at(written.path) };
    const owner = after === undefined ? undefined : ownersOf(this.#after, path).find((one) => !isOurs(one));
    if (owner?.manager !== undefined) return { origin: `Manager:${owner.manager}` };
    return { origin: 'Default' };
  }

  #at(path: FieldPath): { source?: string } {
    const source = this.#source;
    if (source === undefined) return {};
    const { file, line } = placeOfField(source, path);
    return { source: `${file}:${line}` };
  }

  /** As far as a path of the object leads in its manifest, where items of lists may have other indices. */
  #inManifest(path: FieldPath, state: State): { path: FieldPath; whole: boolean; inList: boolean } {
    const found: (string | number)[] = [];
    let written: unknown = this.#source?.object;
    let live: unknown = state;
    const end = (whole: boolean) => ({ path: found, whole, inList: Array.isArray(written) });
    for (const [depth, step] of path.entries()) {
      const here = valueAt(live, step);
      let key: string | number | undefined = step;
      if (typeof step === 'number') key = Array.isArray(written) ? itemLike(written, here, step) : undefined;
      // The server keeps what stringData says as data.
      else if (depth === 0 && step === 'data' && this.#isText(path[1])) key = 'stringData';
      const next = key === undefined ? undefined : valueIn(written, key);
      if (key === undefined || next === undefined) return end(false);
      found.push(key);
      written = next;
      live = here;
    }
    return end(true);
  }

  #isText(key: string | number | undefined): boolean {
    const object = this.#source?.object;
    if (object?.kind !== 'Secret' || typeof key !== 'string') return false;
    return isObject(object.stringData) && getOwn(object.stringData, key) !== undefined;
  }
}

const valueIn = (value: unknown, key: string | number): unknown =>
  isObject(value) && typeof key === 'string' ? getOwn(value, key) : valueAt(value, key);

/** Entries of managedFields that own a field, whole or as a part of what they own. Of the object itself, not its status. */
function ownersOf(state: State, path: FieldPath): ManagedFieldsEntry[] {
  const entries = state?.metadata?.managedFields ?? [];
  return entries.filter(
    ({ subresource, fieldsV1 }) => subresource !== 'status' && owns(fieldsV1 ?? {}, state, path),
  );
}

function owns(fields: FieldsV1, state: State, path: FieldPath): boolean {
  let node = fields;
  let value: unknown = state;
  for (const [depth, step] of path.entries()) {
    if (depth > 0 && isLeaf(node)) return true;
    const element =
      typeof step === 'string' ? `f:${step}` : elementsOf(node).find((one) => keyIn(value, one) === step);
    const next = element === undefined ? undefined : node[element];
    if (next === undefined) return false;
    node = next;
    value = valueAt(value, step);
  }
  return true;
}
