import { conditionEnvironment } from '@gantry/api/admissionregistration/v1/expressions';
import type { KindDefinition } from '@gantry/api/kind';
import type { CelEnvironment, CelProgram } from '@gantry/cel/port';
import { CelError } from '@gantry/cel/port';
import { forbidden } from '@gantry/machinery/status';
import { compileFault } from '../../auth/compile-fault.ts';
import type { AdmissionRequest, Authorizer } from '../../request.ts';
import { conditionBindings } from './bindings.ts';
import { requestName } from './rules.ts';

export interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** What conditions are evaluated with. */
export interface ConditionParts {
  readonly authorizer: Authorizer;
}

/** Whether all conditions hold. Throws Forbidden where one could not be told and failures count. */
export type ConditionTest = (request: AdmissionRequest, form: KindDefinition) => boolean | Promise<boolean>;

/** What the conditions of one webhook or policy may cost together for a request. */
const COST_BUDGET = 10_000_000 / 4;

/** Undefined when there are none. An expression that does not compile fails as if its evaluation had. */
export function compileConditions(
  conditions: readonly MatchCondition[],
  ignoresFailure: boolean,
  parts: ConditionParts,
): ConditionTest | undefined {
  if (conditions.length === 0) return undefined;
  const environment = conditionEnvironment();
  const programs = conditions.map((condition) => compile(condition, environment));
  const texts = conditions.map(({ expression }) => expression);
  const refers = (name: string): boolean =>
    programs.some((program) => !(program instanceof Error) && program.references.has(name));
  const needs = { authorizer: refers('authorizer') || refers('authorizer.requestResource') };
  return async (request, form) => {
    const bindings = await conditionBindings(request, form, needs.authorizer ? parts.authorizer : undefined);
    const outcome = evaluateAll(programs, texts, bindings);
    if (typeof outcome === 'boolean') return outcome;
    if (ignoresFailure) return false;
    const { group, plural } = request.kind;
    throw forbidden({ group, resource: plural }, requestName(request), outcome);
  };
}

function compile({ expression }: MatchCondition, environment: CelEnvironment): CelProgram | Error {
  const compiled = environment.compile(expression, { resultTypes: [{ kind: 'bool' }] });
  if (compiled.ok) return compiled.program;
  return new Error(`compilation error: ${compileFault(expression, compiled.issues)}`);
}

/** False as soon as one condition is; else what could not be told, else true. */
function evaluateAll(
  programs: readonly (CelProgram | Error)[],
  texts: readonly string[],
  bindings: Readonly<Record<string, unknown>>,
): boolean | string {
  const failures: string[] = [];
  let budget = COST_BUDGET;
  for (const [index, program] of programs.entries()) {
    try {
      if (program instanceof Error) throw program;
      const { value, cost } = program.evaluate(bindings, { cost: budget });
      budget -= cost;
      if (value === false) return false;
    } catch (error) {
      failures.push(`expression '${texts[index] ?? ''}' resulted in error: ${(error as Error).message}`);
      if (error instanceof CelError && error.reason === 'cost') break;
    }
  }
  if (failures.length === 0) return true;
  return failures.length === 1 ? (failures[0] ?? '') : `[${failures.join(', ')}]`;
}
