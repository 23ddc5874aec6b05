import { CelError, type CelProgram } from '@gantry/cel/port';
import {
  duplicate,
  type FieldError,
  forbidden,
  formatFieldError,
  invalid,
  required,
} from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import type { JsonSchema, ValidationRule } from '../definition.ts';
import { type CompiledRule, compiledRules } from './compiled-rules.ts';
import { type Correlated, oldItemOf } from './correlation.ts';
import { contentsOf, isEmbedded, itemsOf, propertyOf, valuesOf } from './nodes.ts';
import type { RuleBudget } from './rule-budget.ts';
import { timedRules } from './rule-times.ts';

/** Units that one evaluation may cost. */
const PER_CALL = 1_000_000;
const MAX_MESSAGE_BYTES = 5 * 1024;

export interface RuleOptions {
  /** In front of the paths of errors; '' for a whole resource. */
  readonly path: string;
  /** The value is a resource: its type and name can be reached. */
  readonly isRoot: boolean;
  readonly budget: RuleBudget;
  /** Gets broken rules about values that an update did not change. */
  readonly warn: (text: string) => void;
  readonly correlated?: Correlated | undefined;
}

/** The pairing of a node with its old value, or of the nearest ancestor that has one. */
interface Pairing {
  readonly current: Correlated | undefined;
  readonly parent: Correlated | undefined;
}

/** Evaluates every rule of `x-kubernetes-validations` on a value. `old` undefined: there is nothing to compare with. */
export function validateRules(
  value: unknown,
  old: unknown,
  schema: JsonSchema,
  options: RuleOptions,
): FieldError[] {
  if (!contentsOf(schema).rules) return [];
  const walk = new RuleWalk(options);
  walk.visit(value, old, schema, options.path, options.isRoot, {
    current: options.correlated,
    parent: undefined,
  });
  return walk.errors;
}

const isUnchanged = ({ current, parent }: Pairing): boolean => (current ?? parent)?.unchanged === true;

function fieldPairing(pairing: Pairing, name: string): Pairing {
  const { current, parent } = pairing;
  if (current === undefined) return pairing;
  if (parent === undefined && (name === 'apiVersion' || name === 'kind'))
    return { current: undefined, parent };
  return { current: current.field(name), parent: current };
}

const itemPairing = (pairing: Pairing, index: number): Pairing =>
  pairing.current === undefined ? pairing : { current: pairing.current.item(index), parent: pairing.current };

class RuleWalk {
  readonly errors: FieldError[] = [];
  readonly #budget: RuleBudget;
  readonly #warn: (text: string) => void;

  constructor({ budget, warn }: RuleOptions) {
    this.#budget = budget;
    this.#warn = warn;
  }

  visit(
    value: unknown,
    old: unknown,
    schema: JsonSchema,
    path: string,
    isRoot: boolean,
    pairing: Pairing,
  ): void {
    if (value === null || value === undefined || !contentsOf(schema).rules) return;
    const node = new RuleNode(value, old ?? undefined, schema, path, pairing);
    const rules = compiledRules(schema, isRoot);
    if (rules.length > 0) timedRules('evaluated', () => this.#checkAll(node, rules));
    if (this.#budget.isSpent) return;
    if (Array.isArray(value)) this.#items(value, old, schema, path, pairing);
    else if (isObject(value)) this.#fields(value, old, schema, path, pairing);
  }

  #checkAll(node: RuleNode, rules: readonly CompiledRule[]): void {
    for (const compiled of rules) {
      if (this.#budget.isSpent) return;
      this.#check(node, compiled);
    }
  }

  #items(list: readonly unknown[], old: unknown, schema: JsonSchema, path: string, pairing: Pairing): void {
    const items = itemsOf(schema);
    if (items === undefined) return;
    for (let index = 0; index < list.length && !this.#budget.isSpent; index++) {
      const before = oldItemOf(list, old, schema, list[index]);
      this.visit(
        list[index],
        before,
        items,
        `${path}[${index}]`,
        isEmbedded(items),
        itemPairing(pairing, index),
      );
    }
  }

  #fields(
    object: Record<string, unknown>,
    old: unknown,
    schema: JsonSchema,
    path: string,
    pairing: Pairing,
  ): void {
    const values = valuesOf(schema);
    const before = isObject(old) ? old : {};
    for (const key in object) {
      if (this.#budget.isSpent) return;
      const property = propertyOf(schema, key);
      const child = property ?? values;
      if (child === undefined) continue;
      const at = property === undefined ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const oldChild = Object.hasOwn(before, key) ? before[key] : undefined;
      this.visit(object[key], oldChild, child, at, isEmbedded(child), fieldPairing(pairing, key));
    }
  }

  #check(node: RuleNode, compiled: CompiledRule): void {
    const { rule, program, error } = compiled;
    if (error !== undefined) {
      this.errors.push(node.invalidType(`rule compile error: ${error}`));
      return;
    }
    if (program === undefined) return;
    if (this.#budget.remaining <= 0) {
      this.#stop(node);
      return;
    }
    const isOptional = rule.optionalOldSelf === true;
    if (compiled.usesOldSelf && node.old === undefined && !isOptional) return;
    const outcome = this.#evaluate(program, node.bindings(compiled.usesOldSelf || isOptional));
    if (outcome === undefined) this.#stop(node);
    else if (outcome instanceof CelError) this.#failed(node, rule, outcome);
    else if (outcome.value !== true) this.#broken(node, compiled);
  }

