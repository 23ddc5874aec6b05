import { eventColumns } from '../../core/v1/event-columns.ts';
import { EventSource, ObjectReference } from '../../core/v1/types/common.ts';
import type { EventsV1Event as Stored } from '../../generated/types.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, microTime, ref, string, struct, time } from '../../schema/dsl.ts';
import { eventToStorage } from './convert-event.ts';
import { eventRules } from './event-rules.ts';

export const EventSeries = struct(
  'io.k8s.api.events.v1.EventSeries',
  {
    count: int32({ required: true, description: 'How often it happened until lastObservedTime.' }),
    lastObservedTime: microTime({ required: true, byValue: false, description: 'When it was last seen.' }),
  },
  { description: 'Something that keeps happening.' },
);

export const Event = struct(
  'io.k8s.api.events.v1.Event',
  {
    action: string({ description: 'What was done or failed, in one word; at most 128 characters.' }),
    apiVersion: string(),
    deprecatedCount: int32({ description: 'How often it happened, of the older version.' }),
    deprecatedFirstTimestamp: time({ description: 'When it first happened, of the older version.' }),
    deprecatedLastTimestamp: time({ description: 'When it last happened, of the older version.' }),
    deprecatedSource: ref(() => EventSource, {
      byValue: true,
      description: 'Component and node that reported it, of the older version.',
    }),
    eventTime: microTime({ required: true, byValue: false, description: 'When it was first seen.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    note: string({ description: 'What happened, for people; at most 1 KiB.' }),
    reason: string({ description: 'Why it happened, in one word; at most 128 characters.' }),
    regarding: ref(() => ObjectReference, {
      byValue: true,
      description: 'The object that the event is about.',
    }),
    related: ref(() => ObjectReference, { description: 'A second object that took part.' }),
    reportingController: string({
      description: 'Component that reported it, such as kubernetes.io/kubelet.',
    }),
    reportingInstance: string({ description: 'Instance of that component; at most 128 characters.' }),
    series: ref(() => EventSeries, { description: 'Set while it keeps happening.' }),
    type: string({ description: 'Normal or Warning.' }),
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
