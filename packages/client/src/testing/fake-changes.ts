import type { AnyObject } from '@gantry/machinery/object';
import type { WatchEvent } from '../port.ts';
import type { Selection } from './fake-rules.ts';

export interface Change {
  readonly revision: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: AnyObject;
  readonly old: AnyObject | undefined;
}

export const copy = <T>(value: T): T => structuredClone(value);

/** What an update can't change. */
export function keepServerFields(old: AnyObject): Partial<AnyObject['metadata']> {
  const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds, namespace } =
    old.metadata;
  const kept = {
    uid,
    creationTimestamp,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    namespace,
    resourceVersion: old.metadata.resourceVersion,
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** How a watcher with a selector sees a change: entering shows as an add, leaving as a delete. */
export function visible(change: Change, selection: Selection): WatchEvent<AnyObject> | undefined {
  const is = selection(change.object);
  const was = change.old !== undefined && selection(change.old);
  const object = copy(change.object);
  if (change.type === 'DELETED') return was || is ? { type: 'DELETED', object } : undefined;
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was) return undefined;
  return { type: 'DELETED', object };
}
