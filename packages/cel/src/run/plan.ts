import type { Checked, Reference } from '../check/checker.ts';
import { ACCUMULATOR, type CallExpr, type Expr, OPERATOR, type SelectExpr } from '../syntax/ast.ts';
import { type CelList, CelTypeValue, Failure, fail, type ObjectShape, type Value } from '../values/values.ts';
import {
  attributeOf,
  attributePlan,
  constantPlan,
  type Plan,
  qualified,
  readVariable,
  type Variable,
} from './attribute.ts';
import { planFunction } from './call.ts';
import { COST } from './call-cost.ts';
import { planList, planMap, planStruct } from './construct.ts';
import { planFold } from './fold.ts';
import { charge, type Step } from './frame.ts';
import { planAnd, planOr, planOrValue } from './logic.ts';
import { planMembership } from './membership.ts';
import { fieldReader, isPresent } from './qualify.ts';

export interface PlanContext {
  variable(name: string): Variable;
  shape(typeName: string): ObjectShape;
}

export interface Planned {
  readonly run: Step;
  readonly slots: number;
}

/** Compiles a checked expression. Throws Failure where a constant part of it fails. */
export function plan(checked: Checked, context: PlanContext): Planned {
  const planner = new Planner(checked, context);
  const { run } = planner.plan(checked.expr);
  return { run, slots: planner.slots };
}

export class Planner {
  readonly checked: Checked;
  readonly context: PlanContext;
  readonly #variables = new Map<string, Step>();
  /** Loop variables in scope, innermost last. */
  readonly #locals: { readonly name: string; readonly read: Step }[] = [];
  slots = 0;

  constructor(checked: Checked, context: PlanContext) {
    this.checked = checked;
    this.context = context;
  }

  plan(expr: Expr): Plan {
    switch (expr.kind) {
      case 'literal':
        return constantPlan(expr.value);
      case 'ident':
        return this.#named(expr) ?? constantPlan(null);
      case 'select':
        return this.#named(expr) ?? this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return planList(this, expr);
      case 'map':
        return planMap(this, expr);
      case 'struct':
        return planStruct(this, expr);
      case 'fold':
        return { run: planFold(this, expr) };
    }
  }

  newSlot(): number {
    return this.slots++;
  }

  /** Compiles `parts` with a local name in scope. */
  withLocal<T>(name: string, read: Step, parts: () => T): T {
    this.#locals.push({ name, read });
    const result = parts();
    this.#locals.pop();
    return result;
  }

  #named(expr: Expr): Plan | undefined {
    const reference = this.checked.references.get(expr);
    if (reference?.kind === 'type') {
      return constantPlan(new CelTypeValue(reference.name));
    }
    return reference?.kind === 'variable' ? attributePlan(this.#variable(reference.name)) : undefined;
  }

  #variable(name: string): Step {
    const local = this.#locals.findLast((candidate) => candidate.name === name);
    if (local) {
      return local.read;
    }
    const known = this.#variables.get(name);
    if (known) {
      return known;
    }
    const read = readVariable(this.context.variable(name), this.newSlot());
    this.#variables.set(name, read);
    return read;
  }

  #select(expr: SelectExpr): Plan {
    const { field } = expr;
    const { resolve, isConditional } = attributeOf(this.plan(expr.operand));
    if (expr.test) {
      return {
        run: (frame) => {
          const operand = resolve(frame);
          charge(frame, COST.select);
          return isPresent(operand, field);
        },
      };
    }
    const read = fieldReader(field);
    return qualified(resolve, isConditional, () => field, expr.optional, read);
  }

  #index(expr: CallExpr, optional: boolean): Plan {
    const [operand, index] = expr.args.map((arg) => this.plan(arg)) as [Plan, Plan];
    const { resolve, isConditional } = attributeOf(operand);
    const { constant } = index;
    const key = constant === undefined ? (index.attribute?.resolve ?? index.run) : () => constant;
    return qualified(resolve, isConditional, key, optional);
  }

  #call(expr: CallExpr): Plan {
    const reference = this.checked.references.get(expr) as Reference & { kind: 'function' };
    const { name } = reference.declaration;
    switch (name) {
      case OPERATOR.index:
      case OPERATOR.optionalIndex:
        return this.#index(expr, name === OPERATOR.optionalIndex);
      case OPERATOR.conditional:
        return this.#conditional(expr.args);
      default:
        break;
    }
    const args = [...(reference.target ? [reference.target] : []), ...expr.args];
    if (name === OPERATOR.add && isAccumulator(args[0])) {
      const appended = this.#append(args);
      if (appended) {
        return appended;
      }
    }
    const plans = args.map((arg) => this.plan(arg));
    const steps = plans.map(({ run }) => run);
    switch (name) {
      case OPERATOR.and:
        return { run: planAnd(steps) };
      case OPERATOR.or:
        return { run: planOr(steps) };
      case OPERATOR.notStrictlyFalse:
        return { run: notStrictlyFalse(steps[0] as Step) };
      case 'or':
      case 'orValue':
        return { run: planOrValue(steps, name === 'orValue') };
      case OPERATOR.in:
        return planMembership(reference, plans) ?? { run: planFunction(reference, steps) };
      default:
        return planConversion(reference, plans) ?? { run: planFunction(reference, steps) };
    }
  }

  #conditional(args: readonly Expr[]): Plan {
    const [condition, whenTrue, whenFalse] = args.map((arg) => this.plan(arg)) as [Plan, Plan, Plan];
    const test = condition.run;
    const yes = whenTrue.attribute?.resolve ?? whenTrue.run;
    const no = whenFalse.attribute?.resolve ?? whenFalse.run;
    const resolve: Step = (frame) => {
      const value = test(frame);
      return value === true ? yes(frame) : value === false ? no(frame) : fail('no such overload');
    };
    return { run: resolve, attribute: { resolve, isConditional: true } };
  }

  /** The list that a loop collects is its own, so it grows in place. */
  #append(args: readonly Expr[]): Plan | undefined {
    const [accumulator, added] = args as [Expr, Expr];
    if (added.kind !== 'list' || added.elements.length !== 1 || added.elements[0]?.optional) {
      return undefined;
    }
    const read = this.plan(accumulator).run;
    const item = this.plan(added.elements[0]?.value as Expr);
    const unit = item.constant === undefined ? COST.list + 1 : 1;
    return {
      run: (frame) => {
        const list = read(frame);
        const value = item.run(frame);
        charge(frame, unit);
        ((list as CelList).items as Value[]).push(value);
        return list;
      },
    };
  }
}

function isAccumulator(expr: Expr | undefined): boolean {
  return expr?.kind === 'ident' && expr.name === ACCUMULATOR;
}

function notStrictlyFalse(operand: Step): Step {
  return (frame) => {
    charge(frame, 1);
    try {
      return operand(frame) !== false;
    } catch (error) {
      if (error instanceof Failure) {
        return true;
      }
      throw error;
    }
  };
}

const CONVERSIONS = new Set('bool bytes double duration dyn int string timestamp type uint'.split(' '));

/** A conversion of a constant is made once. */
function planConversion(
  reference: Reference & { kind: 'function' },
  plans: readonly Plan[],
): Plan | undefined {
  const [only, ...others] = plans;
  if (!CONVERSIONS.has(reference.declaration.name) || only?.constant === undefined || others.length > 0) {
    return undefined;
  }
  const run = planFunction(reference, [only.run]);
  return constantPlan(run({ cost: 0, limit: Number.POSITIVE_INFINITY, bindings: {}, slots: [] }));
}
