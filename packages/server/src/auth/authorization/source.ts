import type { AnyObject } from '@gantry/machinery/object';

/**
 * Where the core tells of each change of its cache, in revision order, and of each object once at the start (without `old`).
 * Only the resources named are needed. Synchronous: when it returns, decisions see the change.
 */
export interface StateListener {
  readonly resources: readonly string[];
  onChange(resource: string, object: AnyObject | undefined, old: AnyObject | undefined): void;
}
