import type { Taint, Toleration } from '@gantry/api/generated/types';

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  const operator = toleration.operator || 'Equal';
  if (operator === 'Exists') return true;
  if (!toleration.key) return false;
  const value = toleration.value ?? '';
  const present = taint.value ?? '';
  if (operator === 'Equal') return value === present;
  const [wanted, actual] = [Number(value), Number(present)];
  if (!Number.isInteger(wanted) || !Number.isInteger(actual) || value === '' || present === '') return false;
  return operator === 'Lt' ? actual < wanted : operator === 'Gt' ? actual > wanted : false;
}

/** The first taint, of those with one of the effects, that nothing tolerates. */
export const untolerated = (
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[],
  effects: readonly string[],
): Taint | undefined =>
  (taints ?? []).find(
    (taint) => effects.includes(taint.effect) && !tolerations.some((one) => tolerates(one, taint)),
  );
