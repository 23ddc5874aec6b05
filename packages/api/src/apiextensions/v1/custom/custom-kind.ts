import type { CompiledKind } from '../../../compile.ts';
import type { KindDefinition } from '../../../kind.ts';
import { ObjectMeta } from '../../../meta/v1/meta.ts';
import { raw, ref, type Schema, type StructType, string, struct } from '../../../schema/dsl.ts';
import { type Definition, type DefinitionVersion, isConditionTrue, type JsonSchema } from '../definition.ts';
import { customColumns, selectableReader } from './columns.ts';
import { compileCustom } from './compiled-custom.ts';

/** What discovery shows of a definition that is going. */
const TERMINATING_VERBS = ['delete', 'deletecollection', 'get', 'list', 'watch'];

/** `com.example.v1.Widget`: the name in OpenAPI of a kind of the group `example.com`. */
export const modelName = (group: string, version: string, kind: string): string =>
  `${group.split('.').reverse().join('.')}.${version}.${kind}`;

/**
 * One version of a definition as a kind, under the names that were accepted. Whatever needs the schema is made on first
 * use: most of what hundreds of definitions bring is never asked for.
 */
export function customKind(
  definition: Definition,
  version: DefinitionVersion,
  schema: () => JsonSchema,
): KindDefinition {
  const { spec, status } = definition;
  const names = status?.acceptedNames ?? spec.names;
  const { group } = spec;
  const storage = spec.versions.find((one) => one.storage);
  let type: StructType | undefined;
  let columns: KindDefinition['columns'];
  let selectable: KindDefinition['selectableFields'];
  let compiled: CompiledKind | undefined;
  const kind: KindDefinition = {
    group,
    version: version.name,
    kind: names.kind,
    listKind: names.listKind ?? `${names.kind}List`,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    namespaced: spec.scope === 'Namespaced',
    ...(names.shortNames === undefined ? {} : { shortNames: names.shortNames }),
    ...(names.categories === undefined ? {} : { categories: names.categories }),
    ...(isConditionTrue(definition, 'Terminating') ? { verbs: TERMINATING_VERBS } : {}),
    subresources: subresourcesOf(version),
    generation: true,
    get type() {
      type ??= topLevelType(modelName(group, version.name, names.kind), schema());
      return type;
    },
    get columns() {
      columns ??= customColumns(version.additionalPrinterColumns) as unknown as KindDefinition['columns'];
      return columns ?? [];
    },
    get selectableFields() {
      selectable ??= selectableFields(version);
      return selectable ?? {};
    },
    custom: {
      definition: definition.metadata.name,
      identity: `${definition.metadata.uid ?? ''}.${definition.metadata.generation ?? 0}.${JSON.stringify(names)}`,
      storageVersion: storage?.served === true ? storage.name : '',
      schema,
      compile(): CompiledKind {
        compiled ??= compileCustom(kind, {
          schema: schema(),
          hasStatus: version.subresources?.status !== undefined,
          scale: version.subresources?.scale,
        });
        return compiled;
      },
    },
  };
  return kind;
}

function subresourcesOf({ subresources }: DefinitionVersion): NonNullable<KindDefinition['subresources']> {
  const scale = subresources?.scale;
  return {
    ...(subresources?.status === undefined ? {} : { status: true }),
    ...(scale === undefined
      ? {}
      : {
          scale: {
            specReplicasPath: scale.specReplicasPath,
            statusReplicasPath: scale.statusReplicasPath,
            ...(scale.labelSelectorPath ? { selectorPath: scale.labelSelectorPath } : {}),
          },
        }),
  };
}

/** The outermost fields; what is below them only the schema knows. */
function topLevelType(name: string, schema: JsonSchema): StructType {
  const fields: Record<string, Schema> = {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: raw(),
  };
  for (const field in schema.properties) fields[field] ??= raw();
  return struct(name, fields);
}

function selectableFields({ selectableFields: fields = [] }: DefinitionVersion) {
  const readers: Record<string, (object: never) => string> = {};
  for (const { jsonPath } of fields) readers[jsonPath.replace(/^\./, '')] = selectableReader(jsonPath);
  return readers;
}
