import { invalid, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type { Event } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import type { StructType } from '../../schema/dsl.ts';
import { check, type Errors } from '../../validation/common.ts';
import { goStruct } from '../../validation/go-struct.ts';
import { EventSource, ObjectReference } from './types/common.ts';

const MAX_TEXT = 128;
const MAX_NOTE = 1024;

export const eventRules: KindRules<Event> = {
  validate: (event) => legacyErrors(event, 'reportingComponent'),
};

/** What any event must be: one with an event time says more of itself than an old one. */
function legacyErrors(event: Event, controllerField: string): Errors {
  const errors: Errors = [];
  const about = event.involvedObject?.namespace ?? '';
  const { namespace = '' } = event.metadata;
  const elsewhere = (): void => {
    errors.push(invalid('involvedObject.namespace', about, 'does not match event.namespace'));
  };
  if (!event.eventTime) {
    // Events about cluster-scoped objects live in `default`.
    if (about === '' ? namespace !== '' && namespace !== 'default' : about !== namespace) elsewhere();
  } else {
    if (about === '' && namespace !== 'default' && namespace !== 'kube-system') elsewhere();
    const { reportingComponent = '', reportingInstance = '', action = '', reason = '', message = '' } = event;
    if (reportingComponent === '') errors.push(required(controllerField));
    check(isQualifiedName(reportingComponent), controllerField, reportingComponent, errors);
    bounded(reportingInstance, 'reportingInstance', errors);
    bounded(action, 'action', errors);
    bounded(reason, 'reason', errors);
    if (Buffer.byteLength(message) > MAX_NOTE)
      errors.push(invalid('message', '', `can have at most ${MAX_NOTE} characters`));
  }
  check(isDNS1123Subdomain(namespace), 'namespace', namespace, errors);
  return errors;
}

function bounded(value: string, path: string, errors: Errors): void {
  if (value === '') errors.push(required(path));
  if (Buffer.byteLength(value) > MAX_TEXT)
    errors.push(invalid(path, '', `can have at most ${MAX_TEXT} characters`));
}

function seriesErrors({ series }: Event): Errors {
  const errors: Errors = [];
  if (series === undefined) return errors;
  if ((series.count ?? 0) < 2) errors.push(invalid('series.count', '', 'should be at least 2'));
  if (!series.lastObservedTime) errors.push(required('series.lastObservedTime'));
  return errors;
}

/** What events.k8s.io/v1 asks of a new event, in its stored form; errors speak of the stored names. */
export function newEventErrors(event: Event): Errors {
  const errors = [...legacyErrors(event, 'reportingController'), ...seriesErrors(event)];
  if (!event.eventTime) errors.push(required('eventTime'));
  const { type = '' } = event;
  if (type !== 'Normal' && type !== 'Warning') errors.push(invalid('type', '', `has invalid value: ${type}`));
  for (const field of ['firstTimestamp', 'lastTimestamp', 'count'] as const)
    if (event[field]) errors.push(invalid(field, '', 'needs to be unset'));
  if (event.source?.component || event.source?.host) errors.push(invalid('source', '', 'needs to be unset'));
  return errors;
}

const IMMUTABLE = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'type',
  'eventTime',
  'action',
  'related',
] as const;

const REFERENCES: Readonly<Record<string, StructType>> = {
  involvedObject: ObjectReference,
  related: ObjectReference,
  source: EventSource,
};

function inGo(field: string, now: unknown, was: unknown): unknown {
  const type = REFERENCES[field];
  if (type !== undefined) return typeof now === 'object' && now !== null ? goStruct(type, now) : null;
  return now ?? (typeof was === 'string' && field !== 'eventTime' ? '' : null);
}

/** What events.k8s.io/v1 lets an update change: the series. */
export function changedEventErrors(event: Event, old: Event): Errors {
  const errors = legacyErrors(event, 'reportingController');
  if (!semanticEqual(event.series, old.series)) errors.push(...seriesErrors(event));
  const same = (now: unknown, was: unknown, path: string): void => {
    if (!semanticEqual(now, was)) errors.push(invalid(path, inGo(path, now, was), 'field is immutable'));
  };
  for (const field of IMMUTABLE) same(event[field], old[field], field);
  same(event.reportingComponent, old.reportingComponent, 'reportingController');
  same(event.reportingInstance, old.reportingInstance, 'reportingInstance');
  return errors;
}
