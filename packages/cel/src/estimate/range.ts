import type { CostRange } from '../port.ts';

/** Where counting stops: the original counts with 64 bits. */
export const UNLIMITED = 2 ** 64;

export const ZERO: CostRange = { min: 0, max: 0 };
/** The size of what nothing is known of. */
export const UNKNOWN: CostRange = { min: 0, max: UNLIMITED };

const bounded = (value: number): number => Math.min(value, UNLIMITED);

export function fixed(value: number): CostRange {
  return { min: value, max: value };
}

export function sum(...ranges: readonly CostRange[]): CostRange {
  return ranges.reduce((a, b) => ({ min: bounded(a.min + b.min), max: bounded(a.max + b.max) }), ZERO);
}

export function product(a: CostRange, b: CostRange): CostRange {
  return { min: bounded(a.min * b.min), max: bounded(a.max * b.max) };
}

/** Times a factor, rounded up. */
export function scale(range: CostRange, factor: number): CostRange {
  return { min: bounded(Math.ceil(range.min * factor)), max: bounded(Math.ceil(range.max * factor)) };
}

export function union(a: CostRange, b: CostRange): CostRange {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
