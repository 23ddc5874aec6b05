const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})$/;
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
const DECIMAL_SUFFIX = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;
/** Longest text and largest exponent that are looked at; the original clamps at 2^63. */
const MAX_LENGTH = 64;
const MAX_NANO = 2n ** 63n * NANO;

const cache = new Map<string, string>();
const MAX_CACHED = 2000;

/**
 * The one text of a quantity: no fraction, the largest suffix that loses nothing, the family of suffixes as written.
 * `1024Mi` → `1Gi`, `0.5` → `500m`. Undefined when it is none. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string | undefined {
  const cached = cache.get(text);
  if (cached !== undefined) return cached;
  const canonical = compute(text);
  if (canonical !== undefined && cache.size < MAX_CACHED) cache.set(text, canonical);
  return canonical;
}

interface Parsed {
  readonly minus: string;
  /** Billionths, without sign. */
  readonly nano: bigint;
  readonly family: 'binary' | 'decimal' | 'exponent';
}

function parse(text: string): Parsed | undefined {
  const match = text.length > MAX_LENGTH ? null : PATTERN.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const binary = BINARY.indexOf(suffix);
  const exponent = suffix.length > 1 && binary < 0 ? Number(suffix.slice(1)) : 0;
  const power = (binary > 0 ? 0 : (DECIMAL[suffix] ?? exponent)) + 9 - fraction.length;
  const scaled = binary > 0 ? digits << BigInt(10 * binary) : digits;
  // Finer than a billionth rounds up, away from zero.
  const nano = power >= 0 ? scaled * 10n ** BigInt(power) : ceilDivide(scaled, 10n ** BigInt(-power));
  return {
    minus: sign === '-' ? '-' : '',
    nano: nano > MAX_NANO ? MAX_NANO : nano,
    family: binary > 0 ? 'binary' : suffix.length > 1 ? 'exponent' : 'decimal',
  };
}

function compute(text: string): string | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const { minus, nano, family } = parsed;
  if (nano === 0n) return '0';
  if (family === 'binary' && nano >= 1024n * NANO) return minus + binaryText(ceilDivide(nano, NANO));
  return minus + decimalText(nano, family === 'exponent');
}

const ceilDivide = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

function binaryText(value: bigint): string {
  let step = 0;
  let rest = value;
  while (rest % 1024n === 0n && step < BINARY.length - 1) {
    rest /= 1024n;
    step++;
  }
  return `${rest}${BINARY[step] ?? ''}`;
}

function decimalText(nano: bigint, asExponent: boolean): string {
  let step = 0;
  let rest = nano;
  while (rest % 1000n === 0n && step < DECIMAL_SUFFIX.length - 1) {
    rest /= 1000n;
    step++;
  }
  const exponent = step * 3 - 9;
  return asExponent
    ? `${rest}${exponent === 0 ? '' : `e${exponent}`}`
    : `${rest}${DECIMAL_SUFFIX[step] ?? ''}`;
}

/** A quantity in billionths, for comparing and adding; 0 when it is none. */
export function quantityNano(text: string | undefined): bigint {
  const parsed = text === undefined ? undefined : parse(text);
  if (parsed === undefined) return 0n;
  return parsed.minus === '' ? parsed.nano : -parsed.nano;
}
