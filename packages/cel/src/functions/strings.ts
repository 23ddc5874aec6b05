import { DYN, INT, listType, STRING } from '../check/types.ts';
import { codePoints, showValue, textLength } from '../values/text.ts';
import { type CelList, fail, listOf, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';
import { formatText } from './format-text.ts';
import { bounded } from './result-limit.ts';

/** White space as Unicode has it; JavaScript's trim() takes a byte order mark for some and U+0085 for none. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);
const TRAILING = new RegExp(`${SPACE}+$`);

function outOfRange(index: number | bigint): never {
  return fail(`index out of range: ${index}`);
}

function charAt(text: Value, index: Value): Value {
  const at = Number(index);
  const length = textLength(text as string);
  if (at < 0 || at > length) {
    return outOfRange(index as number);
  }
  const hasWide = length !== (text as string).length;
  return (hasWide ? codePoints(text as string)[at] : (text as string)[at]) ?? '';
}

/** Where `part` stands in `text` first, looking at each place of `places`. */
function findAt(text: readonly string[], part: readonly string[], places: Iterable<number>): number {
  for (const place of places) {
    if (part.every((character, index) => text[place + index] === character)) {
      return place;
    }
  }
  return -1;
}

function* upwards(from: number, to: number): Generator<number> {
  for (let place = from; place <= to; place++) {
    yield place;
  }
}

function* downwards(from: number): Generator<number> {
  for (let place = from; place >= 0; place--) {
    yield place;
  }
}

function indexOf(text: Value, part: Value, offset: Value = 0): Value {
  const from = Number(offset);
  if (part === '') {
    return offset;
  }
  if (from < 0) {
    return outOfRange(from);
  }
  const [characters, wanted] = [codePoints(text as string), codePoints(part as string)];
  return findAt(characters, wanted, upwards(from, characters.length - wanted.length));
}

function lastIndexOf(text: Value, part: Value, offset?: Value): Value {
  const characters = codePoints(text as string);
  if (part === '') {
    return offset ?? characters.length;
  }
  const wanted = codePoints(part as string);
  if (offset === undefined && characters.length < wanted.length) {
    return -1;
  }
  const from = offset === undefined ? characters.length - 1 : Number(offset);
  if (from < 0) {
    return outOfRange(from);
  }
  return from >= characters.length
    ? -1
    : findAt(characters, wanted, downwards(Math.min(from, characters.length - wanted.length)));
}

/** A negative `most` replaces all. Nothing is found before each character, and at the end. */
function replace(text: Value, old: Value, replacement: Value, most: Value = -1): Value {
  const limit = Number(most) < 0 ? Number.POSITIVE_INFINITY : Number(most);
  const parts = splitAt(text as string, old as string, limit);
  const [first = '', ...rest] = parts;
  const length = (text as string).length + rest.length * (replacement as string).length;
  return bounded(length, () =>
    limit === 0 ? text : first + rest.map((part) => `${replacement}${part}`).join(''),
  );
}

/** The text cut at `separator`, `most` times at most. */
function splitAt(text: string, separator: string, most: number): string[] {
  if (separator === '') {
    const characters = codePoints(text);
    const pieces = most > characters.length ? ['', ...characters, ''] : ['', ...characters];
    const kept = Math.min(most, pieces.length - 1);
    return [...pieces.slice(0, kept), pieces.slice(kept).join('')];
  }
  const parts = text.split(separator);
  return parts.length - 1 <= most ? parts : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

function split(text: Value, separator: Value, most: Value = -1): Value {
  const pieces = separator === '' ? codePoints(text as string) : (text as string).split(separator as string);
  const limit = Number(most);
  if (limit < 0 || pieces.length <= limit) {
    return listOf(pieces);
  }
  const rest = pieces.slice(limit - 1).join(separator as string);
  return listOf(limit === 0 ? [] : [...pieces.slice(0, limit - 1), rest]);
}

function substring(text: Value, start: Value, end?: Value): Value {
  const characters = codePoints(text as string);
  const [from, to] = [Number(start), end === undefined ? characters.length : Number(end)];
  if (end !== undefined && from > to) {
    fail(`invalid substring range. start: ${from}, end: ${to}`);
  }
  if (from < 0 || from > characters.length) {
    outOfRange(start as number);
  }
  return to < 0 || to > characters.length ? outOfRange(to) : characters.slice(from, to).join('');
}

function join(list: Value, separator: Value = ''): Value {
  const items = (list as CelList).values();
  const texts = items.map((item) =>
    typeof item === 'string' ? item : fail(`join: invalid input: ${showValue(item)}`),
  );
  const length = texts.reduce((sum, text) => sum + text.length + (separator as string).length, 0);
  return bounded(length, () => texts.join(separator as string));
}

const QUOTED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: Value): Value {
  const escaped = (text as string)
    .toWellFormed()
    .replace(/[\s\S]/gu, (character) => QUOTED[character] ?? character);
  return `"${escaped}"`;
}

const STRINGS = listType(STRING);

/** https://pkg.go.dev/github.com/google/cel-go/ext#Strings, version 2 */
export const strings: Library = [
  declare('charAt', member('string_char_at_int', [STRING, INT], STRING, charAt)),
  declare(
    'indexOf',
    member('string_index_of_string', [STRING, STRING], INT, indexOf),
    member('string_index_of_string_int', [STRING, STRING, INT], INT, indexOf),
  ),
  declare(
    'lastIndexOf',
    member('string_last_index_of_string', [STRING, STRING], INT, lastIndexOf),
    member('string_last_index_of_string_int', [STRING, STRING, INT], INT, lastIndexOf),
  ),
  declare(
    'lowerAscii',
    member('string_lower_ascii', [STRING], STRING, (text) =>
      (text as string).replace(/[A-Z]+/g, (upper) => upper.toLowerCase()),
    ),
  ),
  declare(
    'upperAscii',
    member('string_upper_ascii', [STRING], STRING, (text) =>
      (text as string).replace(/[a-z]+/g, (lower) => lower.toUpperCase()),
    ),
  ),
  declare(
    'replace',
    member('string_replace_string_string', [STRING, STRING, STRING], STRING, replace),
    member('string_replace_string_string_int', [STRING, STRING, STRING, INT], STRING, replace),
  ),
  declare(
    'split',
    member('string_split_string', [STRING, STRING], STRINGS, split),
    member('string_split_string_int', [STRING, STRING, INT], STRINGS, split),
  ),
  declare(
    'substring',
    member('string_substring_int', [STRING, INT], STRING, substring),
    member('string_substring_int_int', [STRING, INT, INT], STRING, substring),
  ),
  declare(
    'trim',
    member('string_trim', [STRING], STRING, (text) =>
      (text as string).replace(LEADING, '').replace(TRAILING, ''),
    ),
  ),
  declare(
    'format',
    member('string_format', [STRING, listType(DYN)], STRING, (text, args) =>
      formatText(text as string, (args as CelList).values()),
    ),
  ),
  declare('strings.quote', global('strings_quote', [STRING], STRING, quote)),
  declare(
    'join',
    member('list_join', [STRINGS], STRING, join),
    member('list_join_string', [STRINGS, STRING], STRING, join),
  ),
];
