import type { Entry } from '../cache/entry.ts';
import type { Projection } from '../watch/projection.ts';

/** A form of a resource that can be listed too. */
export interface ListProjection extends Projection {
  /** What stands for one object in a list: the object, or a row. */
  item(entry: Entry): Buffer;
  /** What stands between items. */
  readonly separator: Buffer | undefined;
  /** The order of the items, where it is not that of their names. */
  readonly order?: (a: Entry, b: Entry) => number;
  /** Items move with time, not only with the data: the ages of a table. */
  readonly ages: boolean;
  /** The list around its items, in parts to be joined. */
  wrap(metadata: object, items: readonly Buffer[]): readonly Buffer[];
}

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** Metadata of the object of a BOOKMARK. */
export const bookmarkMetadata = (revision: number, initialEventsEnd: boolean): object => ({
  resourceVersion: String(revision),
  ...(initialEventsEnd ? { annotations: { [INITIAL_EVENTS_END]: 'true' } } : {}),
});

/** A list of these entries, in parts to be joined. */
export function listed(
  projection: ListProjection,
  metadata: object,
  entries: readonly Entry[],
): readonly Buffer[] {
  const items: Buffer[] = [];
  for (const entry of entries) pushItem(items, projection, entry);
  return projection.wrap(metadata, items);
}

/** Appends one item, and what stands before it. */
export function pushItem(items: Buffer[], projection: ListProjection, entry: Entry): void {
  if (items.length > 0 && projection.separator !== undefined) items.push(projection.separator);
  items.push(projection.item(entry));
}
