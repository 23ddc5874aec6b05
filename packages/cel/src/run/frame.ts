import type { Failure, Value } from '../values/values.ts';
import { CostExceeded } from '../values/work.ts';

/** State of one evaluation. */
export interface Frame {
  cost: number;
  readonly limit: number;
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Variables, once read, and those of loops. A loop's accumulator may be a failure. */
  readonly slots: (Value | Failure | undefined)[];
}

/** A compiled node. Throws Failure, or CostExceeded. */
export type Step = (frame: Frame) => Value;

export function charge(frame: Frame, units: number): void {
  frame.cost += units;
  if (frame.cost > frame.limit) {
    throw new CostExceeded();
  }
}
