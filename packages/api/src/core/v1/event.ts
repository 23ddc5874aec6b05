import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int32, microTime, ref, string, struct, time } from '../../schema/dsl.ts';
import { eventColumns } from './event-columns.ts';
import { eventRules } from './event-rules.ts';
import { EventSource, ObjectReference } from './types/common.ts';

export const EventSeries = struct(
  'io.k8s.api.core.v1.EventSeries',
  {
    count: int32({ description: 'How often it happened until lastObservedTime.' }),
    lastObservedTime: microTime({ description: 'When it was last seen.' }),
  },
  { description: 'Something that keeps happening.' },
);

export const Event = struct(
  'io.k8s.api.core.v1.Event',
  {
    action: string({ description: 'What was done or failed, in one word.' }),
    apiVersion: string(),
    count: int32({ description: 'How often it happened.' }),
    eventTime: microTime({ description: 'When it was first seen.' }),
    firstTimestamp: time({ description: 'When it first happened.' }),
    involvedObject: ref(() => ObjectReference, {
      required: true,
      description: 'The object that the event is about.',
    }),
    kind: string(),
    lastTimestamp: time({ description: 'When it last happened.' }),
    message: string({ description: 'What happened, for people.' }),
    metadata: ref(() => ObjectMeta, { required: true }),
    reason: string({ description: 'Why it happened, in one word.' }),
    related: ref(() => ObjectReference, { description: 'A second object that took part.' }),
    reportingComponent: string({
      published: '',
      description: 'Component that reported it, such as kubernetes.io/kubelet.',
    }),
    reportingInstance: string({ published: '', description: 'Instance of that component.' }),
    series: ref(() => EventSeries, { description: 'Set while it keeps happening.' }),
    source: ref(() => EventSource, { byValue: true, description: 'Component and node that reported it.' }),
    type: string({ description: 'Normal or Warning.' }),
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
