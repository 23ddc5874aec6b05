import { isIP } from 'node:net';

/** String formats whose values are checked; others are ignored. Dashes in names do not count. */

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const UUID3 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const UUID4 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const UUID5 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const GO_DURATION =
  /^[+-]?(?:0|(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*)$/;
const WORD_DURATION =
  /(?:(\d+)\s*(?:ns|nano|us|µs|micro|ms|milli|s|sec|second|m|min|minute|h|hr|hour|d|day|w|wk|week))/i;
const SHORT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

const digits = (text: string): string => text.replace(/[^0-9]/g, '');

function isLuhn(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    let digit = Number(text[text.length - 1 - index]);
    if (index % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

function isIsbn10(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  if (!/^\d{9}[\dX]$/.test(plain)) return false;
  let sum = 0;
  for (let index = 0; index < 10; index++)
    sum += (index + 1) * (plain[index] === 'X' ? 10 : Number(plain[index]));
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  if (!/^\d{13}$/.test(plain)) return false;
  let sum = 0;
  for (let index = 0; index < 12; index++) sum += Number(plain[index]) * (index % 2 === 0 ? 1 : 3);
  return Number(plain[12]) === (10 - (sum % 10)) % 10;
}

function isHostname(text: string): boolean {
  if (Buffer.byteLength(text) > 255) return false;
  const labels = text.split('.');
  if (labels.some((label) => Buffer.byteLength(label) > 63)) return false;
  const label = /^[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\p{S}\p{L}-]{0,61}[a-zA-Z0-9\p{S}\p{L}])?$/u;
  if (!labels.every((one) => label.test(one))) return false;
  return labels.length === 1 || /^[a-zA-Z\p{L}]{2,63}$/u.test(labels.at(-1) ?? '');
}

function isCidr(text: string): boolean {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text);
  if (match === null) return false;
  const family = ipFamily(match[1] ?? '');
  return family !== 0 && Number(match[2]) <= (family === 4 ? 32 : 128);
}

/** 4, 6 or 0; leading zeros of IPv4 are tolerated. */
function ipFamily(text: string): number {
  return isIP(/^[\d.]+$/.test(text) ? text.replace(/(^|\.)0+(?=\d)/g, '$1') : text);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isDateTime(text: string): boolean {
  if (text === '') return false;
  const match = DATE_TIME.exec(text.toUpperCase());
  if (match === null) return false;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return (
    isDay(year ?? 0, month ?? 0, day ?? 0) && (hour ?? 24) < 24 && (minute ?? 60) < 60 && (second ?? 60) < 60
  );
}

/** No white space and nothing below it. */
const isPlain = (text: string): boolean => [...text].every((character) => character > ' ');

const isUri = (text: string): boolean => {
  if (!isPlain(text)) return false;
  return text.startsWith('/') || (/^[a-zA-Z][a-zA-Z0-9+.-]*:.+$/.test(text) && URL.canParse(text));
};

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: (text) => /^[0-9a-fA-F]{24}$/.test(text),
  uri: isUri,
  email: (text) => /^(?:[^<>@]*<)?[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+>?$/.test(text.trim()),
  hostname: isHostname,
  ipv4: (text) => text.includes('.') && ipFamily(text) !== 0,
  ipv6: (text) => isIP(text) === 6,
  cidr: isCidr,
  mac: (text) =>
    /^(?:[0-9a-fA-F]{2}([:-]))(?:[0-9a-fA-F]{2}\1){4}(?:[0-9a-fA-F]{2})(?:(?:\1[0-9a-fA-F]{2}){2}|(?:\1[0-9a-fA-F]{2}){14})?$/.test(
      text,
    ) || /^(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4})?$/.test(text),
  uuid: (text) => UUID.test(text),
  uuid3: (text) => UUID3.test(text),
  uuid4: (text) => UUID4.test(text),
  uuid5: (text) => UUID5.test(text),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: (text) => CARD.test(digits(text)) && isLuhn(digits(text)),
  ssn: (text) => /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text),
  hexcolor: (text) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text),
  rgbcolor: (text) =>
    /^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$/.test(
      text,
    ),
  byte: (text) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && text !== '',
  password: () => true,
  date: isDate,
  duration: (text) => GO_DURATION.test(text) || WORD_DURATION.test(text),
  datetime: isDateTime,
  k8sshortname: (text) => text.length <= 63 && SHORT_NAME.test(text),
  k8slongname: (text) => text.length <= 253 && text.split('.').every((part) => SHORT_NAME.test(part)),
};

/** Formats that strings (or values without a type) may have; https://kubernetes.io/docs/tasks/extend-kubernetes/. */
const normalized = (format: string): string => format.replaceAll('-', '');

/** The check of a string format; undefined when the format is not known. */
export const formatCheck = (format: string): ((text: string) => boolean) | undefined => {
  const name = normalized(format);
  return Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
};

/** Whether values of this type and format are checked at all. */
export function isKnownFormat(type: string | undefined, format: string): boolean {
  switch (type ?? '') {
    case '':
    case 'string':
      return formatCheck(format) !== undefined;
    case 'integer':
      return format === 'int32' || format === 'int64';
    case 'number':
      return format === 'float' || format === 'double';
    default:
      return false;
  }
}
