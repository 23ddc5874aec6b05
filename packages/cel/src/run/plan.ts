import type { Checked, Reference } from '../check/checker.ts';
import type { Type } from '../check/types.ts';
import {
  ACCUMULATOR,
  type CallExpr,
  type Expr,
  type FoldExpr,
  type ListExpr,
  type MapExpr,
  OPERATOR,
  type SelectExpr,
  type StructExpr,
} from '../syntax/ast.ts';
import { showValue } from '../values/text.ts';
import {
  type Adapter,
  type CelList,
  CelObject,
  CelOptional,
  CelTypeValue,
  Failure,
  fail,
  LiteralMap,
  listOf,
  type ObjectShape,
  type Value,
} from '../values/values.ts';
import { planFunction } from './call.ts';
import { COST } from './call-cost.ts';
import { planFold } from './fold.ts';
import { charge, type Frame, type Step } from './frame.ts';
import { planAnd, planOr, planOrValue } from './logic.ts';
import { planMembership } from './membership.ts';
import { fieldReader, isPresent, select, selectOptional } from './qualify.ts';

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
  readonly #context: PlanContext;
  readonly #variables = new Map<string, Step>();
  /** Loop variables in scope, innermost last. */
  readonly #locals: { readonly name: string; readonly read: Step }[] = [];
  slots = 0;

  constructor(checked: Checked, context: PlanContext) {
    this.checked = checked;
    this.#context = context;
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
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return this.#struct(expr);
      case 'fold':
        return { run: this.#fold(expr) };
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
    const read = readVariable(this.#context.variable(name), this.newSlot());
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

  #list(expr: ListExpr): Plan {
    const plans = expr.elements.map(({ value }) => this.plan(value));
    const optional = expr.elements.map((element) => element.optional);
    const evaluate = (frame: Frame): Value => {
      const values: Value[] = [];
      for (const [index, { run }] of plans.entries()) {
        const value = run(frame);
        if (!optional[index]) {
          values.push(value);
        } else if (!(value instanceof CelOptional)) {
          fail(`cannot initialize optional list element from non-optional value ${showValue(value)}`);
        } else if (value.value !== undefined) {
          values.push(value.value);
        }
      }
      return listOf(values);
    };
    return constructed(plans, evaluate, COST.list);
  }

  #map(expr: MapExpr): Plan {
    const plans = expr.entries.map(({ key, value }) => [this.plan(key), this.plan(value)] as const);
    const evaluate = (frame: Frame): Value => {
      const map = new LiteralMap();
      for (const [index, [key, value]] of plans.entries()) {
        const keyValue = key.run(frame);
        const entry = entryValue(value.run(frame), expr.entries[index]?.optional === true, keyValue);
        if (entry !== undefined && !map.insert(keyValue, entry)) {
          fail(`Failed with repeated key: ${showValue(keyValue)}`);
        }
      }
      return map;
    };
    return constructed(plans.flat(), evaluate, COST.map);
  }

  #struct(expr: StructExpr): Plan {
    const reference = this.checked.references.get(expr) as Reference & { kind: 'type' };
    const shape = this.#context.shape(reference.name);
    const fields = expr.fields.map(({ name, value, optional }) => ({
      name,
      json: shape.field(name)?.json ?? name,
      run: this.plan(value).run,
      optional,
    }));
    return {
      run: (frame) => {
        const raw: Record<string, unknown> = {};
        for (const { name, json, run, optional } of fields) {
          const value = entryValue(run(frame), optional, name);
          if (value !== undefined) {
            raw[json] = value;
          }
        }
        charge(frame, COST.struct);
        return new CelObject(raw, shape);
      },
    };
  }

  #fold(expr: FoldExpr): Step {
    return planFold(this, expr);
  }

  typeOf(expr: Expr): Type {
    return this.checked.typeOf(expr);
  }
}

function isAccumulator(expr: Expr | undefined): boolean {
  return expr?.kind === 'ident' && expr.name === ACCUMULATOR;
}

function constantPlan(value: Value): Plan {
  return { run: () => value, constant: value };
}

/** A value that is known once its parts are. */
function constructed(parts: readonly Plan[], evaluate: Step, cost: number): Plan {
  if (parts.every(({ constant }) => constant !== undefined)) {
    return constantPlan(evaluate({ cost: 0, limit: Number.POSITIVE_INFINITY, bindings: {}, slots: [] }));
  }
  return {
    run: (frame) => {
      const value = evaluate(frame);
      charge(frame, cost);
      return value;
    },
  };
}

function entryValue(value: Value, optional: boolean, key: Value): Value | undefined {
  if (!optional) {
    return value;
  }
  if (!(value instanceof CelOptional)) {
    return fail(
      `cannot initialize optional entry '${showValue(key)}' from non-optional value ${showValue(value)}`,
    );
  }
  return value.value;
}

function attributePlan(resolve: Step): Plan {
  return {
    run: (frame) => {
      charge(frame, COST.select);
      return resolve(frame);
    },
    attribute: { resolve, isConditional: false },
  };
}

function attributeOf(plan: Plan): { readonly resolve: Step; readonly isConditional: boolean } {
  return plan.attribute ?? { resolve: plan.run, isConditional: false };
}

/** An attribute with one more field or index. */
function qualified(
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

function readVariable({ name, adapt, isOptional }: Variable, slot: number): Step {
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
