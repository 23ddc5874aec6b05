import type { Type } from '../check/types.ts';
import type { Value } from '../values/values.ts';

/** One signature of a function. */
export interface Overload {
  /** As the cost model knows it. */
  readonly id: string;
  /** Called on its first argument: `a.f(b)`. */
  readonly member: boolean;
  /** The target of a member function included. */
  readonly args: readonly Type[];
  readonly result: Type;
  /** `run` looks itself whether it can do with its arguments. */
  readonly checksItself?: boolean;
  run(...args: Value[]): Value;
}

export interface FunctionDeclaration {
  readonly name: string;
  readonly overloads: readonly Overload[];
}

export type Library = readonly FunctionDeclaration[];

type Run = Overload['run'];

/** `f(a, b)` */
export function global(id: string, args: readonly Type[], result: Type, run: Run): Overload {
  return { id, member: false, args, result, run };
}

/** `a.f(b)` */
export function member(id: string, args: readonly Type[], result: Type, run: Run): Overload {
  return { id, member: true, args, result, run };
}

export function declare(name: string, ...overloads: Overload[]): FunctionDeclaration {
  return { name, overloads };
}
