import { describe, expect, test } from 'vitest';
import { createErrors, updateErrors } from '../testing/objects.ts';
import { type Path, recorded } from './recorded.ts';

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
  for (const [index, { base, kind, cases }] of recorded().entries())
    test(`${base.apiVersion} ${base.kind} (${index})`, () => {
      expect(createErrors(kind, base)).toEqual([]);
      for (const [mode, path, value, errors] of cases) {
        const object = changed(base, path, value);
        const found = mode === 'create' ? createErrors(kind, object) : updateErrors(kind, base, object);
        expect(found, `${mode} with ${path.join('.')} = ${JSON.stringify(value[0])}`).toEqual(errors);
      }
    });
});
