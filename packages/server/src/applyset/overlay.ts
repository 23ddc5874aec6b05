import type { AnyObject } from '@gantry/machinery/object';
import type { ObjectKey, ResourceKey } from '@gantry/store/port';
import { Entry, sortKeyOf } from '../cache/entry.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import type { PreparedWrite, StateView } from '../registry/write.ts';

/** The state as it will be once the writes made so far are stored. Whoever plans the next one reads this. */
export class Overlay implements StateView {
  readonly #base: StateView;
  readonly #changes = new Map<ResourceKey, Map<string, Entry | undefined>>();
  /** Of the objects below that are no longer as they were. */
  readonly #uids = new Map<ResourceKey, Set<string>>();

  /** Entries parse anew what was not asked for lately; here all are, for each item of a set. */
  readonly #parsed = new Map<Entry, AnyObject>();

  constructor(base: StateView) {
    this.#base = base;
  }

  /** Records a planned write. Its entry keeps the revision that it was made from. */
  put({ key, operation, uid, before, body }: PreparedWrite): void {
    if (operation === 'none') return;
    const changes = getOrMake(this.#changes, key.resource, () => new Map<string, Entry | undefined>());
    const entry = operation === 'delete' ? undefined : Entry.fromBody(key, uid, before?.revision ?? 0, body);
    changes.set(sortKeyOf(key.namespace, key.name), entry);
    if (before !== undefined) getOrMake(this.#uids, key.resource, () => new Set<string>()).add(before.uid);
  }

  /** Whether the set itself creates the object. */
  creates(key: ObjectKey): boolean {
    return this.#change(key)?.revision === 0;
  }

  entry(key: ObjectKey): Entry | undefined {
    const changes = this.#changes.get(key.resource);
    const sortKey = sortKeyOf(key.namespace, key.name);
    return changes?.has(sortKey) === true ? changes.get(sortKey) : this.#base.entry(key);
  }

  get(resource: string, namespace: string, name: string): Readonly<Record<string, unknown>> | undefined {
    const entry = this.entry({ resource, namespace, name });
    return entry === undefined ? undefined : (this.#parsed.get(entry) ?? entry.object);
  }

  list(resource: string, namespace: string | undefined): readonly Readonly<Record<string, unknown>>[] {
    const below = this.#base.list(resource, namespace);
    const changes = this.#changes.get(resource);
    if (changes === undefined) return below;
    const replaced = this.#uids.get(resource);
    const kept =
      replaced === undefined
        ? [...below]
        : below.filter(({ metadata }) => !replaced.has((metadata as { uid?: string }).uid ?? ''));
    for (const entry of changes.values())
      if (entry !== undefined && (namespace === undefined || entry.key.namespace === namespace))
        kept.push(this.#objectOf(entry));
    return kept;
  }

  #objectOf(entry: Entry): AnyObject {
    return getOrMake(this.#parsed, entry, () => entry.object);
  }

  #change(key: ObjectKey): Entry | undefined {
    return this.#changes.get(key.resource)?.get(sortKeyOf(key.namespace, key.name));
  }
}
