import type { JsonSchema } from '../definition.ts';
import { propertyOf, valuesOf } from '../schema/nodes.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
};

/** A path of a rule or a selectable field, as the schema knows it; a string says what is wrong. */
export type ResolvedPath = { readonly path: string; readonly schema: JsonSchema } | string;

/** Splits at `.`, `[` and `]`, which are tokens of their own; single-quoted text is one token. */
const tokensOf = (text: string): string[] => text.match(/'(?:[^'\\]|\\.)*'|[.[\]]|[^.[\]']+|'/g) ?? [];

/** Resolves `.spec.map['key']` below a schema. `brackets`: whether the notation with brackets is allowed. */
export function resolveFieldPath(text: string, root: JsonSchema, brackets = true): ResolvedPath {
  const tokens = tokensOf(text);
  let schema = root;
  let path = '';
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at++];
    let name: string;
    if (token === '[') {
      if (!brackets) return 'array notation is not allowed';
      const quoted = tokens[at++];
      if (quoted === undefined) return 'unexpected end of JSON path';
      if (quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'"))
        return `expected single quoted string but got ${quoted}`;
      const plain = unescaped(quoted.slice(1, -1));
      if (plain === undefined) return 'invalid string literal: invalid escape char';
      name = plain;
      const close = tokens[at++];
      if (close === undefined) return 'unexpected end of JSON path';
      if (close !== ']') return `expected ] but got ${close}`;
    } else if (token === '.') {
      const next = tokens[at++];
      if (next === undefined) return 'unexpected end of JSON path';
      name = next;
    } else return `expected [ or . but got: ${token ?? ''}`;
    const step = stepInto(schema, name);
    if (step === undefined) return 'does not refer to a valid field';
    schema = step.schema;
    path = step.isKey ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
  }
  return { path, schema };
}

function stepInto(schema: JsonSchema, name: string): { schema: JsonSchema; isKey: boolean } | undefined {
  if (schema.properties !== undefined) {
    const property = propertyOf(schema, name);
    return property && { schema: property, isKey: false };
  }
  const values = valuesOf(schema);
  return values && { schema: values, isKey: true };
}

function unescaped(text: string): string | undefined {
  let isValid = true;
  const plain = text.replace(/\\(.)/g, (_, letter: string) => {
    const character = ESCAPES[letter];
    if (character === undefined) isValid = false;
    return character ?? '';
  });
  return isValid ? plain : undefined;
}
