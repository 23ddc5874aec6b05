import type { FunctionDeclaration, Overload } from '../functions/declaration.ts';
import type { Functions } from '../functions/registry.ts';
import {
  type CallExpr,
  type Expr,
  type FoldExpr,
  type ListExpr,
  type MapExpr,
  OPERATOR,
  qualifiedName,
  type SelectExpr,
  type StructExpr,
} from '../syntax/ast.ts';
import type { Finding } from '../syntax/source.ts';
import { isInt, typeName, type Value } from '../values/values.ts';
import type { Scope } from './scope.ts';
import { mostGeneral, Substitution } from './substitution.ts';
import {
  BOOL,
  DYN,
  ERROR,
  formatSignature,
  formatType,
  INT,
  isDyn,
  isSameType,
  listType,
  mapType,
  NAMED_TYPES,
  nameOf,
  optionalType,
  paramType,
  type Type,
  typeOf,
  unwrapOptional,
} from './types.ts';

/** What a name or a call was found to mean. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'type'; readonly name: string }
  /** The signatures that fit; a target that is only the prefix of the function's name is no argument. */
  | {
      readonly kind: 'function';
      readonly declaration: FunctionDeclaration;
      readonly overloads: readonly Overload[];
      readonly target: Expr | undefined;
    };

export interface Checked {
  readonly expr: Expr;
  readonly typeOf: (expr: Expr) => Type;
  readonly references: ReadonlyMap<Expr, Reference>;
}

export type CheckResult =
  | { readonly checked: Checked }
  | { readonly findings: readonly Finding[]; readonly checked?: undefined };

/** Finds the type of each node; what does not fit together is a finding. */
export function check(expr: Expr, functions: Functions, scope: Scope): CheckResult {
  const checker = new Checker(functions, scope);
  checker.check(expr);
  return checker.findings.length > 0 ? { findings: checker.findings } : { checked: checker.result(expr) };
}

class Checker {
  readonly findings: Finding[] = [];
  readonly #functions: Functions;
  readonly #types = new Map<Expr, Type>();
  readonly #references = new Map<Expr, Reference>();
  readonly #found = new Substitution();
  #scope: Scope;
  #freeParams = 0;

  constructor(functions: Functions, scope: Scope) {
    this.#functions = functions;
    this.#scope = scope;
  }

  result(expr: Expr): Checked {
    const types = new Map<Expr, Type>();
    for (const [node, type] of this.#types) {
      types.set(node, this.#found.apply(type, true));
    }
    return { expr, typeOf: (node) => types.get(node) ?? DYN, references: this.#references };
  }

  check(expr: Expr): Type {
    const type = this.#check(expr);
    this.#types.set(expr, type);
    return type;
  }

  #check(expr: Expr): Type {
    switch (expr.kind) {
      case 'literal':
        return literalType(expr.value);
      case 'ident':
        return this.#named(expr, expr.name) ?? this.#undeclared(expr.offset, expr.name);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return this.#struct(expr);
      case 'fold':
        return this.#fold(expr);
    }
  }

  #report(message: string, offset: number): Type {
    this.findings.push({ message, offset });
    return ERROR;
  }

