import { CelOptional, Failure, fail, type Value } from '../values/values.ts';
import type { Frame, Step } from './frame.ts';

/** Runs terms until one decides; a failure counts only if none does. */
function planLogical(terms: readonly Step[], decisive: boolean): Step {
  return (frame) => {
    let failure: Failure | undefined;
    for (const term of terms) {
      const value = attempt(term, frame);
      if (value === decisive) {
        return decisive;
      }
      if (typeof value !== 'boolean') {
        failure ??= value instanceof Failure ? value : new Failure('no such overload');
      }
    }
    if (failure) {
      throw failure;
    }
    return !decisive;
  };
}

/** The value of a step, or its failure. */
export function attempt(step: Step, frame: Frame): Value | Failure {
  try {
    return step(frame);
  } catch (error) {
    if (error instanceof Failure) {
      return error;
    }
    throw error;
  }
}

export function planAnd(terms: readonly Step[]): Step {
  return planLogical(terms, false);
}

export function planOr(terms: readonly Step[]): Step {
  return planLogical(terms, true);
}

/** `a.or(b)` and `a.orValue(b)`: b runs only if a is none. */
export function planOrValue([first, second]: readonly Step[], unwraps: boolean): Step {
  return (frame) => {
    const optional = first?.(frame) ?? null;
    if (!(optional instanceof CelOptional)) {
      return fail('no such overload');
    }
    if (optional.value === undefined) {
      return second?.(frame) ?? null;
    }
    return unwraps ? optional.value : optional;
  };
}
