import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtinKinds } from '../kinds.ts';
import { createErrors, updateErrors } from '../testing/objects.ts';

type Path = readonly (string | number)[];
/** What is sent, where the object is changed, to what (or nothing: the field is left out), and what is said of it. */
type Case = readonly [mode: 'create' | 'update', path: Path, value: readonly unknown[], errors: string[]];
interface Kind {
  readonly base: { readonly apiVersion: string; readonly kind: string };
  readonly cases: Case[];
}

/**
 * Recorded answers of the original 1.36: a line with a valid object of each kind, and lines with changes that it
 * refuses.
 */
function recorded(): Kind[] {
  const kinds: Kind[] = [];
  const text = readFileSync(new URL('../testdata/original-answers.jsonl', import.meta.url), 'utf8');
  for (const line of text.trim().split('\n')) {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) kinds.at(-1)?.cases.push(value as unknown as Case);
    else kinds.push({ base: value as Kind['base'], cases: [] });
  }
  return kinds;
}

function changed(base: object, path: Path, value: readonly unknown[]): object {
  const copy = structuredClone(base);
  let target = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) target = target[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value.length === 0) delete target[last];
  else target[last] = value[0];
  return copy;
}

describe('answers of the original to objects that are not valid', () => {
  for (const [index, { base, cases }] of recorded().entries())
    test(`${base.apiVersion} ${base.kind} (${index})`, () => {
      const kind = builtinKinds.find(
        (one) =>
          one.kind === base.kind &&
          (one.group === '' ? one.version : `${one.group}/${one.version}`) === base.apiVersion,
      );
      if (kind === undefined) throw new Error(`no kind ${base.kind}`);
      expect(createErrors(kind, base)).toEqual([]);
      for (const [mode, path, value, errors] of cases) {
        const object = changed(base, path, value);
        const found = mode === 'create' ? createErrors(kind, object) : updateErrors(kind, base, object);
        expect(found, `${mode} with ${path.join('.')} = ${JSON.stringify(value[0])}`).toEqual(errors);
      }
    });
});
