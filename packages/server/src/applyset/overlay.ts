import type { ObjectKey, ResourceKey } from '@gantry/store/port';
import { Entry, sortKeyOf } from '../cache/entry.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import type { PreparedWrite, StateView } from '../registry/write.ts';

/** The state as it will be once the writes made so far are stored. Whoever plans the next one reads this. */
export class Overlay implements StateView {
  readonly #base: StateView;
  readonly #changes = new Map<ResourceKey, Map<string, Entry | undefined>>();

  constructor(base: StateView) {
    this.#base = base;
  }

  /** Records a planned write. Its entry keeps the revision that it was made from. */
  put({ key, operation, uid, before, body }: PreparedWrite): void {
    if (operation === 'none') return;
    const changes = getOrMake(this.#changes, key.resource, () => new Map<string, Entry | undefined>());
    const entry = operation === 'delete' ? undefined : Entry.fromBody(key, uid, before?.revision ?? 0, body);
    changes.set(sortKeyOf(key.namespace, key.name), entry);
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
    return this.entry({ resource, namespace, name })?.object;
  }

  list(resource: string, namespace: string | undefined): readonly Readonly<Record<string, unknown>>[] {
    const below = this.#base.list(resource, namespace);
    const changes = this.#changes.get(resource);
    if (changes === undefined) return below;
    const kept = below.filter((object) => {
      const { namespace: space = '', name } = object.metadata as { namespace?: string; name: string };
      return !changes.has(sortKeyOf(space, name));
    });
    for (const entry of changes.values())
      if (entry !== undefined && (namespace === undefined || entry.key.namespace === namespace))
        kept.push(entry.object);
    return kept;
  }

  #change(key: ObjectKey): Entry | undefined {
    return this.#changes.get(key.resource)?.get(sortKeyOf(key.namespace, key.name));
  }
}
