import type { Reference } from '../check/checker.ts';
import { CelDouble, CelList, CelUint, type Value } from '../values/values.ts';
import type { Plan } from './attribute.ts';

/** `x in [constants]`: a look-up in a set, which the cost model has for free. Undefined: it is not that. */
export function planMembership(
  { overloads }: Reference & { kind: 'function' },
  [value, list]: readonly Plan[],
): Plan | undefined {
  if (overloads.length !== 1 || overloads[0]?.id !== 'in_list' || !(list?.constant instanceof CelList)) {
    return undefined;
  }
  const items = list.constant.values();
  if (items.length === 0) {
    return { run: () => false, constant: false };
  }
  const set = new Set<unknown>();
  for (const item of items) {
    const key = setKey(item);
    if (key === undefined) {
      return undefined;
    }
    set.add(key);
  }
  const run = value?.run;
  return run && { run: (frame) => set.has(setKey(run(frame))) };
}

/** Equal values have equal keys; undefined: a value that no set is made of. */
function setKey(value: Value): unknown {
  if (value instanceof CelUint) {
    return value.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value.value) : value.value;
  }
  if (value instanceof CelDouble) {
    return Number.isInteger(value.value) && !Number.isSafeInteger(value.value)
      ? BigInt(value.value)
      : value.value;
  }
  return value === null || typeof value !== 'object' ? value : undefined;
}
