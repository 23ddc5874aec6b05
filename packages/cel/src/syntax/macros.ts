import type { Value } from '../values/values.ts';
import {
  ACCUMULATOR,
  type CallExpr,
  childrenOf,
  copyExpr,
  type Expr,
  type FoldExpr,
  OPERATOR,
} from './ast.ts';
import type { Finding } from './source.ts';

/** Reports a macro that can't be expanded. */
type Report = (finding: Finding) => void;

/** Builds nodes at the place of the macro. */
class Builder {
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  literal(value: Value): Expr {
    return { kind: 'literal', value, offset: this.#offset };
  }

  ident(name: string): Expr {
    return { kind: 'ident', name, offset: this.#offset };
  }

  accumulator(): Expr {
    return this.ident(ACCUMULATOR);
  }

  call(name: string, ...args: Expr[]): Expr {
    return { kind: 'call', name, target: undefined, args, offset: this.#offset };
  }

  member(name: string, target: Expr, ...args: Expr[]): Expr {
    return { kind: 'call', name, target, args, offset: this.#offset };
  }

  list(...values: Expr[]): Expr {
    return {
      kind: 'list',
      elements: values.map((value) => ({ value, optional: false })),
      offset: this.#offset,
    };
  }

  map(): Expr {
    return { kind: 'map', entries: [], offset: this.#offset };
  }

  fold(parts: Omit<FoldExpr, 'kind' | 'offset'>): Expr {
    return { kind: 'fold', ...parts, offset: this.#offset };
  }
}

interface Loop {
  readonly range: Expr;
  readonly variable: string;
  readonly variable2: string | undefined;
  /** What follows the variables. */
  readonly args: readonly Expr[];
}

type LoopMacro = (build: Builder, loop: Loop) => Expr;

function fold(
  build: Builder,
  { range, variable, variable2 }: Loop,
  initial: Expr,
  condition: Expr,
  step: Expr,
  result = build.accumulator(),
): Expr {
  return build.fold({
    range,
    variable,
    variable2,
    accumulator: ACCUMULATOR,
    initial,
    condition,
    step,
    result,
  });
}

const all: LoopMacro = (build, loop) =>
  fold(
    build,
    loop,
    build.literal(true),
    build.call(OPERATOR.notStrictlyFalse, build.accumulator()),
    build.call(OPERATOR.and, build.accumulator(), loop.args[0] as Expr),
  );

const exists: LoopMacro = (build, loop) =>
  fold(
    build,
    loop,
    build.literal(false),
    build.call(OPERATOR.notStrictlyFalse, build.call(OPERATOR.not, build.accumulator())),
    build.call(OPERATOR.or, build.accumulator(), loop.args[0] as Expr),
  );

const existsOne: LoopMacro = (build, loop) =>
  fold(
    build,
    loop,
    build.literal(0),
    build.literal(true),
    build.call(
      OPERATOR.conditional,
      loop.args[0] as Expr,
      build.call(OPERATOR.add, build.accumulator(), build.literal(1)),
      build.accumulator(),
    ),
    build.call(OPERATOR.equals, build.accumulator(), build.literal(1)),
  );

/** The last argument is what each round adds; one before it says whether. */
function collect(
  add: (build: Builder, loop: Loop, item: Expr) => Expr,
  empty: (build: Builder) => Expr,
): LoopMacro {
  return (build, loop) => {
    const filter = loop.args.length === 2 ? loop.args[0] : undefined;
    const added = add(build, loop, loop.args.at(-1) as Expr);
    const step = filter ? build.call(OPERATOR.conditional, filter, added, build.accumulator()) : added;
    return fold(build, loop, empty(build), build.literal(true), step);
  };
}

const mapList = collect(
  (build, _loop, item) => build.call(OPERATOR.add, build.accumulator(), build.list(item)),
  (build) => build.list(),
);
const filter: LoopMacro = (build, loop) =>
  mapList(build, { ...loop, args: [loop.args[0] as Expr, build.ident(loop.variable)] });
const transformMap = collect(
  (build, loop, item) => build.call('cel.@mapInsert', build.accumulator(), build.ident(loop.variable), item),
  (build) => build.map(),
);
const transformMapEntry = collect(
  (build, _loop, item) => build.call('cel.@mapInsert', build.accumulator(), item),
  (build) => build.map(),
);

/** By name and number of arguments, variables included. */
const ONE_VARIABLE: Readonly<Record<string, LoopMacro>> = {
  'all/2': all,
  'exists/2': exists,
  'exists_one/2': existsOne,
  'existsOne/2': existsOne,
  'map/2': mapList,
  'map/3': mapList,
  'filter/2': filter,
};
const TWO_VARIABLES: Readonly<Record<string, LoopMacro>> = {
  'all/3': all,
  'exists/3': exists,
  'existsOne/3': existsOne,
  'exists_one/3': existsOne,
  'transformList/3': mapList,
  'transformList/4': mapList,
  'transformMap/3': transformMap,
  'transformMap/4': transformMap,
  'transformMapEntry/3': transformMapEntry,
  'transformMapEntry/4': transformMapEntry,
};

const LIST_MACROS = new Set(['map/2', 'map/3', 'filter/2']);

/** The expansion of a call that is a macro; else undefined. What is wrong with it is reported. */
export function expandMacro(call: CallExpr, report: Report): Expr | undefined {
  const { target, args, name, offset } = call;
  if (!target) {
    return name === 'has' && args.length === 1 ? expandHas(args[0] as Expr, offset, report) : undefined;
  }
  const key = `${name}/${args.length}`;
  const build = new Builder(offset);
  if (Object.hasOwn(ONE_VARIABLE, key)) {
    const subject = LIST_MACROS.has(key) ? 'argument is not an identifier' : 'argument must be a simple name';
    const variable = loopVariable(args[0] as Expr, subject, report);
    const loop = { range: target, variable: variable ?? '', variable2: undefined, args: args.slice(1) };
    return variable === undefined ? target : ONE_VARIABLE[key]?.(build, loop);
  }
  if (Object.hasOwn(TWO_VARIABLES, key)) {
    return expandTwoVariables(build, call, TWO_VARIABLES[key] as LoopMacro, report);
  }
  switch (key) {
    case 'optMap/2':
    case 'optFlatMap/2':
      return expandOptional(build, name, target, args, report);
    case 'sortBy/2':
      return expandSortBy(build, target, args, report);
    default:
      return undefined;
  }
}

function loopVariable(expr: Expr, message: string, report: Report): string | undefined {
  if (expr.kind !== 'ident') {
    report({ message, offset: expr.offset });
    return undefined;
  }
  if (expr.name === '__result__') {
    report({ message: 'iteration variable overwrites accumulator variable', offset: expr.offset });
    return undefined;
  }
  return expr.name;
}

function expandTwoVariables(
  build: Builder,
  call: CallExpr,
  macro: LoopMacro,
  report: Report,
): Expr | undefined {
  const [first, second, ...args] = call.args as [Expr, Expr, ...Expr[]];
  const variable = loopVariable(first, 'argument must be a simple name', report);
  const variable2 =
    variable === undefined ? undefined : loopVariable(second, 'argument must be a simple name', report);
  if (variable === undefined || variable2 === undefined) {
    return call.target;
  }
  if (variable === variable2) {
    report({ message: `duplicate variable name: ${variable}`, offset: second.offset });
    return call.target;
  }
  return macro(build, { range: call.target as Expr, variable, variable2, args });
}

function expandHas(arg: Expr, offset: number, report: Report): Expr {
  if (arg.kind !== 'select' || arg.optional) {
    report({ message: 'invalid argument to has() macro', offset: arg.offset });
    return arg;
  }
  return { ...arg, test: true, offset };
}

/** A name bound to a value: a comprehension that never loops. */
function bind(build: Builder, name: string, value: Expr, result: Expr): Expr {
  return build.fold({
    range: build.list(),
    variable: '#unused',
    variable2: undefined,
    accumulator: name,
    initial: value,
    condition: build.literal(false),
    step: build.ident(name),
    result,
  });
}

/** Most nodes of a target that its macro doubles: each link of a chain does. */
const MAX_DOUBLED = 2_000;

function isLarge(expr: Expr): boolean {
  const pending = [expr];
  for (let count = 0; pending.length > 0; count++) {
    if (count > MAX_DOUBLED) {
      return true;
    }
    pending.push(...childrenOf(pending.pop() as Expr));
  }
  return false;
}

function expandOptional(
  build: Builder,
  name: string,
  target: Expr,
  args: readonly Expr[],
  report: Report,
): Expr {
  const [variable, mapped] = args as [Expr, Expr];
  if (variable.kind !== 'ident') {
    report({ message: `${name}() variable name must be a simple identifier`, offset: variable.offset });
    return target;
  }
  if (isLarge(target)) {
    report({ message: `the target of ${name}() is too large`, offset: target.offset });
    return target;
  }
  const bound = bind(build, variable.name, build.member('value', copyExpr(target)), mapped);
  return build.call(
    OPERATOR.conditional,
    build.member('hasValue', target),
    name === 'optMap' ? build.call('optional.of', bound) : bound,
    build.call('optional.none'),
  );
}

const SORT_INPUT = '@__sortBy_input__';

function expandSortBy(build: Builder, target: Expr, args: readonly Expr[], report: Report): Expr {
  if (target.kind === 'literal' || target.kind === 'map' || target.kind === 'struct') {
    const message =
      'sortBy can only be applied to a list, identifier, comprehension, call or select expression';
    report({ message, offset: target.offset });
    return target;
  }
  const variable = loopVariable(args[0] as Expr, 'argument is not an identifier', report);
  if (variable === undefined) {
    return target;
  }
  const input = build.ident(SORT_INPUT);
  const keys = mapList(build, { range: input, variable, variable2: undefined, args: args.slice(1) });
  return bind(
    build,
    SORT_INPUT,
    target,
    build.member('@sortByAssociatedKeys', build.ident(SORT_INPUT), keys),
  );
}
