import type { CelProgram } from '@gantry/cel/port';
import { formatIssues } from '@gantry/cel/syntax/source';
import type { JsonSchema, ValidationRule } from '../definition.ts';
import { resolveFieldPath } from '../validation/field-path.ts';
import { type Declared, declaredType, MAX_REQUEST_BYTES } from './cel-types.ts';
import { ruleEnvironment } from './expressions.ts';
import { timedRules } from './rule-times.ts';

/** One rule of a schema node, compiled. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly program: CelProgram | undefined;
  readonly error: string | undefined;
  readonly usesOldSelf: boolean;
  readonly message: CelProgram | undefined;
  readonly messageError: string | undefined;
  /** `fieldPath` in the form that errors carry; '' when there is none. */
  readonly fieldPath: string;
}

const compiled = new WeakMap<JsonSchema, readonly CompiledRule[]>();

/** The rules of one node, compiled on first use; empty when it has none, or when its values are out of reach. */
export function compiledRules(schema: JsonSchema, isRoot: boolean): readonly CompiledRule[] {
  const rules = schema['x-kubernetes-validations'];
  if (rules === undefined || rules.length === 0) return [];
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = timedRules('compiled', () => {
    const type = declaredType(schema, isRoot);
    return type === undefined ? [] : rules.map((rule) => compileRule(rule, schema, type));
  });
  compiled.set(schema, made);
  return made;
}

/** How often a value of this type fits into one request at most. */
export const maxCardinality = ({ minSize }: Declared): number =>
  Math.floor(MAX_REQUEST_BYTES / (minSize + 1));

function compileRule(rule: ValidationRule, schema: JsonSchema, type: Declared): CompiledRule {
  const path = rule.fieldPath ? resolveFieldPath(rule.fieldPath, schema) : '';
  const base = {
    rule,
    program: undefined,
    error: undefined,
    usesOldSelf: false,
    message: undefined,
    messageError: undefined,
    fieldPath: typeof path === 'string' ? '' : path.path,
  };
  if (rule.rule.trim() === '') return base;
  const environment = ruleEnvironment(type, rule.optionalOldSelf === true);
  const condition = environment.compile(rule.rule);
  if (!condition.ok)
    return { ...base, error: `compilation failed: ${formatIssues(rule.rule, condition.issues)}` };
  const { program } = condition;
  if (program.resultType.kind !== 'bool') return { ...base, error: 'cel expression must evaluate to a bool' };
  const found = { ...base, program, usesOldSelf: program.references.has('oldSelf') };
  if (!rule.messageExpression) return found;
  const message = environment.compile(rule.messageExpression);
  if (!message.ok) {
    const text = formatIssues(rule.messageExpression, message.issues);
    return { ...found, messageError: `messageExpression compilation failed: ${text}` };
  }
  if (message.program.resultType.kind !== 'string')
    return { ...found, messageError: 'messageExpression must evaluate to a string' };
  return { ...found, message: message.program };
}
