import { RE2JS } from 're2js';

import { BOOL, INT, listType, STRING } from '../check/types.ts';
import { fail, listOf, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

/** Patterns that expressions compute are compiled once as long as they come again. */
const MAX_PATTERNS = 256;
const patterns = new Map<string, RE2JS>();

/** Compiled with RE2's syntax, which matches in time linear to the text. Throws an Error that says what is wrong. */
export function compilePattern(pattern: string): RE2JS {
  const known = patterns.get(pattern);
  if (known) {
    return known;
  }
  const compiled = RE2JS.compile(pattern);
  if (patterns.size >= MAX_PATTERNS) {
    patterns.delete(patterns.keys().next().value ?? '');
  }
  patterns.set(pattern, compiled);
  return compiled;
}

function patternOf(value: Value, prefix: string): RE2JS {
  try {
    return compilePattern(value as string);
  } catch (error) {
    return fail(`${prefix}${patternError(error)}`);
  }
}

/** What is wrong with a pattern, worded as Go's regexp package does: ``error parsing regexp: missing closing ): `(` ``. */
export function patternError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function matches(text: Value, pattern: Value): Value {
  return patternOf(pattern, '')
    .matcher(text as string)
    .find();
}

function find(text: Value, pattern: Value): Value {
  const matcher = patternOf(pattern, 'Illegal regex: ').matcher(text as string);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

function findAll(text: Value, pattern: Value, most: Value = -1): Value {
  const matcher = patternOf(pattern, 'Illegal regex: ').matcher(text as string);
  const found: string[] = [];
  while ((Number(most) < 0 || found.length < Number(most)) && matcher.find()) {
    found.push(matcher.group() ?? '');
  }
  return listOf(found);
}

export const regularExpressions: Library = [
  declare(
    'matches',
    global('matches', [STRING, STRING], BOOL, matches),
    member('matches_string', [STRING, STRING], BOOL, matches),
  ),
  declare('find', member('string_find_string', [STRING, STRING], STRING, find)),
  declare(
    'findAll',
    member('string_find_all_string', [STRING, STRING], listType(STRING), findAll),
    member('string_find_all_string_int', [STRING, STRING, INT], listType(STRING), findAll),
  ),
];
