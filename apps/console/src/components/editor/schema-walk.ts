import type { Outputs } from '../../lib/trpc.ts';
import { ITEM } from './yaml-path.ts';

export type KindSchema = NonNullable<Outputs['schema']['of']>;
export type FieldSchema = KindSchema['schemas'][string];

const REFERENCES_MAX = 10;

/** A schema with what it refers to; its own description, which says what it is for here, comes first. */
export function resolved(kind: KindSchema, schema: FieldSchema | undefined): FieldSchema | undefined {
  let found = schema;
  for (let step = 0; found?.ref !== undefined && step < REFERENCES_MAX; step += 1) {
    const { description, ref } = found;
    const target = kind.schemas[ref];
    if (target === undefined) return found;
    found = { ...target, description: description || target.description };
  }
  return found;
}

/** The schema at the end of a path; undefined where the path leaves what is known. */
export function schemaAt(kind: KindSchema, path: readonly string[]): FieldSchema | undefined {
  return path.reduce<FieldSchema | undefined>(
    (at, step) => {
      if (at === undefined) return undefined;
      return resolved(kind, step === ITEM ? at.items : (at.fields?.[step] ?? at.values));
    },
    resolved(kind, kind.schemas[kind.root]),
  );
}

/** What a value is, in a word: `string`, `integer`, `list`, `map`. */
export function typeText({ type, items, values }: FieldSchema): string {
  if (items !== undefined) return `[]${items.type === 'object' || items.type === '' ? 'object' : items.type}`;
  if (values !== undefined) return `map[string]${values.type || 'object'}`;
  return type === '' ? 'object' : type;
}
