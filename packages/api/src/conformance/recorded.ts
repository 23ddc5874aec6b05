import { readFileSync } from 'node:fs';
import type { KindDefinition } from '../kind.ts';
import { builtinKinds } from '../kinds.ts';

export type Path = readonly (string | number)[];
/** What is sent, where the object is changed, to what (or nothing: the field is left out), and what is said of it. */
export type Case = readonly [
  mode: 'create' | 'update',
  path: Path,
  value: readonly unknown[],
  errors: string[],
];
export interface RecordedKind {
  readonly base: { readonly apiVersion: string; readonly kind: string };
  readonly kind: KindDefinition;
  readonly cases: Case[];
}

function kindOf(base: RecordedKind['base']): KindDefinition {
  const found = builtinKinds.find(
    (one) =>
      one.kind === base.kind &&
      (one.group === '' ? one.version : `${one.group}/${one.version}`) === base.apiVersion,
  );
  if (found === undefined) throw new Error(`no kind ${base.kind}`);
  return found;
}

/**
 * Recorded answers of the original 1.36: a line with a valid object of each kind, and lines with changes that it
 * refuses.
 */
export function recorded(): RecordedKind[] {
  const kinds: RecordedKind[] = [];
  const text = readFileSync(new URL('../testdata/original-answers.jsonl', import.meta.url), 'utf8');
  for (const line of text.trim().split('\n')) {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) kinds.at(-1)?.cases.push(value as unknown as Case);
    else {
      const base = value as RecordedKind['base'];
      kinds.push({ base, kind: kindOf(base), cases: [] });
    }
  }
  return kinds;
}
