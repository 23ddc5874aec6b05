import type { KubeObject } from '@gantry/machinery/object';
import { keyFor, keyOf } from './keys.ts';

type IndexFunction<T> = (object: T) => readonly string[];

/** Objects by key and by any number of named indexes. */
export class IndexedStore<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #functions = new Map<string, IndexFunction<T>>();
  /** Index name → index key → object keys. */
  readonly #indexes = new Map<string, Map<string, Set<string>>>();

  constructor() {
    this.addIndex('byNamespace', (object) => [object.metadata.namespace ?? '']);
    this.addIndex('byOwner', (object) => (object.metadata.ownerReferences ?? []).map((owner) => owner.uid));
  }

  /** Objects already there are indexed too. Adding a name again replaces its function. */
  addIndex(name: string, keys: IndexFunction<T>): void {
    this.#functions.set(name, keys);
    const index = new Map<string, Set<string>>();
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) insert(index, keys(object), key);
  }

  get size(): number {
    return this.#objects.size;
  }

  keys(): Iterable<string> {
    return this.#objects.keys();
  }

  at(key: string): T | undefined {
    return this.#objects.get(key);
  }

  get(namespace: string, name: string): T | undefined {
    return this.#objects.get(keyFor(namespace, name));
  }

  list(namespace?: string): readonly T[] {
    return namespace === undefined || namespace === ''
      ? [...this.#objects.values()]
      : this.byIndex('byNamespace', namespace);
  }

  byIndex(name: string, key: string): readonly T[] {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`no index named ${JSON.stringify(name)}`);
    const found: T[] = [];
    for (const objectKey of index.get(key) ?? []) {
      const object = this.#objects.get(objectKey);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  /** Returns what was there before. */
  set(object: T): T | undefined {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    this.#objects.set(key, object);
    for (const [name, index] of this.#indexes) {
      const keys = this.#functions.get(name) ?? (() => []);
      if (old !== undefined) remove(index, keys(old), key);
      insert(index, keys(object), key);
    }
    return old;
  }

  delete(key: string): T | undefined {
    const old = this.#objects.get(key);
    if (old === undefined) return undefined;
    this.#objects.delete(key);
    for (const [name, index] of this.#indexes) remove(index, this.#functions.get(name)?.(old) ?? [], key);
    return old;
  }
}

function insert(index: Map<string, Set<string>>, keys: readonly string[], objectKey: string): void {
  for (const key of keys) {
    const set = index.get(key);
    if (set === undefined) index.set(key, new Set([objectKey]));
    else set.add(objectKey);
  }
}

function remove(index: Map<string, Set<string>>, keys: readonly string[], objectKey: string): void {
  for (const key of keys) {
    const set = index.get(key);
    set?.delete(objectKey);
    if (set?.size === 0) index.delete(key);
  }
}
