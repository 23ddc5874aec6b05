import { ACCUMULATOR, type Expr, type FoldExpr, OPERATOR } from '../syntax/ast.ts';
import { CelList, Failure, isMap, LiteralMap, type Value } from '../values/values.ts';
import { charge, type Frame, type Step } from './frame.ts';
import { attempt } from './logic.ts';
import type { Planner } from './plan.ts';

/** Compiles a comprehension. */
export function planFold(planner: Planner, expr: FoldExpr): Step {
  const range = planner.plan(expr.range).run;
  const variable = planner.newSlot();
  const variable2 = planner.newSlot();
  const read =
    (slot: number): Step =>
    (frame) =>
      frame.slots[slot] as Value;
  const withVariables = <T>(parts: () => T): T =>
    planner.withLocal(expr.variable, read(variable), () =>
      expr.variable2 === undefined ? parts() : planner.withLocal(expr.variable2, read(variable2), parts),
    );
  const loop = { range, variable, variable2, hasTwo: expr.variable2 !== undefined };
  const quantifier = quantifierOf(expr);
  if (quantifier) {
    const predicate = withVariables(() => planner.plan(quantifier.predicate).run);
    return planQuantifier(loop, predicate, quantifier.decisive);
  }
  const accumulator = planner.newSlot();
  const initial = planner.plan(expr.initial);
  const start = freshStart(expr.initial, initial.run);
  return planner.withLocal(expr.accumulator, readAccumulator(accumulator, start), () => {
    const { condition, step } = withVariables(() => ({
      condition: planner.plan(expr.condition),
      step: planner.plan(expr.step).run,
    }));
    const result = planner.plan(expr.result).run;
    const isEndless = condition.constant === true;
    return (frame) => {
      frame.slots[accumulator] = undefined;
      forEach(frame, loop, () => {
        if (!isEndless && attempt(condition.run, frame) === false) {
          return false;
        }
        frame.slots[accumulator] = attempt(step, frame);
        return true;
      });
      return result(frame);
    };
  });
}

/** An empty list or map that a loop starts from is a new one each time, since the loop fills it. */
function freshStart(expr: Expr, run: Step): Step {
  if (expr.kind === 'list' && expr.elements.length === 0) {
    return () => new CelList([], (raw) => raw as Value);
  }
  return expr.kind === 'map' && expr.entries.length === 0 ? () => new LiteralMap() : run;
}

/** The first reading makes the initial value. */
function readAccumulator(slot: number, start: Step): Step {
  return (frame) => {
    let value = frame.slots[slot];
    if (value === undefined) {
      value = start(frame);
      frame.slots[slot] = value;
    }
    if (value instanceof Failure) {
      throw value;
    }
    return value;
  };
}

interface Loop {
  readonly range: Step;
  readonly variable: number;
  readonly variable2: number;
  readonly hasTwo: boolean;
}

/** Calls `round` with the variables set until it answers false. */
function forEach(frame: Frame, loop: Loop, round: () => boolean): void {
  const range = loop.range(frame);
  if (range instanceof CelList) {
    for (let index = 0; index < range.size; index++) {
      frame.slots[loop.variable] = loop.hasTwo ? index : range.at(index);
      if (loop.hasTwo) {
        frame.slots[loop.variable2] = range.at(index);
      }
      if (!round()) {
        return;
      }
    }
    return;
  }
  if (!isMap(range)) {
    throw new Failure('no such overload');
  }
  for (const key of range.keys()) {
    frame.slots[loop.variable] = key;
    if (loop.hasTwo) {
      frame.slots[loop.variable2] = range.get(key) ?? null;
    }
    if (!round()) {
      return;
    }
  }
}

interface Quantifier {
  readonly predicate: Expr;
  /** The value of the predicate that ends the loop. */
  readonly decisive: boolean;
}

/** all() and exists(), which are most loops. */
function quantifierOf(expr: FoldExpr): Quantifier | undefined {
  const { initial, step } = expr;
  if (initial.kind !== 'literal' || typeof initial.value !== 'boolean' || expr.accumulator !== ACCUMULATOR) {
    return undefined;
  }
  const name = initial.value ? OPERATOR.and : OPERATOR.or;
  const predicate = step.kind === 'call' && step.name === name ? step.args[1] : undefined;
  return predicate && { predicate, decisive: !initial.value };
}

/** Units of the expansion's condition: the accumulator, its negation for exists(), and the test. */
const CONDITION_COST = { all: 2, exists: 3 };

function planQuantifier(loop: Loop, predicate: Step, decisive: boolean): Step {
  const conditionCost = decisive ? CONDITION_COST.exists : CONDITION_COST.all;
  return (frame) => {
    let isDecided = false;
    let failure: Failure | undefined;
    forEach(frame, loop, () => {
      charge(frame, conditionCost);
      if (isDecided) {
        return false;
      }
      charge(frame, 1);
      const value = attempt(predicate, frame);
      if (value === decisive) {
        isDecided = true;
      } else if (typeof value !== 'boolean') {
        failure ??= value instanceof Failure ? value : new Failure('no such overload');
      }
      return true;
    });
    charge(frame, 1);
    if (isDecided) {
      return decisive;
    }
    if (failure) {
      throw failure;
    }
    return !decisive;
  };
}
