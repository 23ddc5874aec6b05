import type { Definition, JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import type { Entry } from '../cache/entry.ts';

const NO_SCHEMA: JsonSchema = {};

/**
 * A definition as it lies in the cache. Its schemas are by far the largest part and mostly not asked for: they are read
 * from the bytes of the entry when they are.
 */
export class DefinitionSource {
  readonly entry: Entry;
  /** Without schemas. */
  readonly definition: Definition;
  #schemas: ReadonlyMap<string, JsonSchema> | undefined;

  constructor(entry: Entry) {
    this.entry = entry;
    const whole = entry.copy() as unknown as Definition;
    const versions = whole.spec.versions.map(({ schema: _schema, ...version }) => version);
    this.definition = { ...whole, spec: { ...whole.spec, versions } };
  }

  /** Of a version by name; the same object each time. */
  schema(version: string): JsonSchema {
    this.#schemas ??= schemasOf(this.entry);
    return this.#schemas.get(version) ?? NO_SCHEMA;
  }
}

function schemasOf(entry: Entry): Map<string, JsonSchema> {
  const { spec } = entry.copy() as unknown as Definition;
  const schemas = new Map<string, JsonSchema>();
  for (const { name, schema } of spec.versions)
    if (schema?.openAPIV3Schema !== undefined) schemas.set(name, schema.openAPIV3Schema);
  return schemas;
}
