import type { Deployment } from '@gantry/api/generated/types';
import { scaled } from '../shared/int-or-percent.ts';

export interface Limits {
  readonly replicas: number;
  /** Pods that may exist above `replicas` in a rolling update. */
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

export const isRollingUpdate = (deployment: Deployment): boolean =>
  (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** Surge rounds up, unavailability down; when both come to 0 one pod may be unavailable, else nothing could move. */
export function limitsOf(deployment: Deployment): Limits {
  const replicas = deployment.spec.replicas ?? 1;
  if (!isRollingUpdate(deployment)) return { replicas, maxSurge: 0, maxUnavailable: 0 };
  const rolling = deployment.spec.strategy?.rollingUpdate;
  const maxSurge = scaled(rolling?.maxSurge ?? '25%', replicas, 'up');
  const unavailable = scaled(rolling?.maxUnavailable ?? '25%', replicas, 'down');
  const maxUnavailable = maxSurge === 0 && unavailable === 0 ? 1 : unavailable;
  return { replicas, maxSurge, maxUnavailable: Math.min(maxUnavailable, replicas) };
}
