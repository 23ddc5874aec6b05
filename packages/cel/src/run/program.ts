import type { Checked } from '../check/checker.ts';
import { celTypeOf } from '../check/types.ts';
import {
  CelError,
  type CelProgram,
  type CelVariable,
  type CostRange,
  type Evaluation,
  type EvaluationLimit,
} from '../port.ts';
import { toJson } from '../values/adapt.ts';
import { Failure } from '../values/values.ts';
import { CostExceeded, withWorkLimit } from '../values/work.ts';
import type { Frame } from './frame.ts';
import { PER_CALL_LIMIT } from './limits.ts';
import { type PlanContext, plan } from './plan.ts';

/** Throws Failure where a constant part of the expression fails. */
export function createProgram(
  source: string,
  checked: Checked,
  variables: readonly CelVariable[],
  context: PlanContext,
  estimate: CostRange,
): CelProgram {
  const { run, slots } = plan(checked, context);
  const declared = new Set(variables.map(({ name }) => name));
  const references = new Set<string>();
  for (const reference of checked.references.values()) {
    if (reference.kind === 'variable' && declared.has(reference.name)) {
      references.add(reference.name);
    }
  }
  return {
    source,
    resultType: celTypeOf(checked.typeOf(checked.expr)),
    references,
    estimate,
    evaluate: (bindings, limit) => evaluate((frame) => toJson(run(frame)), slots, bindings, limit),
    evaluateValue: (bindings, limit) => evaluate(run, slots, bindings, limit),
  };
}

function evaluate(
  run: (frame: Frame) => unknown,
  slots: number,
  bindings: Readonly<Record<string, unknown>>,
  { cost }: EvaluationLimit,
): Evaluation {
  const frame: Frame = {
    cost: 0,
    limit: Math.min(cost, PER_CALL_LIMIT),
    bindings,
    slots: new Array(slots),
  };
  try {
    const value = withWorkLimit(() => run(frame));
    return { value, cost: frame.cost };
  } catch (error) {
    throw asCelError(error, frame.cost);
  }
}

function asCelError(error: unknown, cost: number): unknown {
  if (error instanceof Failure) {
    return new CelError(error.message, 'evaluation', cost);
  }
  if (error instanceof CostExceeded) {
    return new CelError(error.message, 'cost', cost);
  }
  return error instanceof RangeError
    ? new CelError(`internal error: ${error.message}`, 'evaluation', cost)
    : error;
}
