import type { Value } from '../values/values.ts';

/** Where a node begins: index into the source, in UTF-16 units. -1: nowhere. */
interface Located {
  readonly offset: number;
}

export interface LiteralExpr extends Located {
  readonly kind: 'literal';
  readonly value: Value;
}

export interface IdentExpr extends Located {
  readonly kind: 'ident';
  readonly name: string;
}

export interface SelectExpr extends Located {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  /** Made by has(): only whether the field is there. */
  readonly test: boolean;
  /** `a.?b` */
  readonly optional: boolean;
  /** Where the name stands. */
  readonly fieldOffset: number;
}

export interface CallExpr extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly target: Expr | undefined;
  readonly args: readonly Expr[];
}

export interface ListExpr extends Located {
  readonly kind: 'list';
  readonly elements: readonly { readonly value: Expr; readonly optional: boolean }[];
}

export interface MapEntry extends Located {
  readonly key: Expr;
  readonly value: Expr;
  readonly optional: boolean;
}

export interface MapExpr extends Located {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface StructField extends Located {
  readonly name: string;
  readonly value: Expr;
  readonly optional: boolean;
}

export interface StructExpr extends Located {
  readonly kind: 'struct';
  readonly typeName: string;
  readonly fields: readonly StructField[];
}

/** A comprehension: what all(), map() and the other macros are made of. */
export interface FoldExpr extends Located {
  readonly kind: 'fold';
  readonly range: Expr;
  readonly variable: string;
  readonly variable2: string | undefined;
  readonly accumulator: string;
  readonly initial: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

export type Expr =
  | LiteralExpr
  | IdentExpr
  | SelectExpr
  | CallExpr
  | ListExpr
  | MapExpr
  | StructExpr
  | FoldExpr;

/** Names of functions that the grammar makes of operators. */
export const OPERATOR = {
  conditional: '_?_:_',
  and: '_&&_',
  or: '_||_',
  not: '!_',
  negate: '-_',
  equals: '_==_',
  notEquals: '_!=_',
  less: '_<_',
  lessOrEqual: '_<=_',
  greater: '_>_',
  greaterOrEqual: '_>=_',
  add: '_+_',
  subtract: '_-_',
  multiply: '_*_',
  divide: '_/_',
  modulo: '_%_',
  in: '@in',
  index: '_[_]',
  optionalIndex: '_[?_]',
  notStrictlyFalse: '@not_strictly_false',
} as const;

/** The accumulator of a macro: no name that an expression can write. */
export const ACCUMULATOR = '@result';

/** The nodes directly below a node, in the order of the source. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expr.operand];
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args;
    case 'list':
      return expr.elements.map(({ value }) => value);
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expr.fields.map(({ value }) => value);
    case 'fold':
      return [expr.range, expr.initial, expr.condition, expr.step, expr.result];
  }
}

/** A copy that shares no node, so that each place of a node in the tree can have a type of its own. */
export function copyExpr(expr: Expr): Expr {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return { ...expr };
    case 'select':
      return { ...expr, operand: copyExpr(expr.operand) };
    case 'call':
      return { ...expr, target: expr.target && copyExpr(expr.target), args: expr.args.map(copyExpr) };
    case 'list':
      return { ...expr, elements: expr.elements.map((item) => ({ ...item, value: copyExpr(item.value) })) };
    case 'map':
      return {
        ...expr,
        entries: expr.entries.map((entry) => ({
          ...entry,
          key: copyExpr(entry.key),
          value: copyExpr(entry.value),
        })),
      };
    case 'struct':
      return { ...expr, fields: expr.fields.map((field) => ({ ...field, value: copyExpr(field.value) })) };
    case 'fold':
      return {
        ...expr,
        range: copyExpr(expr.range),
        initial: copyExpr(expr.initial),
        condition: copyExpr(expr.condition),
        step: copyExpr(expr.step),
        result: copyExpr(expr.result),
      };
  }
}

/** `a.b.C` of a chain of names, which is what can name a type or a function; else undefined. */
export function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') {
    return expr.name;
  }
  if (expr.kind !== 'select' || expr.test || expr.optional) {
    return undefined;
  }
  const prefix = qualifiedName(expr.operand);
  return prefix === undefined ? undefined : `${prefix}.${expr.field}`;
}
