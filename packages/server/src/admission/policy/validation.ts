import {
  type PolicyExpression,
  PolicyExpressions,
} from '@gantry/api/admissionregistration/v1/policy-expressions';
import type { AnyObject } from '@gantry/machinery/object';
import { Activation, BudgetError, COST_BUDGET, type Outcome } from './activation.ts';
import { conditionsHold } from './conditions.ts';
import type { PolicySpec } from './policy-set.ts';

interface ValidatingSpec extends PolicySpec {
  readonly matchConditions?: readonly { readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations?: readonly {
    readonly expression: string;
    readonly message?: string;
    readonly messageExpression?: string;
    readonly reason?: string;
  }[];
  readonly auditAnnotations?: readonly { readonly key: string; readonly valueExpression: string }[];
}

interface CompiledValidation {
  readonly condition: PolicyExpression;
  readonly message: string | undefined;
  readonly messageExpression: PolicyExpression | undefined;
  readonly reason: string | undefined;
}

/** A compiled ValidatingAdmissionPolicy. */
export interface ValidatingPolicy {
  readonly expressions: PolicyExpressions;
  readonly conditions: readonly PolicyExpression[];
  readonly validations: readonly CompiledValidation[];
  readonly auditAnnotations: readonly { readonly key: string; readonly value: PolicyExpression }[];
  readonly ignoresFailure: boolean;
}

export function compileValidatingPolicy(policy: AnyObject): ValidatingPolicy {
  const spec = policy.spec as ValidatingSpec;
  const expressions = new PolicyExpressions({
    hasParams: spec.paramKind !== undefined,
    variables: spec.variables ?? [],
  });
  return {
    expressions,
    conditions: (spec.matchConditions ?? []).map(({ expression }) =>
      expressions.compile('condition', expression),
    ),
    validations: (spec.validations ?? []).map(({ expression, message, messageExpression, reason }) => ({
      condition: expressions.compile('condition', expression),
      message,
      messageExpression: messageExpression ? expressions.compile('message', messageExpression) : undefined,
      reason,
    })),
    auditAnnotations: (spec.auditAnnotations ?? []).map(({ key, valueExpression }) => ({
      key,
      value: expressions.compile('auditAnnotation', valueExpression),
    })),
    ignoresFailure: spec.failurePolicy === 'Ignore',
  };
}

/** Why a request is refused. */
export interface Refusal {
  /** Of the validation in the policy. */
  readonly index: number;
  readonly message: string;
  /** Absent: it could not be told whether the request is good. */
  readonly reason?: string;
  /** It could not be told, but the policy does not mind. */
  readonly isIgnored?: boolean;
  /** Milliseconds. */
  readonly took: number;
}

export interface ValidationResult {
  readonly refusals: readonly Refusal[];
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  /** Annotations that could not be made, which refuse the request whatever the binding's actions are. */
  readonly annotationErrors: readonly { readonly message: string; readonly took: number }[];
}

const NOTHING: ValidationResult = { refusals: [], annotations: [], annotationErrors: [] };

type Bindings = Readonly<Record<string, unknown>>;

/** Evaluates a policy once. `bindings` hold the parameter too. */
export function evaluatePolicy(policy: ValidatingPolicy, bindings: Bindings): ValidationResult {
  const fault = (message: string): ValidationResult => ({
    ...NOTHING,
    refusals: [{ index: 0, message, isIgnored: policy.ignoresFailure, took: 0 }],
  });
  const matches = conditionsHold(policy.expressions, policy.conditions, bindings);
  if (matches === false) return NOTHING;
  if (matches !== true) return fault(matches);
  try {
    const refusals = refusalsOf(policy, bindings);
    return { refusals, ...annotationsOf(policy, bindings) };
  } catch (error) {
    if (error instanceof BudgetError) return fault(error.message);
    throw error;
  }
}

/** Throws BudgetError. */
function refusalsOf(policy: ValidatingPolicy, bindings: Bindings): Refusal[] {
  const activation = new Activation(policy.expressions, bindings, COST_BUDGET);
  const outcomes = policy.validations.map(({ condition }) => timed(() => activation.evaluate(condition)));
  const messages = messagesOf(policy, bindings, activation.remaining);
  return outcomes.flatMap((outcome, index) => {
    const refusal = refusalOf(policy, outcome, messages, index);
    return refusal === undefined ? [] : [refusal];
  });
}

/** A text says that there was no budget for the messages. */
function messagesOf(
  { expressions, validations }: ValidatingPolicy,
  { authorizer: _, 'authorizer.requestResource': __, ...bindings }: Bindings,
  budget: number,
): readonly (Outcome | undefined)[] | string {
  const activation = new Activation(expressions, bindings, budget);
  try {
    return validations.map(({ messageExpression }) =>
      messageExpression === undefined ? undefined : activation.evaluate(messageExpression),
    );
  } catch (error) {
    if (error instanceof BudgetError) return error.message;
    throw error;
  }
}

function timed<T extends object>(run: () => T): T & { readonly took: number } {
  const start = performance.now();
  const result = run();
  return { ...result, took: performance.now() - start };
}

function refusalOf(
  { validations, ignoresFailure }: ValidatingPolicy,
  { value, error, took }: Outcome & { readonly took: number },
  messages: readonly (Outcome | undefined)[] | string,
  index: number,
): Refusal | undefined {
  const fault = (message: string): Refusal => ({ index, message, isIgnored: ignoresFailure, took });
  if (error !== undefined) return fault(error);
  if (typeof messages === 'string') return fault(`failed messageExpression: ${messages}`);
  if (value === true) return undefined;
  const { condition, message = '', reason = 'Invalid' } = validations[index] as CompiledValidation;
  const made = usableMessage(messages[index]?.value);
  const text = made || message.trim() || `failed expression: ${condition.expression.trim()}`;
  return { index, message: text, reason, took };
}

const MAX_MESSAGE_BYTES = 5 * 1024;

/** One line that is not too long; else ''. */
function usableMessage(value: unknown): string {
  const message = typeof value === 'string' ? value.trim() : '';
  return Buffer.byteLength(message) > MAX_MESSAGE_BYTES || message.includes('\n') ? '' : message;
}

/** Throws BudgetError. */
function annotationsOf(
  { expressions, auditAnnotations, ignoresFailure }: ValidatingPolicy,
  bindings: Bindings,
): Pick<ValidationResult, 'annotations' | 'annotationErrors'> {
  const annotations: { key: string; value: string }[] = [];
  const annotationErrors: { message: string; took: number }[] = [];
  if (auditAnnotations.length === 0) return { annotations, annotationErrors };
  const activation = new Activation(expressions, bindings, COST_BUDGET);
  for (const { key, value: expression } of auditAnnotations) {
    const { value, error, took } = timed(() => activation.evaluate(expression));
    const text = typeof value === 'string' ? value.trim() : '';
    if (error === undefined && text !== '') annotations.push({ key, value: text });
    if (error !== undefined && !ignoresFailure) annotationErrors.push({ message: error, took });
  }
  return { annotations, annotationErrors };
}
