import type { ApplySetResult } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { diffObjects } from '../plan/diff.ts';
import { identityOf } from '../render/render.ts';

/** Applications whose objects somebody else touched since the last look. */
export class DriftMarks {
  readonly #marked = new Set<string>();
  /** Revision at which our own apply left each object. */
  readonly #applied = new Map<string, string>();

  mark(key: string): void {
    this.#marked.add(key);
  }

  /** True once for each mark or more. */
  take(key: string): boolean {
    return this.#marked.delete(key);
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
      object.metadata.deletionTimestamp !== old.metadata.deletionTimestamp ||
      diffObjects(old, object).length > 0
    );
  }
}
