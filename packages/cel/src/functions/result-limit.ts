import { PER_CALL_LIMIT } from '../run/limits.ts';
import { CostExceeded } from '../values/work.ts';

/** Reading a text back costs a tenth of a unit a character, so a longer one would be beyond the limit at once. */
const MAX_LENGTH = 10 * PER_CALL_LIMIT;

/** Makes a text of `length`, unless that is more than any later use of it could cost. */
export function bounded<T>(length: number, make: () => T, most = MAX_LENGTH): T {
  if (length > most) {
    throw new CostExceeded();
  }
  return make();
}
