import type { Change, Written } from '@gantry/store/port';
import { Entry } from './entry.ts';
import type { CacheEvent } from './resource-cache.ts';

/** A line of the log as an event; `held` saves decoding the state before, when the cache has it. */
export function changeToEvent(change: Change, held?: Entry): CacheEvent {
  const { previousRevision, previousBody } = change;
  const previous =
    held !== undefined && held.revision === previousRevision
      ? held
      : previousBody === undefined || previousRevision === undefined
        ? undefined
        : Entry.fromBody(change.key, change.uid, previousRevision, previousBody);
  return {
    type: change.op,
    revision: change.revision,
    entry: Entry.fromBody(change.key, change.uid, change.revision, change.body),
    previous,
  };
}

/** An own write as an event; undefined when the cache does not hold the state that it was made from. */
export function writtenToEvent(
  { write, revision }: Written,
  held: Entry | undefined,
): CacheEvent | undefined {
  const { key, op } = write;
  if (op === 'create') {
    if (held !== undefined) return undefined;
    return {
      type: op,
      revision,
      entry: Entry.fromBody(key, write.uid, revision, write.body),
      previous: undefined,
    };
  }
  if (held?.revision !== write.expected) return undefined;
  const entry =
    write.body === undefined ? held.at(revision) : Entry.fromBody(key, held.uid, revision, write.body);
  return { type: op, revision, entry, previous: held };
}
