import type {
  PolicyExpression,
  PolicyExpressions,
} from '@gantry/api/admissionregistration/v1/policy-expressions';
import { CelError } from '@gantry/cel/port';
import { Failure } from '@gantry/cel/values/values';

type Bindings = Readonly<Record<string, unknown>>;

/** What expressions about one request may cost together. */
export const COST_BUDGET = 10_000_000;

/** Nothing is left of the budget: no expression is evaluated any more. */
export class BudgetError extends Error {
  constructor() {
    super('validation failed due to running out of cost budget, no further validation rules will be run');
  }
}

/** The value is one of the language, or JSON of it where the language has the same. */
export type Outcome =
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: string; readonly value?: undefined };

/** One run over expressions of a policy: they share a budget, and each variable is evaluated once at most. */
export class Activation {
  readonly #bindings: Bindings;
  #remaining: number;
  #variablesCost = 0;

  constructor(expressions: PolicyExpressions, bindings: Bindings, budget: number) {
    const variables = {};
    this.#bindings = { ...bindings, variables };
    this.#remaining = budget;
    for (const [name, variable] of expressions.variables)
      Object.defineProperty(variables, name, {
        enumerable: true,
        get: once(() => this.#variable(name, variable)),
      });
  }

  get remaining(): number {
    return this.#remaining;
  }

  /** Throws BudgetError. */
  evaluate({ expression, program, error }: PolicyExpression): Outcome {
    if (error !== undefined) return { error: `compilation error: ${error}` };
    this.#variablesCost = 0;
    try {
      const { value, cost } = program.evaluateValue(this.#bindings, { cost: Number.POSITIVE_INFINITY });
      this.#spend(cost);
      return { value };
    } catch (failure) {
      if (!(failure instanceof CelError)) throw failure;
      this.#spend(failure.cost);
      return { error: `expression '${expression}' resulted in error: ${failure.message}` };
    }
  }

  #spend(cost: number): void {
    this.#remaining -= cost + this.#variablesCost;
    if (this.#remaining < 0) throw new BudgetError();
  }

  /** Throws Failure, which the expression that refers to the variable may absorb. */
  #variable(name: string, { program, error }: PolicyExpression): unknown {
    const quoted = JSON.stringify(name);
    if (error !== undefined) throw new Failure(`composited variable ${quoted} fails to compile: ${error}`);
    try {
      const { value, cost } = program.evaluateValue(this.#bindings, { cost: Number.POSITIVE_INFINITY });
      this.#variablesCost += cost;
      return value;
    } catch (failure) {
      if (!(failure instanceof CelError)) throw failure;
      this.#variablesCost += failure.cost;
      throw new Failure(`composited variable ${quoted} fails to evaluate: ${failure.message}`);
    }
  }
}

/** Keeps what the first call returns or throws. */
function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | { readonly failure: unknown } | undefined;
  return () => {
    if (known === undefined) {
      try {
        known = { value: make() };
      } catch (failure) {
        known = { failure };
      }
    }
    if ('failure' in known) throw known.failure;
    return known.value;
  };
}
