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

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export const healthy = (message = ''): Health => ({ status: 'Healthy', message });
export const progressing = (message: string): Health => ({ status: 'Progressing', message });
export const degraded = (message: string): Health => ({ status: 'Degraded', message });

export const statusOf = (object: AnyObject): Record<string, unknown> =>
  (object.status ?? {}) as Record<string, unknown>;
export const specOf = (object: AnyObject): Record<string, unknown> =>
  (object.spec ?? {}) as Record<string, unknown>;
export const conditionsOf = (object: AnyObject): readonly Condition[] =>
  (statusOf(object).conditions ?? []) as readonly Condition[];
export const number = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' ? value : otherwise;
