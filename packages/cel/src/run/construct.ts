import type { Reference } from '../check/checker.ts';
import type { ListExpr, MapExpr, StructExpr } from '../syntax/ast.ts';
import { showValue } from '../values/text.ts';
import { CelObject, CelOptional, fail, LiteralMap, listOf, type Value } from '../values/values.ts';
import { constantPlan, type Plan } from './attribute.ts';
import { COST } from './call-cost.ts';
import { charge, type Frame, type Step } from './frame.ts';
import type { Planner } from './plan.ts';

export function planList(planner: Planner, expr: ListExpr): Plan {
  const plans = expr.elements.map(({ value }) => planner.plan(value));
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

export function planMap(planner: Planner, expr: MapExpr): Plan {
  const plans = expr.entries.map(({ key, value }) => [planner.plan(key), planner.plan(value)] as const);
  const evaluate = (frame: Frame): Value => {
    const map = new LiteralMap();
    for (const [index, [key, value]] of plans.entries()) {
      const keyValue = key.run(frame);
      const entry = entryValue(value.run(frame), expr.entries[index]?.optional === true, keyValue);
      if (!map.set(keyValue, entry)) {
        fail(`unsupported key type: ${showValue(keyValue)}`);
      }
    }
    return map;
  };
  return constructed(plans.flat(), evaluate, COST.map);
}

/** An object of a type that the expression may construct. */
export function planStruct(planner: Planner, expr: StructExpr): Plan {
  const reference = planner.checked.references.get(expr) as Reference & { kind: 'type' };
  const shape = planner.context.shape(reference.name);
  const fields = expr.fields.map(({ name, value, optional }) => ({
    name,
    json: shape.field(name)?.json ?? name,
    run: planner.plan(value).run,
    optional,
  }));
  return {
    run: (frame) => {
      const raw: Record<string, unknown> = Object.create(null);
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
