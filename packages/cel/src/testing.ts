import { createEnvironment } from './environment.ts';
import type { CelType, CelVariable, Compilation } from './port.ts';
import { formatIssues } from './syntax/source.ts';

const UNLIMITED = { cost: Number.POSITIVE_INFINITY };

/** An object type with all its fields declared. */
export function objectType(name: string, types: Readonly<Record<string, CelType>>): CelType {
  const fields = new Map(Object.entries(types).map(([field, type]) => [field, { type }]));
  return { kind: 'object', name, fields: () => fields };
}

export function compiled(expression: string, variables: readonly CelVariable[] = []): Compilation {
  return createEnvironment(variables).compile(expression);
}

/** Evaluates with every binding as a dynamic variable. Throws CelError; an Error with the issues if it does not compile. */
export function evaluate(
  expression: string,
  bindings: Readonly<Record<string, unknown>> = {},
  variables: readonly CelVariable[] = Object.keys(bindings).map((name) => ({ name, type: { kind: 'dyn' } })),
): unknown {
  return run(expression, bindings, variables).value;
}

export function costOf(expression: string, bindings: Readonly<Record<string, unknown>> = {}): number {
  const variables = Object.keys(bindings).map((name): CelVariable => ({ name, type: { kind: 'dyn' } }));
  return run(expression, bindings, variables).cost;
}

function run(
  expression: string,
  bindings: Readonly<Record<string, unknown>>,
  variables: readonly CelVariable[],
): { readonly value: unknown; readonly cost: number } {
  const compilation = compiled(expression, variables);
  if (!compilation.ok) {
    throw new Error(formatIssues(expression, compilation.issues));
  }
  return compilation.program.evaluate(bindings, UNLIMITED);
}

/** The issues as the original shows them; '' if there are none. */
export function issuesOf(expression: string, variables: readonly CelVariable[] = []): string {
  const compilation = compiled(expression, variables);
  return compilation.ok ? '' : formatIssues(expression, compilation.issues);
}
