import type { Checked, Reference } from '../check/checker.ts';
import type { Type } from '../check/types.ts';
import type { CelVariable, CostRange } from '../port.ts';
import { COST } from '../run/call-cost.ts';
import { type CallExpr, type Expr, type FoldExpr, OPERATOR } from '../syntax/ast.ts';
import { textLength } from '../values/text.ts';
import type { Value } from '../values/values.ts';
import { type CallEstimate, estimateCall, type Node, unionOf } from './call-estimate.ts';
import { fixed, product, sum, UNKNOWN, union, ZERO } from './range.ts';
import { declaredSize, fieldPlace, type Place, placeOfField, placeOfItems, placeOfKeys } from './sizes.ts';

/** Sizes of the keys and values of a list or map. */
interface EntrySize {
  readonly kind: 'list' | 'map';
  readonly key: CostRange;
  readonly value: CostRange;
}

interface Local {
  readonly name: string;
  readonly place: Place | undefined;
  readonly size: CostRange | undefined;
  readonly entries: EntrySize | undefined;
}

/** The least and the most that running the expression may cost, from the declared sizes of the variables. */
export function estimateCost(checked: Checked, variables: readonly CelVariable[]): CostRange {
  return new Estimator(checked, variables).cost(checked.expr);
}

class Estimator {
  readonly #checked: Checked;
  readonly #variables: ReadonlyMap<string, Place>;
  readonly #places = new Map<Expr, Place>();
  readonly #sizes = new Map<Expr, CostRange>();
  readonly #entries = new Map<Expr, EntrySize>();
  readonly #locals: Local[] = [];

  constructor(checked: Checked, variables: readonly CelVariable[]) {
    this.#checked = checked;
    this.#variables = new Map(variables.map((variable) => [variable.name, fieldPlace(variable)]));
  }

  cost(expr: Expr): CostRange {
    switch (expr.kind) {
      case 'literal':
        return ZERO;
      case 'ident':
        return fixed(COST.select);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
      case 'map':
      case 'struct':
        return this.#literal(expr);
      case 'fold':
        return expr.condition.kind === 'literal' && expr.condition.value === false
          ? this.#bound(expr)
          : this.#fold(expr);
    }
  }

