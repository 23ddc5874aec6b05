import type { Reference } from '../check/checker.ts';
import type { Overload } from '../functions/declaration.ts';
import { fail, typeName, type Value } from '../values/values.ts';
import { callCost } from './call-cost.ts';
import { charge, type Frame, type Step } from './frame.ts';
import { guardOfAll } from './guards.ts';

interface Candidate {
  readonly run: Overload['run'];
  readonly accepts: ((args: readonly Value[]) => boolean) | undefined;
}

/** A call of a function that evaluates all its arguments. */
export function planFunction(reference: Reference & { kind: 'function' }, args: readonly Step[]): Step {
  const { declaration, overloads } = reference;
  const id =
    declaration.name === '_==_' ? 'equals' : overloads.length === 1 ? (overloads[0] as Overload).id : '';
  const cost = callCost(declaration.name, id);
  const candidates = overloads.map(
    (overload): Candidate => ({ run: overload.run, accepts: guardOfAll(overload.args) }),
  );
  const invoke = (values: readonly Value[]): Value => {
    for (const { run, accepts } of candidates) {
      if (!accepts || accepts(values)) {
        return run(...values);
      }
    }
    return noSuchOverload(declaration.name, values);
  };
  const [first, second] = args;
  if (args.length === 1 && first) {
    return (frame) => finish(frame, [first(frame)], invoke, cost);
  }
  if (args.length === 2 && first && second) {
    return (frame) => finish(frame, [first(frame), second(frame)], invoke, cost);
  }
  return (frame) =>
    finish(
      frame,
      args.map((arg) => arg(frame)),
      invoke,
      cost,
    );
}

function finish(
  frame: Frame,
  values: readonly Value[],
  invoke: (values: readonly Value[]) => Value,
  cost: ReturnType<typeof callCost>,
): Value {
  const result = invoke(values);
  charge(frame, typeof cost === 'number' ? cost : cost(values, result));
  return result;
}

function noSuchOverload(name: string, values: readonly Value[]): never {
  const isOperator = !/^[\w.]+$/.test(name);
  return fail(
    isOperator ? 'no such overload' : `no such overload: ${name}(${values.map(typeName).join(', ')})`,
  );
}
