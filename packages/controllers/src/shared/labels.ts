import type { LabelSelector } from '@gantry/api/generated/types';

type Labels = Readonly<Record<string, string>> | undefined;

/** An absent selector selects nothing, an empty one everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  const values = labels ?? {};
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    if (values[key] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values: allowed = [] }) => {
    const value = values[key];
    switch (operator) {
      case 'In':
        return value !== undefined && allowed.includes(value);
      case 'NotIn':
        return value === undefined || !allowed.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

/** Whether a plain map selector, as Services and ReplicationControllers have, matches; an empty one matches all. */
export const matchesLabels = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);