  #type(expr: Expr): Type {
    return this.#checked.typeOf(expr);
  }

  #local(expr: Expr): Local | undefined {
    return expr.kind === 'ident' ? this.#locals.findLast(({ name }) => name === expr.name) : undefined;
  }

  #place(expr: Expr): Place | undefined {
    if (expr.kind === 'ident') {
      const local = this.#local(expr);
      // Names that are no variables, such as those of types, count as large as `self`, as in the original.
      return local ? local.place : (this.#variables.get(expr.name) ?? this.#variables.get('self'));
    }
    return this.#places.get(expr);
  }

  #setPlace(expr: Expr, place: Place | undefined): void {
    if (place) {
      this.#places.set(expr, place);
    }
  }

  #size(expr: Expr): CostRange | undefined {
    return (
      this.#sizes.get(expr) ??
      literalSize(expr) ??
      declaredSize(this.#place(expr)) ??
      scalarSize(this.#type(expr)) ??
      this.#local(expr)?.size
    );
  }

  #entrySize(expr: Expr): EntrySize | undefined {
    return this.#entries.get(expr) ?? this.#local(expr)?.entries;
  }

  #select(expr: Expr & { kind: 'select' }): CostRange {
    const operand = this.cost(expr.operand);
    if (expr.test) {
      return operand;
    }
    if (!expr.optional) {
      this.#setPlace(expr, placeOfField(this.#place(expr.operand), expr.field));
    }
    const kind = this.#type(expr.operand).kind;
    const counts = expr.optional || kind === 'map' || kind === 'object' || kind === 'param';
    return counts ? sum(operand, fixed(COST.select)) : operand;
  }

  #literal(expr: Expr & { kind: 'list' | 'map' | 'struct' }): CostRange {
    if (expr.kind === 'struct') {
      return sum(fixed(COST.struct), ...expr.fields.map(({ value }) => this.cost(value)));
    }
    const keys = expr.kind === 'map' ? expr.entries.map(({ key }) => key) : [];
    const values = (expr.kind === 'map' ? expr.entries : expr.elements).map(({ value }) => value);
    const costs = [...keys, ...values].map((part) => this.cost(part));
    const sizeOfAll = (parts: readonly Expr[]) =>
      parts.length === 0 ? ZERO : parts.map((part) => this.#size(part) ?? UNKNOWN).reduce(union);
    const key = expr.kind === 'map' ? sizeOfAll(keys) : fixed(1);
    this.#entries.set(expr, { kind: expr.kind, key, value: sizeOfAll(values) });
    return sum(fixed(expr.kind === 'map' ? COST.map : COST.list), ...costs);
  }

  #node(expr: Expr): Node {
    const value = expr.kind === 'literal' ? expr.value : undefined;
    return {
      type: this.#type(expr),
      size: this.#size(expr),
      itemSize: declaredSize(placeOfItems(this.#place(expr))),
      literal: typeof value === 'number' ? Math.max(value, 0) : undefined,
    };
  }

  #call(expr: CallExpr): CostRange {
    const reference = this.#checked.references.get(expr) as Reference & { kind: 'function' };
    const { name } = reference.declaration;
    const costs = expr.args.map((arg) => this.cost(arg));
    if (name === 'dyn') {
      this.#copySizes(expr, expr.args[0] as Expr);
      return sum(fixed(1), ...costs);
    }
    const { target } = reference;
    const targetCost = target ? this.cost(target) : ZERO;
    const special = this.#operator(expr, name, costs);
    if (special) {
      return special;
    }
    const targetNode = target && this.#node(target);
    const args = expr.args.map((arg) => this.#node(arg));
    const estimates = reference.overloads.map(({ id }) => {
      const estimate = estimateCall(name, id, targetNode, args);
      return this.#withItems(expr, id, estimate);
    });
    const { cost, resultSize } = unionOf(estimates);
    this.#setSize(expr, resultSize ?? this.#size(expr));
    return sum(targetCost, cost, ...costs);
  }

  #setSize(expr: Expr, size: CostRange | undefined): void {
    if (size) {
      this.#sizes.set(expr, size);
    }
  }

  #copySizes(to: Expr, from: Expr): void {
    this.#setSize(to, this.#size(from));
    const entries = this.#entrySize(from);
    if (entries) {
      this.#entries.set(to, entries);
    }
  }

  /** `a[i]` is a place inside of a; `a + b` has the entries of both. */
  #withItems(expr: CallExpr, overload: string, estimate: CallEstimate): CallEstimate {
    const [first, second] = expr.args;
    if (first && (overload === 'index_list' || overload === 'index_map')) {
      this.#setPlace(expr, placeOfItems(this.#place(first)));
      const size = this.#entrySize(first)?.value;
      return size ? { cost: estimate.cost, resultSize: size } : estimate;
    }
    if (first && second && /^add_(?:string|bytes|list)$/.test(overload)) {
      this.#joinEntries(expr, first, second);
    }
    return estimate;
  }

  #joinEntries(expr: Expr, a: Expr, b: Expr): void {
    const [left, right] = [this.#entrySize(a), this.#entrySize(b)];
    if (left && right) {
      this.#entries.set(expr, {
        kind: left.kind,
        key: union(left.key, right.key),
        value: union(left.value, right.value),
      });
    }
  }

  /** Operators that don't run all of their arguments. */
  #operator(expr: CallExpr, name: string, costs: readonly CostRange[]): CostRange | undefined {
    const [first = ZERO, second = ZERO, third = ZERO] = costs;
    if (name === OPERATOR.and || name === OPERATOR.or) {
      this.#setSize(expr, fixed(1));
      return { min: first.min, max: sum(first, second).max };
    }
    if (name !== OPERATOR.conditional) {
      return undefined;
    }
    const [, yes, no] = expr.args as [Expr, Expr, Expr];
    this.#setSize(expr, union(this.#size(yes) ?? UNKNOWN, this.#size(no) ?? UNKNOWN));
    this.#joinEntries(expr, yes, no);
    return sum(first, union(second, third));
  }

  #bound(expr: FoldExpr): CostRange {
    const initial = this.cost(expr.initial);
    const range = this.cost(expr.range);
    const result = this.#within(this.#accumulator(expr), () => {
      const cost = this.cost(expr.result);
      this.#copySizes(expr, expr.result);
      return cost;
    });
    return sum(range, initial, result);
  }

  #accumulator(expr: FoldExpr): Local[] {
    const { initial } = expr;
    const [place, size, entries] = [this.#place(initial), this.#size(initial), this.#entrySize(initial)];
    return [{ name: expr.accumulator, place, size, entries }];
  }

  #within<T>(locals: readonly Local[], inside: () => T): T {
    this.#locals.push(...locals);
    const result = inside();
    this.#locals.length -= locals.length;
    return result;
  }

  #loopLocals(expr: FoldExpr): Local[] {
    const place = this.#place(expr.range);
    const entries = this.#entrySize(expr.range);
    const isList = (entries?.kind ?? this.#type(expr.range).kind) === 'list';
    const local = (name: string, of: Place | undefined, size: CostRange | undefined): Local => ({
      name,
      place: of,
      size,
      entries: undefined,
    });
    const items = (name: string) => local(name, placeOfItems(place), entries?.value);
    const keys = (name: string) => local(name, isList ? undefined : placeOfKeys(place), entries?.key);
    return expr.variable2 === undefined
      ? [isList ? items(expr.variable) : keys(expr.variable)]
      : [keys(expr.variable), items(expr.variable2)];
  }

  #fold(expr: FoldExpr): CostRange {
    const before = [this.cost(expr.range), this.cost(expr.initial)];
    const inside = this.#within(this.#accumulator(expr), () => {
      const rounds = this.#within(this.#loopLocals(expr), () => [
        this.cost(expr.condition),
        this.cost(expr.step),
      ]);
      return { rounds: sum(...rounds), result: this.cost(expr.result) };
    });
    const count = this.#size(expr.range) ?? UNKNOWN;
    if (expr.initial.kind === 'literal') {
      this.#setSize(expr, this.#size(expr.initial));
    } else if (expr.initial.kind === 'list' || expr.initial.kind === 'map') {
      this.#setSize(expr, count);
      const entries = this.#entries.get(expr.step);
      if (entries) {
        this.#entries.set(expr, entries);
      }
    }
    return sum(...before, inside.result, product(count, inside.rounds));
  }
}

function literalSize(expr: Expr): CostRange | undefined {
  switch (expr.kind) {
    case 'literal':
      return fixed(valueSize(expr.value));
    case 'list':
      return fixed(expr.elements.length);
    case 'map':
      return fixed(expr.entries.length);
    default:
      return undefined;
  }
}

function valueSize(value: Value): number {
  return typeof value === 'string' ? textLength(value) : value instanceof Uint8Array ? value.length : 1;
}

function scalarSize(type: Type): CostRange | undefined {
  if (type.kind === 'opaque' && type.name === 'optional_type') {
    return scalarSize(type.params[0] as Type);
  }
  return ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type.kind)
    ? fixed(1)
    : undefined;
}
