import { timestamp } from '@gantry/runtime/clock';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export const findCondition = <C extends Condition>(
  conditions: readonly C[] | undefined,
  type: string,
): C | undefined => conditions?.find((condition) => condition.type === type);

/** Without the condition of this type. */
export const withoutCondition = <C extends Condition>(
  conditions: readonly C[] | undefined,
  type: string,
): C[] => (conditions ?? []).filter((condition) => condition.type !== type);

/**
 * With the condition set. One that says the same (status, reason, message) stays as it was; the transition time moves
 * only when the status changes.
 */
export function withCondition<C extends Condition>(
  conditions: readonly C[] | undefined,
  next: C,
  now: number,
): C[] {
  const current = findCondition(conditions, next.type);
  if (
    current !== undefined &&
    current.status === next.status &&
    current.reason === next.reason &&
    current.message === next.message
  )
    return [...(conditions ?? [])];
  const lastTransitionTime =
    current?.status === next.status ? (current.lastTransitionTime ?? timestamp(now)) : timestamp(now);
  return [...withoutCondition(conditions, next.type), { ...next, lastTransitionTime }];
}
