import { formatDouble, showValue } from '../values/text.ts';
import { formatDuration, formatTimestamp } from '../values/time.ts';
import {
  CelDouble,
  CelDuration,
  CelList,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  fail,
  isInt,
  isMap,
  typeName,
  type Value,
} from '../values/values.ts';
import { work, workOnItems } from '../values/work.ts';

/** The clause is wrong in itself, or with its argument. */
function clauseError(message: string): never {
  return fail(`error during formatting: ${message}`);
}

const MAX_PRECISION = 1_000;

const CLAUSE = /%%|%(?:\.(\d*))?([\s\S]?)/g;

/** The letters of the clauses that take an argument, in their order. */
export function clausesOf(text: string): string[] {
  return [...text.matchAll(CLAUSE)].flatMap(([whole, , clause = '']) => (whole === '%%' ? [] : [clause]));
}

/** What is wrong with an argument of the type for a clause; undefined: nothing, or it can't be told before. */
export function clauseProblem(clause: string, type: string): string | undefined {
  const allowed = ARGUMENTS[clause];
  if (allowed === undefined) {
    return `could not parse formatting clause: unrecognized formatting clause "${clause}"`;
  }
  return allowed.types.split(' ').includes(type)
    ? undefined
    : `error during formatting: ${allowed.error}, was given ${type}`;
}

/** `"%s is %.2f".format([…])`. Throws Failure. https://pkg.go.dev/github.com/google/cel-go/ext#Strings */
export function formatText(text: string, args: readonly Value[]): string {
  let next = 0;
  return text.replace(
    /%%|%(?:\.(\d*))?([\s\S]?)/g,
    (whole, precision: string | undefined, clause: string) => {
      if (whole === '%%') {
        return '%';
      }
      const index = next++;
      const arg = args[index];
      if (arg === undefined) {
        return fail(`index ${index} out of range`);
      }
      if (whole === '%') {
        return fail('unexpected end of string');
      }
      return formatClause(clause, precisionOf(precision, clause), arg);
    },
  );
}

