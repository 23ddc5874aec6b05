import type { StructType } from '../schema/dsl.ts';
import { goStruct } from './go-struct.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What changed between two values of a type, as messages of the original show it. */
export function goDifference(type: StructType, before: object, after: object): string {
  return unifiedDiff(indented(goStruct(type, before)), indented(goStruct(type, after)));
}

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go writes it, indented by one. */
export const indented = (value: unknown): string =>
  JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, (found) => ESCAPED[found] ?? found);
