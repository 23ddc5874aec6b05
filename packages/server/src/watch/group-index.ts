import type { Entry } from '../cache/entry.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { IndexedField, Selection } from '../registry/selection.ts';

/** What an index needs to know of a group. */
export interface Indexed {
  readonly selection: Selection;
}

const ALL = '';
const ofNamespace = (namespace: string): string => `namespace\0${namespace}`;
const ofName = (namespace: string, name: string): string => `name\0${namespace}\0${name}`;
const ofField = ({ cacheKey }: IndexedField, value: string): string => `field\0${cacheKey}\0${value}`;

/** Under which an event must fall to concern a selection: the rarest of what it demands. */
function triggerOf({ namespace, name, indexed }: Selection): string {
  if (name !== '') return ofName(namespace, name);
  if (indexed !== undefined) return ofField(indexed, indexed.value);
  return namespace === '' ? ALL : ofNamespace(namespace);
}

interface FieldUse {
  readonly field: IndexedField;
  groups: number;
}

/**
 * The groups of one resource, found by what they select. Nodes watch their own pods, and each Secret by its name: an
 * event concerns few of thousands of groups, and the others are not asked.
 */
export class GroupIndex<G extends Indexed> {
  /** Of all groups together; counted by the owner. */
  watchers = 0;
  readonly #groups = new Map<string, G>();
  readonly #byTrigger = new Map<string, Set<G>>();
  readonly #fields = new Map<string, FieldUse>();

  get(key: string): G | undefined {
    return this.#groups.get(key);
  }

  values(): IterableIterator<G> {
    return this.#groups.values();
  }

  add(key: string, group: G): void {
    const { selection } = group;
    const { indexed } = selection;
    this.#groups.set(key, group);
    getOrMake(this.#byTrigger, triggerOf(selection), () => new Set<G>()).add(group);
    if (indexed !== undefined)
      getOrMake(this.#fields, indexed.cacheKey, () => ({ field: indexed, groups: 0 })).groups++;
  }

  delete(key: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    this.#groups.delete(key);
    const { indexed } = group.selection;
    const trigger = triggerOf(group.selection);
    const groups = this.#byTrigger.get(trigger);
    groups?.delete(group);
    if (groups?.size === 0) this.#byTrigger.delete(trigger);
    const use = indexed === undefined ? undefined : this.#fields.get(indexed.cacheKey);
    if (use !== undefined && --use.groups === 0) this.#fields.delete(use.field.cacheKey);
  }

  /** Each group that some of the events may concern, with those events in order. */
  concerned(events: readonly CacheEvent[]): Iterable<readonly [G, readonly CacheEvent[]]> {
    const found = new Map<G, readonly CacheEvent[]>();
    const whole = this.#byTrigger.get(ALL);
    for (const group of whole ?? []) found.set(group, events);
    if (this.#byTrigger.size === (whole === undefined ? 0 : 1)) return found;
    const some = new Map<G, CacheEvent[]>();
    for (const event of events)
      for (const trigger of this.#triggers(event))
        for (const group of this.#byTrigger.get(trigger) ?? []) getOrMake(some, group, () => []).push(event);
    for (const [group, own] of some) found.set(group, own);
    return found;
  }

  /** All triggers of an event but the one that fits any. */
  #triggers({ entry, previous }: CacheEvent): Set<string> {
    const { namespace, name } = entry.key;
    const triggers = new Set([ofNamespace(namespace), ofName('', name), ofName(namespace, name)]);
    for (const { field } of this.#fields.values()) {
      const add = (one: Entry): unknown => triggers.add(ofField(field, field.of(one)));
      add(entry);
      if (previous !== undefined) add(previous);
    }
    return triggers;
  }
}