  #broken(node: RuleNode, compiled: CompiledRule): void {
    const { rule } = compiled;
    const report = (found: FieldError): void => {
      if (!compiled.usesOldSelf && isUnchanged(node.pairing)) this.#warn(formatFieldError(found));
      else this.errors.push(found);
    };
    const message =
      compiled.message === undefined ? undefined : this.#message(node, compiled, compiled.message);
    if (message !== undefined && 'error' in message) {
      report(invalid(node.at(compiled.fieldPath), node.schema.type ?? '', message.error));
      this.#budget.remaining = -1;
      return;
    }
    report(ruleError(node, compiled, message?.text ?? defaultMessage(rule)));
  }

  /** undefined: the object's budget is spent. */
  #evaluate(
    program: CelProgram,
    bindings: Readonly<Record<string, unknown>>,
  ): { readonly value: unknown } | CelError | undefined {
    try {
      const { value, cost } = program.evaluate(bindings, { cost: PER_CALL });
      if (cost > this.#budget.remaining) return undefined;
      this.#budget.remaining -= cost;
      return { value };
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      if (error.cost > this.#budget.remaining) return undefined;
      this.#budget.remaining -= error.cost;
      return error;
    }
  }

  #stop(node: RuleNode): void {
    this.#budget.remaining = -1;
    this.errors.push(
      node.invalidType(
        'validation failed due to running out of cost budget, no further validation rules will be run',
      ),
    );
  }

  #failed(node: RuleNode, rule: ValidationRule, error: CelError): void {
    const text = ruleText(rule);
    if (error.reason === 'cost') {
      this.errors.push(
        node.invalidType(
          `'${error.message}': no further validation rules will be run due to call cost exceeds limit for rule: ${text}`,
        ),
      );
      this.#budget.remaining = -1;
    } else if (error.message.startsWith('no such overload'))
      this.errors.push(
        node.invalidType(
          `'${error.message}': call arguments did not match a supported operator, function or macro signature for rule: ${text}`,
        ),
      );
    else this.errors.push(node.invalidType(`${error.message} evaluating rule: ${text}`));
  }

  /** The text of a broken rule; undefined: the expression gave none of use. */
  #message(
    node: RuleNode,
    compiled: CompiledRule,
    program: CelProgram,
  ): { readonly text: string } | { readonly error: string } | undefined {
    const source = JSON.stringify(compiled.rule.messageExpression ?? '');
    const bindings = node.bindings(program.references.has('oldSelf'));
    const outcome = this.#evaluate(program, bindings);
    if (outcome === undefined)
      return {
        error:
          'messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run',
      };
    if (outcome instanceof CelError) {
      if (outcome.reason !== 'cost') return undefined;
      return {
        error: `no further validation rules will be run due to call cost exceeds limit for messageExpression: ${source}`,
      };
    }
    const text = typeof outcome.value === 'string' ? outcome.value.trim() : '';
    if (text === '' || Buffer.byteLength(text) > MAX_MESSAGE_BYTES || text.includes('\n')) return undefined;
    return { text };
  }
}

/** The value that rules of one node look at. */
class RuleNode {
  readonly value: unknown;
  readonly old: unknown;
  readonly schema: JsonSchema;
  readonly path: string;
  readonly pairing: Pairing;

  constructor(value: unknown, old: unknown, schema: JsonSchema, path: string, pairing: Pairing) {
    this.value = value;
    this.old = old;
    this.schema = schema;
    this.path = path;
    this.pairing = pairing;
  }

  bindings(withOld: boolean): Readonly<Record<string, unknown>> {
    return withOld ? { self: this.value, oldSelf: this.old } : { self: this.value };
  }

  at(below: string): string {
    if (below === '') return this.path === '' ? '<nil>' : this.path;
    return this.path === '' ? below : `${this.path}.${below}`;
  }

  invalidType(detail: string): FieldError {
    return invalid(this.at(''), this.schema.type ?? '', detail);
  }
}

const ruleText = ({ rule, message }: ValidationRule): string => (message ? message.trim() : rule.trim());

const defaultMessage = (rule: ValidationRule): string =>
  rule.message ? rule.message.trim() : `failed rule: ${ruleText(rule)}`;

function ruleError(node: RuleNode, { rule, fieldPath }: CompiledRule, detail: string): FieldError {
  const field = node.at(fieldPath);
  const isWhole = node.schema.type === 'object' || node.schema.type === 'array';
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbidden(field, detail);
    case 'FieldValueRequired':
      return required(field, detail);
    case 'FieldValueDuplicate':
      return isWhole
        ? { type: 'FieldValueDuplicate', field, message: 'Duplicate value' }
        : duplicate(field, node.value);
    default:
      return isWhole
        ? { type: 'FieldValueInvalid', field, message: `Invalid value: ${detail}` }
        : invalid(field, node.value, detail);
  }
}
