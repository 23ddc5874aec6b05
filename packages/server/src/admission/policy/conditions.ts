import type {
  PolicyExpression,
  PolicyExpressions,
} from '@gantry/api/admissionregistration/v1/policy-expressions';
import { Activation, BudgetError } from './activation.ts';

/** A quarter of what the validations of a policy may cost. */
const COST_BUDGET = 10_000_000 / 4;

/** Whether all match conditions of a policy hold; a text says why that can't be told. */
export function conditionsHold(
  expressions: PolicyExpressions,
  conditions: readonly PolicyExpression[],
  bindings: Readonly<Record<string, unknown>>,
): boolean | string {
  if (conditions.length === 0) return true;
  const activation = new Activation(expressions, { ...bindings, namespaceObject: null }, COST_BUDGET);
  try {
    const outcomes = conditions.map((condition) => activation.evaluate(condition));
    if (outcomes.some(({ value }) => value === false)) return false;
    const errors = [...new Set(outcomes.flatMap(({ error }) => (error === undefined ? [] : [error])))];
    if (errors.length === 0) return true;
    return errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`;
  } catch (error) {
    if (error instanceof BudgetError) return error.message;
    throw error;
  }
}
