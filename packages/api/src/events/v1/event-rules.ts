import { changedEventErrors, newEventErrors } from '../../core/v1/event-rules.ts';
import type { Event, EventsV1Event } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { eventToStorage } from './convert-event.ts';

const stored = (event: EventsV1Event): Event => eventToStorage(event as never) as unknown as Event;

/** Stricter than the core group's rules for the same rows. */
export const eventRules: KindRules<EventsV1Event> = {
  validate: (event, _context, old) =>
    old === undefined ? newEventErrors(stored(event)) : changedEventErrors(stored(event), stored(old)),
};
