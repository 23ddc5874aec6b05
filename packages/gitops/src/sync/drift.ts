import type { ApplySetResult } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { diffObjects } from '../plan/diff.ts';
import { identityOf } from '../render/render.ts';
import { isContentOnly } from './live-objects.ts';

/** Objects of Applications that somebody else touched since the last look. */
export class DriftMarks {
  /** Application → object → revision that was seen ('' = gone). */
  readonly #marked = new Map<string, Map<string, string>>();
  /** Taken, and what was found isn't written down yet. */
  readonly #taken = new Map<string, ReadonlySet<string>>();
  /** Revision at which our own apply left each object. */
  readonly #applied = new Map<string, string>();

  mark(key: string, object: AnyObject, gone: boolean): void {
    const marks = this.#marked.get(key) ?? new Map<string, string>();
    this.#marked.set(key, marks);
    marks.set(identityOf(object), gone ? '' : (object.metadata.resourceVersion ?? ''));
  }

  /** Identities of the objects marked since the last call, and of those taken before and not settled. What turned out to be our own write is left out. */
  take(key: string): ReadonlySet<string> {
    const marks = this.#marked.get(key) ?? new Map<string, string>();
    this.#marked.delete(key);
    const others = [...marks].filter(
      ([identity, revision]) => revision === '' || this.#applied.get(identity) !== revision,
    );
    const taken = new Set([...(this.#taken.get(key) ?? []), ...others.map(([identity]) => identity)]);
    if (taken.size > 0) this.#taken.set(key, taken);
    return taken;
  }

  /** What was found at the objects taken is written down. */
  settle(key: string): void {
    this.#taken.delete(key);
  }

  /** Marks what `take` gave, to be looked at again. */
  putBack(key: string, identities: ReadonlySet<string>): void {
    const marks = this.#marked.get(key) ?? new Map<string, string>();
    this.#marked.set(key, marks);
    for (const identity of identities) if (!marks.has(identity)) marks.set(identity, '');
  }

  forget(key: string): void {
    this.#marked.delete(key);
    this.#taken.delete(key);
  }

  /** Remembers what we wrote ourselves, so that its echo is no drift. */
  applied(results: readonly ApplySetResult[]): void {
    for (const result of results) {
      const after = result.after as AnyObject | undefined;
      if (after?.metadata.resourceVersion !== undefined)
        this.#applied.set(identityOf(after), after.metadata.resourceVersion);
    }
  }

  /** Whether a change may have taken the object away from what Git says: by others, and not only its status. */
  isDrift(object: AnyObject, old: AnyObject | undefined, gone: boolean): boolean {
    const identity = identityOf(object);
    if (gone) {
      this.#applied.delete(identity);
      return true;
    }
    if (this.#applied.get(identity) === object.metadata.resourceVersion) return false;
    return (
      old === undefined ||
      isContentOnly(object.kind) ||
      object.metadata.deletionTimestamp !== old.metadata.deletionTimestamp ||
      diffObjects(old, object).length > 0
    );
  }
}
