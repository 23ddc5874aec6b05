import type { Adapter, Value } from '../values/values.ts';
import { CelOptional, fail } from '../values/values.ts';
import { COST } from './call-cost.ts';
import { charge, type Step } from './frame.ts';
import { select, selectOptional } from './qualify.ts';

/**
 * A compiled node, and what the cost model asks of it. A name followed by fields and indexes counts as one thing (an
 * attribute): one unit, and one for each field and index; as a branch of `?:` the unit of the name is not counted.
 */
export interface Plan {
  readonly run: Step;
  /** Known without running; costs nothing. */
  readonly constant?: Value;
  readonly attribute?: { readonly resolve: Step; readonly isConditional: boolean };
}

export interface Variable {
  readonly name: string;
  readonly adapt: Adapter;
  /** A missing binding is a value: optional.none(). */
  readonly isOptional: boolean;
}

export function constantPlan(value: Value): Plan {
  return { run: () => value, constant: value };
}

export function attributePlan(resolve: Step): Plan {
  return {
    run: (frame) => {
      charge(frame, COST.select);
      return resolve(frame);
    },
    attribute: { resolve, isConditional: false },
  };
}

export function attributeOf(plan: Plan): { readonly resolve: Step; readonly isConditional: boolean } {
  return plan.attribute ?? { resolve: plan.run, isConditional: false };
}

/** An attribute with one more field or index. */
export function qualified(
  operand: Step,
  isConditional: boolean,
  key: Step,
  isOptional: boolean,
  read?: (operand: Value) => Value,
): Plan {
  const resolve: Step = (frame) => {
    const value = operand(frame);
    if (isOptional || value instanceof CelOptional) {
      const result = selectOptional(value, key(frame));
      charge(frame, result.value === undefined ? 0 : COST.select);
      return result;
    }
    const result = read ? read(value) : select(value, key(frame));
    charge(frame, COST.select);
    return result;
  };
  return isConditional ? { run: resolve, attribute: { resolve, isConditional } } : attributePlan(resolve);
}

export function readVariable({ name, adapt, isOptional }: Variable, slot: number): Step {
  return (frame) => {
    const known = frame.slots[slot];
    if (known !== undefined) {
      return known as Value;
    }
    const raw = frame.bindings[name];
    if (raw === undefined && !isOptional) {
      return fail(`no such attribute(s): ${name}`);
    }
    const value = adapt(raw);
    frame.slots[slot] = value;
    return value;
  };
}
