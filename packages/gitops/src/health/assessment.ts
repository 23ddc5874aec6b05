import type { AnyObject } from '@gantry/machinery/object';

export type HealthStatus =
  | 'Healthy'
  | 'Progressing'
  | 'Degraded'
  | 'Suspended'
  | 'Missing'
  | 'Unknown'
  | 'Unmanaged';

export interface Health {
  readonly status: HealthStatus;
  /** Why, in plain words. */
  readonly message: string;
}

/** Pods of a workload, for the reason behind a number. */
export type PodsOf = (owner: AnyObject) => readonly AnyObject[];

/** Judges one live object of one kind. */
export type Assess = (object: AnyObject, pods: PodsOf) => Health;

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}

export const healthy = (message = ''): Health => ({ status: 'Healthy', message });
export const progressing = (message: string): Health => ({ status: 'Progressing', message });
export const degraded = (message: string): Health => ({ status: 'Degraded', message });
export const suspended = (message: string): Health => ({ status: 'Suspended', message });

/** Nobody has looked at the latest spec yet. */
export const UNOBSERVED = progressing('waiting for its controller');

export const statusOf = (object: AnyObject): Record<string, unknown> =>
  (object.status ?? {}) as Record<string, unknown>;
export const specOf = (object: AnyObject): Record<string, unknown> =>
  (object.spec ?? {}) as Record<string, unknown>;
export const conditionsOf = (object: AnyObject): readonly Condition[] => {
  const { conditions } = statusOf(object);
  return Array.isArray(conditions) ? (conditions as readonly Condition[]) : [];
};
export const conditionOf = (object: AnyObject, type: string): Condition | undefined =>
  conditionsOf(object).find((condition) => condition.type === type);
/** The condition when it holds. */
export const holding = (object: AnyObject, type: string): Condition | undefined => {
  const condition = conditionOf(object, type);
  return condition?.status === 'True' ? condition : undefined;
};
export const number = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' ? value : otherwise;

/** What a condition says, in the words of whoever wrote it. */
export function wordsOf({ type, status, reason, message }: Condition): string {
  if (message !== undefined && message !== '') return message;
  return reason !== undefined && reason !== '' ? reason : `${type} is ${status}`;
}

/** The controller has seen the latest spec; kinds that don't tell are taken at their word. */
export const isObserved = (object: AnyObject): boolean =>
  number(statusOf(object).observedGeneration) >= number(object.metadata.generation);
