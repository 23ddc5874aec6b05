import { translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { Event } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { text, wide } from '../../tables/columns.ts';

const firstSeen = (event: Event, now: Date): string =>
  timeSince(event.firstTimestamp || event.eventTime, now);

function lastSeen(event: Event, now: Date): string {
  if (event.series !== undefined) return timeSince(event.series.lastObservedTime, now);
  return event.lastTimestamp ? timeSince(event.lastTimestamp, now) : firstSeen(event, now);
}

function target({ involvedObject }: Event): string {
  const kind = (involvedObject?.kind ?? '').toLowerCase();
  return involvedObject?.name ? `${kind}/${involvedObject.name}` : kind;
}

function source({ source: from, reportingComponent, reportingInstance }: Event): string {
  const component = from?.component || reportingComponent || '';
  const instance = from?.host || reportingInstance || '';
  return instance === '' ? component : `${component}, ${instance}`;
}

/** Name comes last, and only in wide output: what happened matters first. */
export const eventColumns: readonly Column<Event>[] = [
  text('Last Seen', 'Time since it last happened.', lastSeen),
  text('Type', 'Normal or Warning.', ({ type }) => type ?? ''),
  text('Reason', 'Why it happened, in one word.', ({ reason }) => reason ?? ''),
  text('Object', 'The object that the event is about.', target),
  wide(
    'Subobject',
    'Part of the object that the event is about.',
    ({ involvedObject }) => involvedObject?.fieldPath ?? '',
  ),
  wide('Source', 'Component and node that reported it.', source),
  text('Message', 'What happened.', ({ message }) => (message ?? '').trim()),
  wide('First Seen', 'Time since it first happened.', firstSeen),
  wide('Count', 'How often it happened.', ({ count, series }) => series?.count ?? (count || 1)),
  {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: 'Name of the event.',
    priority: 1,
    cell: ({ metadata }) => metadata.name,
  },
];
