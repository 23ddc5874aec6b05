import type { JsonObject } from '@gantry/machinery/json';
import { StepError } from './problem.ts';
import { dropShared, setShared } from './shared-texts.ts';

/** A scalar as text; '' for what isn't one or isn't there. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

export type Shape = 'map' | 'list' | 'scalar' | 'nothing';

export function shapeOf(value: unknown): Shape {
  if (isMissing(value)) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : 'scalar';
}

/** A text that, without quotes, YAML would read as something else: whoever wrote it has quoted it. */
export const wasQuoted = (text: string): boolean =>
  /^([-+]?(0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+|[0-9][0-9_]*|(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?|\.inf)|\.nan|true|false|null|~|)$/i.test(
    text,
  );

/** A scalar in the place of another: what was a quoted text stays a text. */
export function inPlaceOf(before: unknown, value: unknown): unknown {
  return typeof before === 'string' && isScalar(value) && typeof value !== 'string' && wasQuoted(before)
    ? String(value)
    : value;
}

/** Undefined and null remove the field. */
export function setField(map: JsonObject, key: string, value: unknown): void {
  if (!isMissing(value)) {
    if (map[key] !== value) setShared(map, key, value);
    return;
  }
  delete map[key];
  dropShared(map, key);
}

/** `a/b\/c` → ['a', 'b/c']; a leading delimiter is passed over. */
export function splitPath(path: string, delimiter: '/' | '.'): string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const out: string[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last?.endsWith('\\')) out[out.length - 1] = `${last.slice(0, -1)}${delimiter}${part}`;
    else out.push(part);
  }
  return out;
}

/** As splitPath by dots, with `[name=a.b]` kept whole and `[a.b]` taken as the key `a.b`. */
export function splitFieldPath(path: string): string[] {
  const parts = splitPath(path, '.');
  const out: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i] ?? '';
    if (!part.startsWith('[') || part.endsWith(']')) {
      out.push(part);
      continue;
    }
    while (i < parts.length - 1) {
      i += 1;
      part += `.${parts[i]}`;
      if (part.endsWith(']')) break;
    }
    out.push(part.includes('=') ? part : part.replace(/^\[+|\]+$/g, ''));
  }
  return out;
}

/** What YAML reads a plain word as. */
export function resolvePlain(text: string): unknown {
  if (!wasQuoted(text)) return text;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(null|~|)$/i.test(text)) return null;
  const digits = text.replaceAll('_', '');
  if (/^[-+]?0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const value = Number(digits);
  return Number.isFinite(value) ? value : text;
}

/**
 * A scalar in the place of another takes its type; undefined: in a place of its own. Throws StepError when it can't be
 * read as that type.
 */
export function asTypeOf(before: unknown, next: string | number | boolean): unknown {
  const text = textOf(next);
  if (before === undefined) return typeof next === 'string' ? resolvePlain(text) : next;
  if (typeof before === 'string') return text;
  const resolved = resolvePlain(text);
  if (typeof resolved === typeof before) return resolved;
  // The value may be of a Secret: it is not told.
  throw new StepError(`the value is a ${typeof resolved}, where a ${typeof before} (${before}) stands`);
}
