import { formatType, typeOf } from '@gantry/cel/check/types';
import { createEnvironment } from '@gantry/cel/environment';
import type {
  CelEnvironment,
  CelField,
  CelObjectType,
  CelProgram,
  CelType,
  CelVariable,
  CompileOptions,
} from '@gantry/cel/port';
import { formatIssues } from '@gantry/cel/syntax/source';
import type { Variable } from '../../generated/types.ts';
import { authorizerVariables, paramsVariable, requestVariables } from './expressions.ts';

/** A compiled expression of a policy, or why it is none. */
export type PolicyExpression =
  | { readonly expression: string; readonly program: CelProgram; readonly error?: undefined }
  | { readonly expression: string; readonly program?: undefined; readonly error: string };

/** What an expression is for says what it must evaluate to. */
export type PolicyExpressionUse =
  | 'condition'
  | 'variable'
  | 'message'
  | 'auditAnnotation'
  | 'applyConfiguration'
  | 'jsonPatch';

const STRING: CelType = { kind: 'string' };
const DYN: CelType = { kind: 'dyn' };

/** Fields of every name, all of them dynamic. */
class OpenFields extends Map<string, CelField> {
  override get(): CelField {
    return { type: DYN };
  }
}

const openFields = new OpenFields();
const openObjectType = (name: string): CelObjectType => ({ kind: 'object', name, fields: () => openFields });

const patchFields: ReadonlyMap<string, CelField> = new Map([
  ['op', { type: STRING }],
  ['path', { type: STRING }],
  ['from', { type: STRING }],
  ['value', { type: DYN }],
]);
const jsonPatchType: CelObjectType = { kind: 'object', name: 'JSONPatch', fields: () => patchFields };
const applyConfigurationType = openObjectType('Object');

/** `Object`, and the types of its fields: `Object.spec`, `Object.spec.template`, …, whatever their names. */
function mutationType(name: string): CelObjectType | undefined {
  if (name === jsonPatchType.name) return jsonPatchType;
  return name === 'Object' || name.startsWith('Object.') ? openObjectType(name) : undefined;
}

const RESULTS: Readonly<Record<PolicyExpressionUse, readonly CelType[]>> = {
  condition: [{ kind: 'bool' }],
  variable: [],
  message: [STRING],
  auditAnnotation: [STRING, { kind: 'null' }],
  applyConfiguration: [applyConfigurationType],
  jsonPatch: [{ kind: 'list', element: jsonPatchType }],
};

export interface PolicyExpressionOptions {
  /** The policy has a paramKind. */
  readonly hasParams: boolean;
  /** Absent: expressions can't refer to `variables`. */
  readonly variables?: readonly Variable[] | undefined;
  /** Types in place of the dynamic ones of `object`, `oldObject` and `params`. */
  readonly types?: Readonly<Record<string, CelType>>;
}

/**
 * Compiles the expressions of one admission policy. Its variables are compiled first, each with those before it.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class PolicyExpressions {
  /** In the order of the policy. */
  readonly variables: ReadonlyMap<string, PolicyExpression>;
  readonly #withAuthorizer: CelEnvironment;
  readonly #without: CelEnvironment;

  constructor({ hasParams, variables, types = {} }: PolicyExpressionOptions) {
    const fields = new Map<string, CelField>();
    const variablesType: CelType = { kind: 'object', name: 'kubernetes.variables', fields: () => fields };
    const declared = [
      ...requestVariables,
      ...(hasParams ? [paramsVariable] : []),
      ...(variables === undefined ? [] : [{ name: 'variables', type: variablesType }]),
    ].map(({ name, type }): CelVariable => ({ name, type: types[name] ?? type }));
    this.#without = createEnvironment(declared);
    this.#withAuthorizer = this.#without.extend(authorizerVariables);
    const compiled = new Map<string, PolicyExpression>();
    for (const { name, expression } of variables ?? []) {
      const variable = this.compile('variable', expression);
      compiled.set(name, variable);
      fields.set(name, { type: variableType(variable.program?.resultType) });
    }
    this.variables = compiled;
  }

  /** What is wrong with an expression, whatever it evaluates to; undefined: nothing. */
  issuesOf(expression: string): string | undefined {
    const compiled = this.#withAuthorizer.compile(expression);
    return compiled.ok ? undefined : formatIssues(expression, compiled.issues);
  }

  compile(use: PolicyExpressionUse, expression: string): PolicyExpression {
    const environment = use === 'message' ? this.#without : this.#withAuthorizer;
    const isMutation = use === 'applyConfiguration' || use === 'jsonPatch';
    const options: CompileOptions = isMutation ? { resolveType: mutationType } : {};
    const compiled = environment.compile(expression, options);
    if (!compiled.ok) {
      const [first] = compiled.issues;
      const isPlaceless = first !== undefined && first.line < 0 && first.message.startsWith('program ');
      const error = isPlaceless
        ? first.message
        : `compilation failed: ${formatIssues(expression, compiled.issues)}`;
      return { expression, error };
    }
    const error = resultFault(RESULTS[use], compiled.program.resultType);
    return error === undefined ? { expression, program: compiled.program } : { expression, error };
  }
}

/** What an expression evaluates to must be exactly of a type; none: any will do. */
function resultFault(wanted: readonly CelType[], result: CelType): string | undefined {
  const names = wanted.map(nameOf);
  const found = nameOf(result);
  if (names.length === 0 || names.includes(found)) return undefined;
  const asked = names.length === 1 ? names[0] : `one of [${names.join(' ')}]`;
  return `must evaluate to ${asked} but got ${found}`;
}

const nameOf = (type: CelType): string => (type.kind === 'null' ? 'null_type' : formatType(typeOf(type)));

/** Lists, maps and scalars keep their type as a variable; everything else becomes dynamic. */
function variableType(type: CelType | undefined): CelType {
  if (type === undefined) return DYN;
  switch (type.kind) {
    case 'list':
      return { kind: 'list', element: variableType(type.element) };
    case 'map':
      return { kind: 'map', key: variableType(type.key), value: variableType(type.value) };
    case 'object':
    case 'opaque':
    case 'optional':
    case 'type':
      return DYN;
    default:
      return type;
  }
}
