import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, microTime, ref, string, struct, time } from '../../schema/dsl.ts';
import { eventColumns } from './event-columns.ts';
import { eventRules } from './event-rules.ts';
import { EventSource, ObjectReference } from './types/common.ts';

export const EventSeries = struct('io.k8s.api.core.v1.EventSeries', {
  count: int32(),
  lastObservedTime: microTime(),
});

export const Event = struct(
  'io.k8s.api.core.v1.Event',
  {
    action: string(),
    apiVersion: string(),
    count: int32(),
    eventTime: microTime(),
    firstTimestamp: time(),
    involvedObject: ref(() => ObjectReference, { required: true }),
    kind: string(),
    lastTimestamp: time(),
    message: string(),
    metadata: ref(() => ObjectMeta, { required: true }),
    reason: string(),
    related: ref(() => ObjectReference),
    reportingComponent: string({ published: '' }),
    reportingInstance: string({ published: '' }),
    series: ref(() => EventSeries),
    source: ref(() => EventSource, { byValue: true }),
    type: string(),
  },
  { description: 'Something that happened to an object; kept for about an hour.' },
);

export const event = defineKind({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  namespaced: true,
  shortNames: ['ev'],
  type: Event,
  retention: 'busy',
  rules: eventRules,
  columns: eventColumns,
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject?.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject?.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject?.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject?.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ reportingComponent, source }) => source?.component || reportingComponent || '',
    type: ({ type }) => type ?? '',
  },
});
