import type { Status } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { CacheEvent } from '../cache/resource-cache.ts';
import type { Selection } from '../registry/selection.ts';
import type { EventType, Framing, Projection } from './projection.ts';

const END = Buffer.from('}\n');
const HEADS: Readonly<Record<EventType, Buffer>> = {
  ADDED: Buffer.from('{"type":"ADDED","object":'),
  MODIFIED: Buffer.from('{"type":"MODIFIED","object":'),
  DELETED: Buffer.from('{"type":"DELETED","object":'),
  BOOKMARK: Buffer.from('{"type":"BOOKMARK","object":'),
  ERROR: Buffer.from('{"type":"ERROR","object":'),
};

/** A line of JSON an event. */
export const jsonFraming: Framing = {
  contentType: 'application/json',
  text: true,
  push(parts, type, object) {
    parts.push(HEADS[type], object, END);
  },
  status: (status) => Buffer.from(JSON.stringify(status)),
};

/** One frame, joined. */
export function frame({ push }: Framing, type: EventType, object: Buffer): Buffer {
  const parts: Buffer[] = [];
  push(parts, type, object);
  return Buffer.concat(parts);
}

export const errorFrame = (framing: Framing, status: Status): Buffer =>
  frame(framing, 'ERROR', framing.status(status));

/** What a change is to one selection, or undefined when it does not concern it. */
export interface SelectedEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly entry: Entry;
}

/**
 * Entering a selection is ADDED, leaving it DELETED. Objects that leave or go are shown in the state before, at the
 * revision of the change.
 */
export function selectEvent(event: CacheEvent, selection: Selection): SelectedEvent | undefined {
  const { entry, previous } = event;
  if (!selection.inScope(entry)) return undefined;
  if (event.type === 'delete') {
    return selection.matches(previous ?? entry) ? { type: 'DELETED', entry } : undefined;
  }
  const now = selection.matches(entry);
  const before = previous !== undefined && selection.matches(previous);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', entry };
  if (before && previous !== undefined) return { type: 'DELETED', entry: previous.at(event.revision) };
  return undefined;
}

/** Frames of the events that concern a selection, joined; undefined when none does. */
export function joinFrames(
  events: readonly CacheEvent[],
  selection: Selection,
  projection: Projection,
  first: boolean,
): Buffer | undefined {
  const parts: Buffer[] = [];
  for (const event of events) {
    const selected = selectEvent(event, selection);
    if (selected === undefined) continue;
    const render = first && parts.length === 0 && projection.first ? 'first' : 'object';
    const bytes =
      render === 'first' && projection.first !== undefined
        ? projection.first(selected.entry)
        : projection.object(selected.entry);
    projection.framing.push(parts, selected.type, bytes);
  }
  return parts.length === 0 ? undefined : Buffer.concat(parts);
}
