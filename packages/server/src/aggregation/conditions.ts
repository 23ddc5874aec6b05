import type { AnyObject } from '@gantry/machinery/object';

/** The condition Available of an APIService, but for its time. */
export interface Availability {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

interface Condition extends Availability {
  readonly type: string;
  readonly lastTransitionTime?: string;
}

export const LOCAL: Availability = {
  status: 'True',
  reason: 'Local',
  message: 'Local APIServices are always available',
};

export const PASSED: Availability = { status: 'True', reason: 'Passed', message: 'all checks passed' };

export const unavailable = (reason: string, message: string): Availability => ({
  status: 'False',
  reason,
  message,
});

const conditionsOf = ({ status }: AnyObject): readonly Condition[] =>
  (status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions ?? [];

const find = (object: AnyObject): Condition | undefined =>
  conditionsOf(object).find(({ type }) => type === 'Available');

export function hasAvailability(object: AnyObject, { status, reason, message }: Availability): boolean {
  const live = find(object);
  return live?.status === status && live.reason === reason && live.message === message;
}

/** In place; the time of the last transition stays as long as the status does. */
export function setAvailability(object: AnyObject, availability: Availability, now: string): void {
  const live = find(object);
  const lastTransitionTime = live?.status === availability.status ? (live.lastTransitionTime ?? now) : now;
  const condition = { lastTransitionTime, ...availability, type: 'Available' };
  const others = conditionsOf(object).filter(({ type }) => type !== 'Available');
  object.status = { ...(object.status as object | undefined), conditions: [...others, condition] };
}