function precisionOf(text: string | undefined, clause: string): number {
  if (text === undefined) {
    return 6;
  }
  const prefix = 'could not parse formatting clause: error while parsing precision: ';
  if (clause === '') {
    return fail(`${prefix}could not find end of precision specifier`);
  }
  if (text === '' || Number(text) > MAX_PRECISION) {
    return fail(
      `${prefix}error while converting precision to integer: strconv.Atoi: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}

function formatClause(clause: string, precision: number, arg: Value): string {
  switch (clause) {
    case 's':
      return formatString(arg);
    case 'd':
      return formatDecimal(arg);
    case 'f':
      return formatFixed(doubleArgument(arg, FIXED_ERROR), precision);
    case 'e':
      return formatScientific(doubleArgument(arg, SCIENTIFIC_ERROR), precision);
    case 'b':
      return typeof arg === 'boolean' ? String(Number(arg)) : formatRadix(arg, 2, BINARY_ERROR);
    case 'x':
      return formatHex(arg);
    case 'X':
      return formatHex(arg).toUpperCase();
    case 'o':
      return formatRadix(arg, 8, OCTAL_ERROR);
    default:
      return fail(`could not parse formatting clause: unrecognized formatting clause "${clause}"`);
  }
}

const BINARY_ERROR = 'only integers and bools can be formatted as binary';
const HEX_ERROR = 'only integers, byte buffers, and strings can be formatted as hex';
const OCTAL_ERROR = 'octal clause can only be used on integers';
const DECIMAL_ERROR = 'decimal clause can only be used on integers';
const FIXED_ERROR = 'fixed-point clause can only be used on doubles';
const SCIENTIFIC_ERROR = 'scientific clause can only be used on doubles';
const STRING_ERROR =
  'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps';

/** Static types that a clause takes, and what it says to others. */
const ARGUMENTS: Readonly<Record<string, { readonly types: string; readonly error: string }>> = {
  s: {
    types: 'list map int uint double bool string timestamp bytes duration type null dyn',
    error: STRING_ERROR,
  },
  d: { types: 'int uint dyn', error: DECIMAL_ERROR },
  f: { types: 'double string dyn', error: FIXED_ERROR },
  e: { types: 'double string dyn', error: SCIENTIFIC_ERROR },
  b: { types: 'int uint bool dyn', error: BINARY_ERROR },
  x: { types: 'int uint string bytes dyn', error: HEX_ERROR },
  X: { types: 'int uint string bytes dyn', error: HEX_ERROR },
  o: { types: 'int uint dyn', error: OCTAL_ERROR },
};

function formatString(arg: Value): string {
  if (arg instanceof CelList) {
    return `[${arg.values().map(formatNested).join(', ')}]`;
  }
  if (isMap(arg)) {
    const entries = arg.keys().map((key) => [formatKey(key), formatNested(arg.get(key) ?? null)] as const);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map((entry) => entry.join(':')).join(', ')}}`;
  }
  if (arg instanceof CelDouble) {
    return formatDouble(arg.value);
  }
  if (
    arg === null ||
    typeof arg !== 'object' ||
    arg instanceof Uint8Array ||
    [CelUint, CelTimestamp, CelDuration, CelTypeValue].some((type) => arg instanceof type)
  ) {
    return showValue(arg);
  }
  return clauseError(`${STRING_ERROR}, was given ${typeName(arg)}`);
}

/** An element of a list or map. */
function formatNested(arg: Value): string {
  workOnItems(2);
  if (typeof arg === 'string') {
    work(arg.length);
    return JSON.stringify(arg);
  }
  if (arg instanceof Uint8Array) {
    return `b${JSON.stringify(showValue(arg))}`;
  }
  if (arg instanceof CelDouble) {
    return Number.isFinite(arg.value) ? arg.value.toFixed(6) : JSON.stringify(formatDouble(arg.value));
  }
  if (arg instanceof CelTimestamp) {
    return `timestamp("${formatTimestamp(arg)}")`;
  }
  if (arg instanceof CelDuration) {
    return `duration("${formatDuration(arg)}")`;
  }
  return formatString(arg);
}

function formatKey(key: Value): string {
  return typeof key === 'string' ? JSON.stringify(key) : showValue(key);
}

function formatDecimal(arg: Value): string {
  return isInt(arg) || arg instanceof CelUint
    ? showValue(arg)
    : clauseError(`${DECIMAL_ERROR}, was given ${typeName(arg)}`);
}

function doubleArgument(arg: Value, error: string): number {
  if (arg instanceof CelDouble) {
    return arg.value;
  }
  if (arg === 'NaN' || arg === 'Infinity' || arg === '-Infinity') {
    return Number(arg);
  }
  return clauseError(`${error}, was given ${typeName(arg)}`);
}

/** As English writes numbers: with commas between thousands. */
function formatFixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) {
    return notFinite(value);
  }
  const [whole = '', fraction] = toFixed(value, precision).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction.padEnd(precision, '0')}`;
}

/** Halves go to the even neighbour; JavaScript sends them up. */
function toFixed(value: number, precision: number): string {
  const places = Math.min(precision, 75);
  const rounded = value.toFixed(places);
  const isHalf = /^50*$/.test(value.toFixed(places + 25).slice(-25)) && places < 75;
  const isOdd = /[13579]$/.test(rounded.replace('.', ''));
  if (!isHalf || !isOdd || Math.abs(value) >= 2 ** 52) {
    return rounded;
  }
  const towardsZero = Math.abs(value) - 10 ** -places / 2;
  return (Math.sign(value) * towardsZero).toFixed(places);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** As English writes them: `1.5 × 10⁰³`, with narrow spaces. */
function formatScientific(value: number, precision: number): string {
  if (!Number.isFinite(value)) {
    return notFinite(value);
  }
  const [mantissa, exponent = '0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const digits = exponent.replace(/^[+-]/, '').padStart(2, '0');
  const raised = [...digits].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${mantissa}\u202f×\u202f10${exponent.startsWith('-') ? '⁻' : ''}${raised}`;
}

function notFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
}

function formatRadix(arg: Value, radix: number, error: string): string {
  if (isInt(arg)) {
    return arg.toString(radix);
  }
  return arg instanceof CelUint
    ? arg.value.toString(radix)
    : clauseError(`${error}, was given ${typeName(arg)}`);
}

function formatHex(arg: Value): string {
  if (typeof arg === 'string' || arg instanceof Uint8Array) {
    return Buffer.from(arg).toString('hex');
  }
  return formatRadix(arg, 16, HEX_ERROR);
}
