import { CelList, CelObject, fieldsOf, isMap, type Value } from './values.ts';

/** Objects of constructed types whose names don't say where they stand: `Object.spec` is the type of the field spec. */
function misplacedBelow(value: Value, path: string, found: string[]): void {
  if (value instanceof CelObject) {
    const { name } = value.shape;
    if (name !== path) {
      found.push(
        `unexpected type name ${JSON.stringify(name)}, expected ${JSON.stringify(path)}, ` +
          'which matches field name path from root Object type',
      );
    }
    for (const [field, inner] of fieldsOf(value)) {
      misplacedBelow(inner, `${path}.${field}`, found);
    }
  } else if (value instanceof CelList) {
    for (const item of value.values()) {
      misplacedBelow(item, path, found);
    }
  } else if (isMap(value)) {
    for (const key of value.keys()) {
      misplacedBelow(value.get(key) ?? null, path, found);
    }
  }
}

/** What is wrong with the types inside of a constructed object, a line each; undefined: nothing. */
export function misplacedTypes(value: unknown): string | undefined {
  const found: string[] = [];
  if (value instanceof CelObject) {
    misplacedBelow(value, value.shape.name, found);
  }
  return found.length === 0 ? undefined : found.join('\n');
}
