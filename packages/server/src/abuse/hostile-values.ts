import fc from 'fast-check';

/** Values that decoders trip over: wrong types, limits of numbers, names with a meaning, odd text. */
export const oddScalar: fc.Arbitrary<unknown> = fc.constantFrom(
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1e308,
  '',
  '0',
  '-5m',
  '1e400',
  '1970-01-01T00:00:00Z',
  '9999-99-99T99:99:99Z',
  '\u0000',
  '\ud800',
  'x'.repeat(300),
  '__proto__',
  '%',
  '$patch',
);

const oddKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '$patch',
    '$retainKeys',
    '$setElementOrder/containers',
    '$deleteFromPrimitiveList/finalizers',
    'metadata',
    'spec',
    'status',
    'name',
    'apiVersion',
    'kind',
    'managedFields',
    'fieldsV1',
    '',
    'a/b~c',
  ),
  fc.string({ maxLength: 8 }),
);

/** JSON of any shape, made of odd parts. */
export const oddJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    oddScalar,
    fc.string({ maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(oddKey, tie('value'), { maxKeys: 4 }),
  ),
})).value;

type Json = Record<string, unknown>;

/** Every path of a JSON document. */
function pathsOf(value: unknown, prefix: readonly string[] = []): string[][] {
  const out: string[][] = prefix.length === 0 ? [] : [[...prefix]];
  if (typeof value !== 'object' || value === null) return out;
  for (const key of Object.keys(value)) out.push(...pathsOf((value as Json)[key], [...prefix, key]));
  return out;
}

function withValue(document: unknown, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(document) as Json;
  let parent: Json = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Json;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** A good document with one to three of its values replaced or taken away. */
export function spoilt(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.oneof(oddScalar, oddJson, fc.constant(undefined)));
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((current, [at, value]) => {
      const paths = pathsOf(current);
      const path = paths[at % Math.max(1, paths.length)];
      return path === undefined ? current : withValue(current, path, value);
    }, document),
  );
}
