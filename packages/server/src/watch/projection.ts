import type { Status } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** How events stand in a stream: lines of JSON, or messages with their length before them. */
export interface Framing {
  /** Of the whole stream. */
  readonly contentType: string;
  /** WebSocket messages hold text. */
  readonly text: boolean;
  /** Appends the parts of one frame; `object` is what a projection made. */
  push(parts: Buffer[], type: EventType, object: Buffer): void;
  /** A Status as the object of an ERROR event. */
  status(status: Status): Buffer;
}

/**
 * The form in which a client wants objects: full, metadata only, another version, rows of a Table. `key` names it:
 * two projections with the same key make the same bytes, so that watchers may share them.
 */
export interface Projection {
  readonly key: string;
  readonly framing: Framing;
  /** One object, as it stands in an event or in a GET. */
  object(entry: Entry): Buffer;
  /** As `object`, for the first event of a watch (a Table carries its columns there only). */
  first?(entry: Entry): Buffer;
  /** Where a webhook converts: must have resolved before entries are rendered. Rejects when it fails. */
  prepare?(entries: readonly Entry[]): Promise<void>;
  /** The object of a BOOKMARK. */
  bookmark(revision: number, initialEventsEnd: boolean): Buffer;
}
