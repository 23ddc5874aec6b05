import type { Reference } from '../check/checker.ts';
import type { Overload } from '../functions/declaration.ts';
import { fail, typeName, type Value } from '../values/values.ts';
import { type CallCost, callCost } from './call-cost.ts';
import { charge, type Frame, type Step } from './frame.ts';
import { type Guard, guardOf } from './guards.ts';

/** A call of a function that evaluates all its arguments. */
export function planFunction(reference: Reference & { kind: 'function' }, args: readonly Step[]): Step {
  const { declaration, overloads } = reference;
  const id =
    declaration.name === '_==_' ? 'equals' : overloads.length === 1 ? (overloads[0] as Overload).id : '';
  const cost = callCost(declaration.name, id);
  const { name } = declaration;
  const [first, second] = args;
  if (args.length === 1 && first) {
    return planUnary(name, overloads, first, cost);
  }
  return args.length === 2 && first && second
    ? planBinary(name, overloads, first, second, cost)
    : planAny(name, overloads, args, cost);
}

function guardsOf({ args, checksItself }: Overload): readonly (Guard | undefined)[] {
  return args.map((type) => (checksItself ? undefined : guardOf(type)));
}

function planUnary(name: string, overloads: readonly Overload[], argument: Step, cost: CallCost): Step {
  const candidates = overloads.map((overload) => ({ run: overload.run, guard: guardsOf(overload)[0] }));
  const invoke = (value: Value): Value => {
    for (const { run, guard } of candidates) {
      if (!guard || guard(value)) {
        return run(value);
      }
    }
    return noSuchOverload(name, [value]);
  };
  if (typeof cost === 'number') {
    return (frame) => {
      const result = invoke(argument(frame));
      charge(frame, cost);
      return result;
    };
  }
  return (frame) => {
    const value = argument(frame);
    return charged(frame, cost, [value], () => invoke(value));
  };
}

function planBinary(
  name: string,
  overloads: readonly Overload[],
  left: Step,
  right: Step,
  cost: CallCost,
): Step {
  const candidates = overloads.map((overload) => {
    const [leftGuard, rightGuard] = guardsOf(overload);
    return { run: overload.run, leftGuard, rightGuard };
  });
  const invoke = (a: Value, b: Value): Value => {
    for (const { run, leftGuard, rightGuard } of candidates) {
      if ((!leftGuard || leftGuard(a)) && (!rightGuard || rightGuard(b))) {
        return run(a, b);
      }
    }
    return noSuchOverload(name, [a, b]);
  };
  if (typeof cost === 'number') {
    return (frame) => {
      const result = invoke(left(frame), right(frame));
      charge(frame, cost);
      return result;
    };
  }
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return charged(frame, cost, [a, b], () => invoke(a, b));
  };
}

function planAny(name: string, overloads: readonly Overload[], args: readonly Step[], cost: CallCost): Step {
  const candidates = overloads.map((overload) => ({ run: overload.run, guards: guardsOf(overload) }));
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    const fitting = candidates.find(({ guards }) =>
      guards.every((guard, index) => !guard || guard(values[index] as Value)),
    );
    return charged(frame, cost, values, () =>
      fitting ? fitting.run(...values) : noSuchOverload(name, values),
    );
  };
}

function charged(frame: Frame, cost: CallCost, args: readonly Value[], invoke: () => Value): Value {
  if (typeof cost === 'object') {
    const result = invoke();
    charge(frame, cost.ofResult(result));
    return result;
  }
  charge(frame, typeof cost === 'number' ? cost : cost(args));
  return invoke();
}

function noSuchOverload(name: string, values: readonly Value[]): never {
  const isOperator = !/^[\w.]+$/.test(name);
  return fail(
    isOperator ? 'no such overload' : `no such overload: ${name}(${values.map(typeName).join(', ')})`,
  );
}
