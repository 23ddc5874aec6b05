/** Values of literals as written. Errors are answered as texts, since they become issues. */
import { CelDouble, CelUint, intOf, type Value } from '../values/values.ts';
import type { Token } from './lexer.ts';

type Parsed<T> = { readonly value: T } | { readonly error: string };

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
  '`': 96,
  '?': 63,
};

interface Body {
  readonly text: string;
  readonly raw: boolean;
}

function bodyOf(literal: string): Body {
  const raw = /^[rR]/.test(literal);
  const quoted = (raw ? literal.slice(1) : literal).replace(/\r\n?/g, '\n');
  const quote = quoted.length >= 6 && /^("""|''')/.test(quoted) ? 3 : 1;
  return { text: quoted.slice(quote, -quote), raw };
}

/** `literal` with its quotes, and r before them where it is raw. */
function stringOf(literal: string): Parsed<string> {
  const { text, raw } = bodyOf(literal);
  if (raw || !text.includes('\\')) {
    return { value: text };
  }
  let value = '';
  for (const part of escapedParts(text)) {
    if (typeof part === 'string') {
      value += part;
    } else if (part.code > 0x10ffff || (part.code >= 0xd800 && part.code <= 0xdfff)) {
      return { error: 'invalid unicode code point' };
    } else {
      value += String.fromCodePoint(part.code);
    }
  }
  return { value };
}

/** `literal` without its b. Escapes by number are bytes, everything else is UTF-8. */
function bytesOf(literal: string): Parsed<Uint8Array> {
  const { text, raw } = bodyOf(literal);
  if (raw || !text.includes('\\')) {
    return { value: new Uint8Array(Buffer.from(text)) };
  }
  const parts: Buffer[] = [];
  for (const part of escapedParts(text)) {
    if (typeof part !== 'string' && part.isUnicode) {
      return { error: 'unable to unescape string' };
    }
    parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from([part.code]));
  }
  return { value: new Uint8Array(Buffer.concat(parts)) };
}

interface Escape {
  readonly code: number;
  readonly isUnicode: boolean;
}

/** The lexer has checked that every escape is well-formed. */
function* escapedParts(text: string): Generator<string | Escape> {
  const pattern = /\\(?:([xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))/g;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > last) {
      yield text.slice(last, match.index);
    }
    const [whole, hex, octal, simple] = match;
    if (hex) {
      yield { code: Number.parseInt(hex.slice(1), 16), isUnicode: /^[uU]/.test(hex) };
    } else if (octal) {
      yield { code: Number.parseInt(octal, 8), isUnicode: false };
    } else {
      yield { code: ESCAPES[simple ?? ''] ?? 0, isUnicode: false };
    }
    last = match.index + whole.length;
  }
  if (last < text.length) {
    yield text.slice(last);
  }
}

function numberOf({ kind, text }: Token, negative: boolean): Parsed<Value> {
  if (kind === 'double') {
    const value = Number((negative ? '-' : '') + text);
    return Number.isFinite(value) ? { value: new CelDouble(value) } : { error: 'invalid double literal' };
  }
  if (kind === 'uint') {
    const value = BigInt(text.slice(0, -1));
    return value < 2n ** 64n ? { value: new CelUint(value) } : { error: 'invalid uint literal' };
  }
  const magnitude = BigInt(text);
  const value = intOf(negative ? -magnitude : magnitude);
  return value === undefined ? { error: 'invalid int literal' } : { value };
}

/** The value of a number, string or bytes token. */
export function literalOf(token: Token, negative: boolean): Parsed<Value> {
  switch (token.kind) {
    case 'string':
      return stringOf(token.text);
    case 'bytes':
      return bytesOf(token.text.slice(1));
    default:
      return numberOf(token, negative);
  }
}
