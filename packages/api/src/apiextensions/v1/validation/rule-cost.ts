import { type FieldError, forbidden, invalid } from '@gantry/machinery/field-error';
import type { JsonSchema, ValidationRule } from '../definition.ts';
import { declaredType } from '../schema/cel-types.ts';
import { compiledRules, maxCardinality } from '../schema/compiled-rules.ts';
import { isEmbedded } from '../schema/nodes.ts';

/** Units that one rule may be estimated to cost in one object, and all rules of a schema together. */
const MAX_RULE = 10_000_000;
const MAX_TOTAL = 100_000_000;
const SHOWN = 4;

/** What all rules of one schema are estimated to cost. */
export class TotalCost {
  total = 0;
  readonly #expensive: { readonly path: string; readonly cost: number }[] = [];

  add(path: string, cost: number): void {
    this.total += cost;
    if (cost < MAX_TOTAL / 100) return;
    this.#expensive.push({ path, cost });
    this.#expensive.sort((a, b) => b.cost - a.cost);
    this.#expensive.splice(SHOWN);
  }

  /** Errors when all together are too much; `path` is that of the schema. */
  errors(path: string): FieldError[] {
    if (this.total <= MAX_TOTAL) return [];
    const part = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
    return [
      ...this.#expensive.map((one) => forbidden(one.path, part)),
      forbidden(
        path,
        tooMuch(
          'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema',
          this.total,
          MAX_TOTAL,
        ),
      ),
    ];
  }
}

/** How often the value of a node may be there in one object; infinite: as often as a request can hold it. */
export class RuleScope {
  readonly total: TotalCost;
  readonly isRoot: boolean;
  readonly #cardinality: number;

  constructor(total: TotalCost, cardinality = 1, isRoot = true) {
    this.total = total;
    this.#cardinality = cardinality;
    this.isRoot = isRoot;
  }

  child(parent: JsonSchema, child: JsonSchema): RuleScope {
    const factor = elementsOf(parent);
    const cardinality = this.#cardinality === 0 || factor === 0 ? 0 : this.#cardinality * factor;
    return new RuleScope(this.total, cardinality, isEmbedded(child));
  }

  times(schema: JsonSchema): number {
    if (Number.isFinite(this.#cardinality)) return this.#cardinality;
    const type = declaredType(schema, this.isRoot);
    return type === undefined ? 1 : maxCardinality(type);
  }
}

function elementsOf(schema: JsonSchema): number {
  if (schema.type === 'array') return bounded(schema.maxItems);
  if (schema.type === 'object' && schema.additionalProperties !== undefined)
    return bounded(schema.maxProperties);
  return 1;
}

const bounded = (max: number | undefined): number =>
  max === undefined ? Number.POSITIVE_INFINITY : Math.max(0, max);

/** Compiles the rules of one node and checks what they may cost. */
export function checkRules(
  schema: JsonSchema,
  path: string,
  scope: RuleScope,
  uncorrelated: string | undefined,
): FieldError[] {
  const errors: FieldError[] = [];
  const times = scope.times(schema);
  const { total } = scope;
  for (const [index, compiled] of compiledRules(schema, scope.isRoot).entries()) {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const { rule, program, message } = compiled;
    const cost = program === undefined ? 0 : program.estimate.max * times;
    if (cost > MAX_RULE) errors.push(forbidden(`${at}.rule`, tooMuch('estimated rule cost', cost, MAX_RULE)));
    total.add(`${at}.rule`, cost);
    if (compiled.error !== undefined) errors.push(invalid(`${at}.rule`, shown(rule), compiled.error));
    if (compiled.messageError !== undefined)
      errors.push(invalid(`${at}.messageExpression`, shown(rule), compiled.messageError));
    else if (message !== undefined) {
      const { max } = message.estimate;
      if (max > MAX_RULE)
        errors.push(
          forbidden(`${at}.messageExpression`, tooMuch('estimated messageExpression cost', max, MAX_RULE)),
        );
      total.add(`${at}.messageExpression`, max);
    }
    // A rule that does not compile uses nothing.
    const usesOldSelf = compiled.error === undefined && compiled.usesOldSelf;
    if (usesOldSelf && uncorrelated !== undefined)
      errors.push(
        invalid(
          `${at}.rule`,
          rule.rule,
          `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
        ),
      );
    else if (!usesOldSelf && rule.optionalOldSelf !== undefined)
      errors.push(
        invalid(
          `${at}.optionalOldSelf`,
          rule.optionalOldSelf,
          'may not be set if oldSelf is not used in rule',
        ),
      );
  }
  return errors;
}

/** A rule as the original prints it in errors. */
const shown = (rule: ValidationRule): object => ({
  Rule: rule.rule,
  Message: rule.message ?? '',
  MessageExpression: rule.messageExpression ?? '',
  Reason: rule.reason ?? null,
  FieldPath: rule.fieldPath ?? '',
  OptionalOldSelf: rule.optionalOldSelf ?? null,
});

function tooMuch(what: string, cost: number, limit: number): string {
  const times = cost / limit;
  const factor =
    times > 100 ? 'more than 100x' : times < 1.5 ? `${times.toFixed(6)}x` : `${times.toFixed(1)}x`;
  return `${what} exceeds budget by factor of ${factor} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}
