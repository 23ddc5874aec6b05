import { formatDuration, formatTimestamp } from './time.ts';
import {
  CelDouble,
  CelDuration,
  CelList,
  CelObject,
  CelOpaque,
  CelOptional,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  isMap,
  type Value,
} from './values.ts';
import { work } from './work.ts';

/** Lengths of long texts, which are asked for again and again. */
const MIN_LONG = 1_000;
const MAX_LENGTHS = 32;
const lengths = new Map<string, number>();

/** Code points of a text. */
export function textLength(text: string): number {
  if (text.length < MIN_LONG) {
    return countCodePoints(text);
  }
  let length = lengths.get(text);
  if (length === undefined) {
    work(text.length);
    length = countCodePoints(text);
    if (lengths.size >= MAX_LENGTHS) {
      lengths.clear();
    }
    lengths.set(text, length);
  }
  return length;
}

function countCodePoints(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) {
      length--;
    }
  }
  return length;
}

/** The text as a list of code points, each a string. */
export function codePoints(text: string): string[] {
  work(text.length);
  return [...text];
}

/** The shortest form that reads back as the same double, with an exponent from 1e-5 down and from 1e6 up. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e6)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
  }
  return String(value);
}

/** A value inside of an error text, as the original prints one. */
export function showValue(value: Value): string {
  const shown = show(value);
  work(shown.length);
  return shown;
}

function show(value: Value): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  if (value instanceof CelList) {
    return `[${value.values().map(showValue).join(', ')}]`;
  }
  if (isMap(value)) {
    return `{${value
      .keys()
      .map((key) => `${showValue(key)}: ${showValue(value.get(key) ?? null)}`)
      .join(', ')}}`;
  }
  return showObject(value);
}

function showObject(value: Exclude<Value, null | boolean | number | bigint | string | CelList>): string {
  if (value instanceof CelDouble) {
    return formatDouble(value.value);
  }
  if (value instanceof CelUint) {
    return String(value.value);
  }
  if (value instanceof CelTimestamp) {
    return formatTimestamp(value);
  }
  if (value instanceof CelDuration) {
    return formatDuration(value);
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString();
  }
  if (value instanceof CelTypeValue) {
    return value.name;
  }
  if (value instanceof CelOptional) {
    return value.value === undefined ? 'optional.none()' : `optional(${showValue(value.value)})`;
  }
  return value instanceof CelObject ? value.shape.name : value instanceof CelOpaque ? value.typeName : '';
}
