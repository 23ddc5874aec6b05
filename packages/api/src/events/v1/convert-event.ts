import type { AnyObject } from '@gantry/machinery/object';

/** Fields of events.k8s.io/v1 and their names in the core group. All others are called alike. */
const NAMES: readonly (readonly [events: string, core: string])[] = [
  ['note', 'message'],
  ['regarding', 'involvedObject'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];
const TO_CORE = new Map(NAMES);
const FROM_CORE = new Map(NAMES.map(([events, core]) => [core, events]));

function rename(object: AnyObject, names: ReadonlyMap<string, string>, apiVersion: string): AnyObject {
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(object)) out[names.get(field) ?? field] = value;
  return { ...out, apiVersion, kind: object.kind, metadata: object.metadata };
}

export function eventToStorage(object: AnyObject): AnyObject {
  const out = rename(object, TO_CORE, 'v1');
  // The core type requires it; an event about nothing is refused by the kind's rules.
  out.involvedObject ??= {};
  return out;
}

export const eventFromStorage = (object: AnyObject): AnyObject =>
  rename(object, FROM_CORE, 'events.k8s.io/v1');
