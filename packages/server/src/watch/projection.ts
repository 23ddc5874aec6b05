import type { Entry } from '../cache/entry.ts';

/**
 * The form in which a client wants objects: full, metadata only, another version, rows of a Table. `key` names it:
 * two projections with the same key make the same bytes, so that watchers may share them.
 */
export interface Projection {
  readonly key: string;
  readonly contentType: string;
  /** One object, as it stands in an event or in a GET. */
  object(entry: Entry): Buffer;
  /** As `object`, for the first event of a watch (a Table carries its columns there only). */
  first?(entry: Entry): Buffer;
  /** The object of a BOOKMARK. */
  bookmark(revision: number, initialEventsEnd: boolean): Buffer;
}
