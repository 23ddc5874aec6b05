import { isDeepStrictEqual } from 'node:util';
import type { Toleration } from '@gantry/api/generated/types';

/** Whether `wide` tolerates all that `narrow` does. */
export function coversToleration(wide: Toleration, narrow: Toleration): boolean {
  if (isDeepStrictEqual(wide, narrow)) return true;
  const { key = '', operator = 'Equal', effect = '', value = '', tolerationSeconds: most } = wide;
  if ((narrow.key ?? '') !== key && !(key === '' && operator === 'Exists')) return false;
  if (effect !== '' && (narrow.effect ?? '') !== effect) return false;
  const seconds = narrow.tolerationSeconds;
  if (effect === 'NoExecute' && most !== undefined && (seconds === undefined || seconds > most)) return false;
  if (operator === 'Exists') return true;
  return operator === 'Equal' && (narrow.operator ?? 'Equal') === 'Equal' && (narrow.value ?? '') === value;
}

/** Without those that another one covers; of equal ones the first stays. */
export function mergeTolerations(all: readonly Toleration[]): Toleration[] {
  const merged: Toleration[] = [];
  for (const [index, one] of all.entries()) {
    const isCovered =
      merged.some((other) => coversToleration(other, one)) ||
      all.slice(index + 1).some((other) => !isDeepStrictEqual(one, other) && coversToleration(other, one));
    if (!isCovered) merged.push({ ...one });
  }
  return merged;
}
