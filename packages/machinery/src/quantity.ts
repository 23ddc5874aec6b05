/** Suffix family in which a quantity is written again: `500m`, `1Gi`, `12e6`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount, in units of 10^-9: nothing smaller can be said. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

export const QUANTITY_FORMAT_MESSAGE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_MESSAGE = "unable to parse quantity's suffix";

const NANO = 1_000_000_000n;
/** Longest text that is read; a real quantity has a handful of digits. */
const MAX_LENGTH = 256;
/** Bound of the exponent, so that `1e999999999` can't fill the memory. */
const MAX_EXPONENT = 64;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

interface Suffix {
  readonly format: QuantityFormat;
  readonly multiplier: bigint;
  readonly divisor: bigint;
}

function decimal(format: QuantityFormat, exponent: number): Suffix {
  return exponent >= 0
    ? { format, multiplier: 10n ** BigInt(exponent), divisor: 1n }
    : { format, multiplier: 1n, divisor: 10n ** BigInt(-exponent) };
}

function parseSuffix(text: string): Suffix {
  const ten = DECIMAL[text];
  if (ten !== undefined) return decimal('DecimalSI', ten);
  const two = BINARY[text];
  if (two !== undefined) return { format: 'BinarySI', multiplier: 2n ** BigInt(two), divisor: 1n };
  const exponent = /^[eE]([-+]?\d+)$/.exec(text)?.[1];
  if (exponent === undefined) throw new Error(SUFFIX_MESSAGE);
  const bounded = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(exponent)));
  return decimal('DecimalExponent', bounded);
}

/**
 * Reads a quantity. What is finer than 10^-9 is rounded away from zero; binary amounts are capped at 2^63-1.
 * Throws Error with the text that clients know.
 */
export function parseQuantity(text: string | number): Quantity {
  const source = String(text);
  const match = source.length > MAX_LENGTH ? null : PATTERN.exec(source);
  if (match === null || source === '') throw new Error(QUANTITY_FORMAT_MESSAGE);
  const [, sign = '', whole = '', fraction = '', suffixText = ''] = match;
  const suffix = parseSuffix(suffixText);
  const numerator = BigInt(`0${whole}${fraction}`) * suffix.multiplier * NANO;
  const denominator = 10n ** BigInt(fraction.length) * suffix.divisor;
  let nanos = numerator / denominator;
  if (numerator % denominator !== 0n) nanos += 1n;
  if (suffix.format === 'BinarySI' && nanos > MAX_BINARY) nanos = MAX_BINARY;
  const format = suffix.format === 'BinarySI' && nanos < NANO && nanos > 0n ? 'DecimalSI' : suffix.format;
  return { nanos: sign === '-' ? -nanos : nanos, format };
}

/** The text of what is wrong with a quantity; undefined for a right one. */
export function quantityError(text: string | number): string | undefined {
  try {
    parseQuantity(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function formatDecimal(nanos: bigint, format: QuantityFormat): string {
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (format === 'DecimalExponent' || exponent < 18)) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === 'DecimalExponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  const suffix = Object.keys(DECIMAL).find((key) => DECIMAL[key] === exponent) ?? '';
  return `${mantissa}${suffix}`;
}

/** Canonical text in the quantity's own family: the largest suffix that leaves no fraction. */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return '0';
  const size = nanos < 0n ? -nanos : nanos;
  if (format !== 'BinarySI') return formatDecimal(nanos, format);
  if (size < 1024n * NANO || nanos % NANO !== 0n) return formatDecimal(nanos, 'DecimalSI');
  let mantissa = nanos / NANO;
  let steps = 0;
  while (mantissa % 1024n === 0n && steps < 6) {
    mantissa /= 1024n;
    steps++;
  }
  return `${mantissa}${steps === 0 ? '' : Object.keys(BINARY)[steps - 1]}`;
}

/** Text as it is stored and served. Throws like parseQuantity. */
export function canonicalQuantity(text: string | number): string {
  return formatQuantity(parseQuantity(text));
}

/** Below zero, zero or above zero. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** Sum, written in the family of `a` unless `a` is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos - b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** Away from zero, as the original rounds. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** Thousandths, rounded up: CPU in millicores. */
export function toMilli(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, 1_000_000n));
}

/** Whole units, rounded up: bytes of memory. Exact up to 2^53. */
export function toBytes(quantity: Quantity): number {
  return Number(toBigInt(quantity));
}

/** Whole units, rounded up. */
export function toBigInt(quantity: Quantity): bigint {
  return divideUp(quantity.nanos, NANO);
}
