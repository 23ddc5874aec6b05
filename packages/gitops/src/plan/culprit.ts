/** `cannot unmarshal number into Go struct field ConfigMap.data of type string`: which type of value was met. */
const MET = /cannot unmarshal (array|bool|number|object|string)\b/;

type Step = string | number;

/** The value that a decoding error is about, and where it stands. */
export interface Culprit {
  readonly path: readonly Step[];
  readonly value: unknown;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** Children of a list or a mapping. */
function childrenOf(value: unknown): readonly (readonly [Step, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/**
 * A decoding error names neither the items of lists, nor keys of maps, nor the value: the first one below the field that
 * it names which has the type that it was met with. Undefined when there is none, or the text is no such error.
 */
export function culpritOf(object: unknown, field: readonly Step[], reason: string): Culprit | undefined {
  const met = MET.exec(reason)?.[1];
  return met === undefined ? undefined : find(object, field, [], met);
}

function find(
  value: unknown,
  [step, ...rest]: readonly Step[],
  path: readonly Step[],
  met: string,
): Culprit | undefined {
  if (step === undefined) {
    const children = childrenOf(value);
    const child = children.find(([, item]) => typeOf(item) === met);
    if (typeOf(value) === met) return { path, value };
    return child === undefined ? undefined : { path: [...path, child[0]], value: child[1] };
  }
  if (Array.isArray(value) && typeof step === 'string') {
    for (const [index, item] of value.entries()) {
      const found = find(item, [step, ...rest], [...path, index], met);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const next = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const child = next.find(([key]) => key === String(step));
  return child === undefined ? undefined : find(child[1], rest, [...path, step], met);
}