  #undeclared(offset: number, name: string): Type {
    return this.#report(`undeclared reference to '${name}' (in container '')`, offset);
  }

  #newParam(): Type {
    return paramType(`_var${this.#freeParams++}`);
  }

  /** The type of what `name` means, or undefined. */
  #named(expr: Expr, written: string): Type | undefined {
    const name = written.replace(/^\./, '');
    const type = this.#scope.find(name);
    if (type) {
      const isType = type.kind === 'type' && type.params.length > 0;
      this.#references.set(expr, isType ? { kind: 'type', name } : { kind: 'variable', name });
    }
    return type;
  }

  #select(expr: SelectExpr): Type {
    const name = expr.optional ? undefined : qualifiedName(expr);
    const named = name === undefined ? undefined : this.#named(expr, name);
    if (named) {
      return named;
    }
    const type = this.#found.apply(this.#field(expr), false);
    return expr.test ? BOOL : type;
  }

  #field(expr: SelectExpr): Type {
    const operand = this.#found.apply(this.check(expr.operand), false);
    const { type, isOptional } = unwrapOptional(operand);
    let result: Type = DYN;
    if (type.kind === 'map') {
      result = type.params[1];
    } else if (type.kind === 'object') {
      const field = type.fields().get(expr.field);
      result = field ? typeOf(field.type) : this.#report(`undefined field '${expr.field}'`, expr.offset);
    } else if (type.kind === 'param') {
      this.#found.assign(DYN, type);
    } else if (!isDyn(type) && type.kind !== 'error') {
      this.#report(`type '${formatType(type)}' does not support field selection`, expr.offset);
    }
    return isOptional || expr.optional ? optionalType(result) : result;
  }

  #call(expr: CallExpr): Type {
    const args = expr.args.map((arg) => this.check(arg));
    const { target } = expr;
    if (target) {
      const prefix = qualifiedName(target);
      const qualified =
        prefix === undefined ? undefined : this.#functions.get(`${prefix}.${expr.name}`.replace(/^\./, ''));
      if (qualified) {
        return this.#resolve(expr, qualified, undefined, args);
      }
      const targetType = this.check(target);
      const declaration = this.#functions.get(expr.name);
      return declaration
        ? this.#resolve(expr, declaration, target, [targetType, ...args])
        : this.#undeclared(expr.offset, expr.name);
    }
    const declaration = this.#functions.get(expr.name.replace(/^\./, ''));
    return declaration
      ? this.#resolve(expr, declaration, undefined, args)
      : this.#undeclared(expr.offset, expr.name);
  }

  #resolve(
    expr: CallExpr,
    declaration: FunctionDeclaration,
    target: Expr | undefined,
    args: readonly Type[],
  ): Type {
    if (declaration.name === OPERATOR.and || declaration.name === OPERATOR.or) {
      return this.#logical(expr, declaration, args);
    }
    let result: Type | undefined;
    const fitting: Overload[] = [];
    for (const overload of declaration.overloads) {
      if (overload.member !== (target !== undefined)) {
        continue;
      }
      const [returned, ...wanted] = this.#fresh([overload.result, ...overload.args]) as [Type, ...Type[]];
      if (!this.#found.assignAll(args, wanted)) {
        continue;
      }
      fitting.push(overload);
      const type = this.#found.apply(returned, false);
      if (!result) {
        result = type;
      } else if (!isDyn(result) && !isSameType(type, result)) {
        result = DYN;
      }
    }
    if (!result) {
      const shown = formatSignature(
        args.map((arg) => this.#found.apply(arg, true)),
        target !== undefined,
      );
      return this.#report(
        `found no matching overload for '${declaration.name}' applied to '${shown}'`,
        expr.offset,
      );
    }
    this.#references.set(expr, { kind: 'function', declaration, overloads: fitting, target });
    return result;
  }

  #logical(expr: CallExpr, declaration: FunctionDeclaration, args: readonly Type[]): Type {
    let isGood = true;
    for (const [index, type] of args.entries()) {
      if (!this.#found.assign(type, BOOL)) {
        isGood = false;
        this.#mismatch(expr.args[index] as Expr, BOOL, type);
      }
    }
    this.#references.set(expr, {
      kind: 'function',
      declaration,
      overloads: declaration.overloads,
      target: undefined,
    });
    return isGood ? BOOL : ERROR;
  }

  #mismatch(expr: Expr, wanted: Type, found: Type): Type {
    return this.#report(
      `expected type '${formatType(wanted)}' but found '${formatType(found)}'`,
      expr.offset,
    );
  }

  /** The types with parameters of their own. */
  #fresh(types: readonly Type[]): Type[] {
    const names = new Map<string, Type>();
    const replace = (type: Type): Type => {
      if (type.kind === 'param') {
        const known = names.get(type.name) ?? this.#newParam();
        names.set(type.name, known);
        return known;
      }
      return 'params' in type && type.params.length > 0
        ? ({ ...type, params: type.params.map(replace) } as Type)
        : type;
    };
    return types.map(replace);
  }

  /** The type of an optional element or entry, without the optional. */
  #element(expr: Expr, optional: boolean): Type {
    const type = this.check(expr);
    if (!optional) {
      return type;
    }
    const unwrapped = unwrapOptional(type);
    if (!unwrapped.isOptional && !isDyn(unwrapped.type)) {
      this.#mismatch(expr, optionalType(type), type);
    }
    return unwrapped.type;
  }

  #join(expr: Expr, previous: Type | undefined, current: Type): Type {
    if (!previous) {
      return current;
    }
    return this.#found.assign(previous, current)
      ? mostGeneral(previous, current)
      : this.#mismatch(expr, previous, current);
  }

  #list(expr: ListExpr): Type {
    let element: Type | undefined;
    for (const { value, optional } of expr.elements) {
      element = this.#join(value, element, this.#element(value, optional));
    }
    return listType(element ?? this.#newParam());
  }

  #map(expr: MapExpr): Type {
    let keyType: Type | undefined;
    let valueType: Type | undefined;
    for (const { key, value, optional } of expr.entries) {
      keyType = this.#join(key, keyType, this.check(key));
      valueType = this.#join(value, valueType, this.#element(value, optional));
    }
    return mapType(keyType ?? this.#newParam(), valueType ?? this.#newParam());
  }

  #struct(expr: StructExpr): Type {
    const named = this.#named(expr, expr.typeName);
    if (!named) {
      return this.#undeclared(expr.offset, expr.typeName);
    }
    let type = ERROR;
    if (named.kind !== 'type') {
      this.#report(`'${formatType(named)}' is not a type`, expr.offset);
    } else if (named.params[0]?.kind !== 'object') {
      this.#report(`'${nameOf(named.params[0] ?? DYN)}' is not a message type`, expr.offset);
    } else {
      type = named.params[0];
    }
    for (const field of expr.fields) {
      const value = this.#element(field.value, field.optional);
      if (type.kind !== 'object') {
        continue;
      }
      const declared = type.fields().get(field.name);
      const wanted = declared
        ? typeOf(declared.type)
        : this.#report(`undefined field '${field.name}'`, field.offset);
      if (!this.#found.assign(wanted, value)) {
        this.#report(
          `expected type of field '${field.name}' is '${formatType(wanted)}' but provided type is '${formatType(value)}'`,
          field.offset,
        );
      }
    }
    return type;
  }

  #fold(expr: FoldExpr): Type {
    const range = this.#found.apply(this.check(expr.range), false);
    const initial = this.check(expr.initial);
    this.#scope = this.#scope.inner({ [expr.accumulator]: initial });
    const [first, second] = this.#loopTypes(expr, range);
    this.#scope = this.#scope.inner(
      expr.variable2 === undefined
        ? { [expr.variable]: first }
        : { [expr.variable]: first, [expr.variable2]: second },
    );
    this.#assert(expr.condition, BOOL);
    this.#assert(expr.step, initial);
    this.#scope = this.#scope.parent;
    const result = this.check(expr.result);
    this.#scope = this.#scope.parent;
    return this.#found.apply(result, false);
  }

  #assert(expr: Expr, wanted: Type): void {
    const found = this.check(expr);
    if (!this.#found.assign(wanted, found)) {
      this.#mismatch(expr, wanted, found);
    }
  }

  #loopTypes(expr: FoldExpr, range: Type): readonly [Type, Type] {
    const hasTwo = expr.variable2 !== undefined;
    switch (range.kind) {
      case 'list':
        return hasTwo ? [INT, range.params[0]] : [range.params[0], DYN];
      case 'map':
        return [range.params[0], range.params[1]];
      case 'dyn':
      case 'error':
      case 'param':
        this.#found.assign(DYN, range);
        return [DYN, DYN];
      default:
        this.#report(
          `expression of type '${formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
          expr.range.offset,
        );
        return [ERROR, ERROR];
    }
  }
}

function literalType(value: Value): Type {
  return isInt(value) ? INT : (NAMED_TYPES.get(typeName(value)) ?? DYN);
}
