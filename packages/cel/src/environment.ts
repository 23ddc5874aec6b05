import { type Checked, check } from './check/checker.ts';
import { rootScope, Scope } from './check/scope.ts';
import { formatType, isSameType, type Type, typeOf } from './check/types.ts';
import { validateLiterals } from './check/validators.ts';
import { estimateCost } from './estimate/estimate.ts';
import { LIBRARIES, OPAQUE_ADAPTERS } from './functions/libraries.ts';
import { joinLibraries } from './functions/registry.ts';
import type { CelEnvironment, CelObjectType, CelVariable, Compilation, CompileOptions } from './port.ts';
import type { PlanContext } from './run/plan.ts';
import { createProgram } from './run/program.ts';
import { parse } from './syntax/parser.ts';
import { type Finding, issueAt, MAX_ISSUES } from './syntax/source.ts';
import { Adapters } from './values/adapt.ts';
import { Failure } from './values/values.ts';

const functions = joinLibraries(LIBRARIES);

/** An environment with Kubernetes 1.36's libraries and the given variables. */
export function createEnvironment(variables: readonly CelVariable[]): CelEnvironment {
  return new Environment(variables);
}

class Environment implements CelEnvironment {
  readonly variables: readonly CelVariable[];
  readonly #adapters = new Adapters(OPAQUE_ADAPTERS);

  constructor(variables: readonly CelVariable[]) {
    this.variables = variables;
  }

  extend(variables: readonly CelVariable[]): CelEnvironment {
    return new Environment([...this.variables, ...variables]);
  }

  compile(expression: string, options: CompileOptions = {}): Compilation {
    const refuse = (findings: readonly Finding[]): Compilation => ({
      ok: false,
      issues: findings.slice(0, MAX_ISSUES).map((finding) => issueAt(expression, finding)),
    });
    const parsed = parse(expression);
    if (!parsed.expr) {
      return refuse(parsed.findings);
    }
    const resolve = (name: string): CelObjectType | undefined =>
      options.constructible?.find((type) => type.name === name) ?? options.resolveType?.(name);
    const names = new Map(this.variables.map(({ name, type }) => [name, typeOf(type)]));
    const scope = new Scope(
      names,
      rootScope((name) => {
        const type = resolve(name);
        return type && typeOf(type);
      }),
    );
    const { checked, ...problems } = check(parsed.expr, functions, scope);
    if (!checked) {
      return refuse('findings' in problems ? problems.findings : []);
    }
    const wrongLiterals = validateLiterals(checked);
    if (wrongLiterals.length > 0) {
      return refuse(wrongLiterals);
    }
    const wrongResult = resultFinding(checked, options);
    if (wrongResult) {
      return refuse([wrongResult]);
    }
    try {
      const context = this.#context(resolve);
      const program = createProgram(
        expression,
        checked,
        this.variables,
        context,
        estimateCost(checked, this.variables),
      );
      return { ok: true, program };
    } catch (error) {
      if (error instanceof Failure) {
        return refuse([{ message: `program instantiation failed: ${error.message}`, offset: -1 }]);
      }
      throw error;
    }
  }

  #context(resolve: (name: string) => CelObjectType | undefined): PlanContext {
    const adapters = this.#adapters;
    return {
      variable: (name) => {
        const type = this.variables.findLast((variable) => variable.name === name)?.type ?? { kind: 'dyn' };
        return { name, adapt: adapters.for(type), isOptional: type.kind === 'optional' };
      },
      shape: (name) => adapters.shape(resolve(name) ?? { kind: 'object', name, fields: () => new Map() }),
    };
  }
}

/** Unlike within an expression, dyn is no result of another type unless dyn is asked. */
function resultFinding(
  { expr, typeOf: typeOfNode }: Checked,
  { resultTypes }: CompileOptions,
): Finding | undefined {
  const wanted: Type[] = (resultTypes ?? []).map(typeOf);
  const result = typeOfNode(expr);
  if (!resultTypes || wanted.some((type) => type.kind === 'dyn' || isSameType(type, result))) {
    return undefined;
  }
  const shown = wanted.map(formatType);
  const message =
    shown.length === 1 ? `must evaluate to ${shown[0]}` : `must evaluate to one of [${shown.join(' ')}]`;
  return { message, offset: -1 };
}
