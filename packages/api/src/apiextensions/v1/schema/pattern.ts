import { RE2JS } from 're2js';

/** RE2 syntax and linear time, since patterns and values come from different users. */
export interface Pattern {
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
}

/** Compiled patterns; definitions repeat the same few over and over. */
const MAX_KEPT = 2000;
const compiled = new Map<string, Pattern | string>();

/** The compiled pattern, or what is wrong with it. */
export function compilePattern(pattern: string): Pattern | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  let made: Pattern | string;
  try {
    made = RE2JS.compile(pattern);
  } catch (error) {
    made = error instanceof Error ? error.message : String(error);
  }
  if (compiled.size >= MAX_KEPT) compiled.clear();
  compiled.set(pattern, made);
  return made;
}
