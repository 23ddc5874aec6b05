import {
  type PolicyExpression,
  PolicyExpressions,
} from '@gantry/api/admissionregistration/v1/policy-expressions';
import { toJson } from '@gantry/cel/values/adapt';
import { misplacedTypes } from '@gantry/cel/values/object-paths';
import { CelList, CelObject, type Value } from '@gantry/cel/values/values';
import { isObject, type JsonObject } from '@gantry/machinery/json';
import { applyJsonPatch, JsonPatchError } from '@gantry/machinery/json-patch';
import { mergeObjects } from '@gantry/machinery/managed-fields/merge';
import { typeErrors } from '@gantry/machinery/managed-fields/validate-typed';
import type { AnyObject } from '@gantry/machinery/object';
import type { SchemaView } from '@gantry/machinery/schema-view';
import { Activation, BudgetError, COST_BUDGET } from './activation.ts';
import { atomicPaths } from './atomic-paths.ts';
import type { PolicySpec } from './policy-set.ts';

interface MutatingSpec extends PolicySpec {
  readonly matchConditions?: readonly { readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly reinvocationPolicy?: string;
  readonly mutations?: readonly {
    readonly patchType: string;
    readonly applyConfiguration?: { readonly expression?: string };
    readonly jsonPatch?: { readonly expression?: string };
  }[];
}

export interface Mutation {
  readonly isJsonPatch: boolean;
  readonly expression: PolicyExpression;
}

/** A compiled MutatingAdmissionPolicy. */
export interface MutatingPolicy {
  readonly expressions: PolicyExpressions;
  readonly conditions: readonly PolicyExpression[];
  readonly mutations: readonly Mutation[];
  readonly reinvoked: boolean;
}

export function compileMutatingPolicy(policy: AnyObject): MutatingPolicy {
  const spec = policy.spec as MutatingSpec;
  const expressions = new PolicyExpressions({
    hasParams: spec.paramKind !== undefined,
    variables: spec.variables ?? [],
  });
  return {
    expressions,
    conditions: (spec.matchConditions ?? []).map(({ expression }) =>
      expressions.compile('condition', expression),
    ),
    mutations: (spec.mutations ?? []).map(({ patchType, applyConfiguration, jsonPatch }) => {
      const isJsonPatch = patchType === 'JSONPatch';
      const { expression = '' } = (isJsonPatch ? jsonPatch : applyConfiguration) ?? {};
      return {
        isJsonPatch,
        expression: expressions.compile(isJsonPatch ? 'jsonPatch' : 'applyConfiguration', expression),
      };
    }),
    reinvoked: spec.reinvocationPolicy === 'IfNeeded',
  };
}

/** A mutation that can't be made: what is wrong with it. */
export class MutationError extends Error {}

/** What a mutation makes of the object, which stays as it is. Throws MutationError. */
export function mutated(
  { expressions }: MutatingPolicy,
  { isJsonPatch, expression }: Mutation,
  object: JsonObject,
  view: SchemaView,
  bindings: Readonly<Record<string, unknown>>,
): JsonObject {
  if (expression.error !== undefined) throw new MutationError(expression.error);
  const value = evaluate(expressions, expression, bindings);
  return isJsonPatch ? patched(object, value) : applied(object, value, view);
}

function evaluate(
  expressions: PolicyExpressions,
  expression: PolicyExpression,
  bindings: Readonly<Record<string, unknown>>,
): unknown {
  try {
    const { value, error } = new Activation(expressions, bindings, COST_BUDGET).evaluate(expression);
    if (error !== undefined) throw new MutationError(error);
    return value;
  } catch (error) {
    throw error instanceof BudgetError ? new MutationError(error.message) : error;
  }
}

function refuseMisplaced(value: unknown): void {
  const misplaced = misplacedTypes(value);
  if (misplaced !== undefined) throw new MutationError(`type mismatch: ${misplaced}`);
}

function patched(object: JsonObject, value: unknown): JsonObject {
  const items = value instanceof CelList ? value.values() : [];
  for (const item of items) if (item instanceof CelObject) refuseMisplaced(item.raw.value);
  const operations = items.map((item) => ({ op: '', path: '', ...(toJson(item) as object) }));
  try {
    const result = applyJsonPatch(object, operations);
    if (isObject(result)) return result;
  } catch (error) {
    const { cause } = error as Error;
    if (!(cause instanceof JsonPatchError)) throw error;
    // A test that fails says that the patch is not meant for this object.
    if (cause.message.endsWith('test failed')) return object;
    throw new MutationError(`JSON Patch: ${cause.message}`);
  }
  throw new MutationError('JSON Patch: the result is no object');
}

function applied(object: JsonObject, value: unknown, view: SchemaView): JsonObject {
  refuseMisplaced(value);
  const { apiVersion, kind } = object;
  const configuration = { ...(toJson(value as Value) as JsonObject), apiVersion, kind } as JsonObject;
  const errors = typeErrors(configuration, view);
  if (errors.length > 0)
    throw new MutationError(
      `error applying patch: failed to convert patch object to typed object: ${errors.join('\n')}`,
    );
  const atomics = atomicPaths(configuration, view);
  if (atomics.length > 0)
    throw new MutationError(
      `error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`,
    );
  try {
    return mergeObjects(object, configuration, view);
  } catch (error) {
    throw new MutationError(`error applying patch: failed to merge patch: ${(error as Error).message}`);
  }
}
