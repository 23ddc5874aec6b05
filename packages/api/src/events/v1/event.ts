import { eventColumns } from '../../core/v1/event-columns.ts';
import { EventSource, ObjectReference } from '../../core/v1/types/common.ts';
import type { EventsV1Event as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, microTime, ref, string, struct, time } from '../../schema/dsl.ts';
import { eventToStorage } from './convert-event.ts';
import { eventRules } from './event-rules.ts';

export const EventSeries = struct('io.k8s.api.events.v1.EventSeries', {
  count: int32({ required: true }),
  lastObservedTime: microTime({ required: true, byValue: false }),
});

export const Event = struct(
  'io.k8s.api.events.v1.Event',
  {
    action: string(),
    apiVersion: string(),
    deprecatedCount: int32(),
    deprecatedFirstTimestamp: time(),
    deprecatedLastTimestamp: time(),
    deprecatedSource: ref(() => EventSource, { byValue: true }),
    eventTime: microTime({ required: true, byValue: false }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    note: string(),
    reason: string(),
    regarding: ref(() => ObjectReference, { byValue: true }),
    related: ref(() => ObjectReference),
    reportingController: string(),
    reportingInstance: string(),
    series: ref(() => EventSeries),
    type: string(),
  },
  { description: 'Something that happened to an object; kept for about an hour.' },
);

export const event = defineKind<Stored>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  namespaced: true,
  shortNames: ['ev'],
  type: Event,
  rules: eventRules,
  storage: { group: '', version: 'v1', plural: 'events' },
  retention: 'busy',
  selectableFields: {
    'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
    'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
    'regarding.name': ({ regarding }) => regarding?.name ?? '',
    'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
    'regarding.apiVersion': ({ regarding }) => regarding?.apiVersion ?? '',
    'regarding.resourceVersion': ({ regarding }) => regarding?.resourceVersion ?? '',
    'regarding.fieldPath': ({ regarding }) => regarding?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingController: ({ reportingController }) => reportingController ?? '',
    type: ({ type }) => type ?? '',
  },
  // One table for both: cells are those of the stored form.
  columns: eventColumns.map((column) => ({
    ...column,
    cell: (event, now) => column.cell(eventToStorage(event as never) as never, now),
  })),
});
