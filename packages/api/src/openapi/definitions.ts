import { customDefinitions, customListName } from '../apiextensions/v1/custom/openapi.ts';
import type { KindDefinition } from '../kind.ts';
import { DeleteOptions, ObjectMeta } from '../meta/v1/meta.ts';
import { APIResourceList, ListMeta, Status, WatchEvent } from '../meta/v1/status.ts';
import { array, ref, type StructType, string, struct } from '../schema/dsl.ts';
import { subresourceTypes } from '../subresource-types.ts';
import { publishEnums } from './enums.ts';
import { collectDefinitions, type OpenApiSchema } from './schemas.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const GVK = 'x-kubernetes-group-version-kind';

export const names = {
  status: `${META}.Status`,
  deleteOptions: `${META}.DeleteOptions`,
  patch: `${META}.Patch`,
  resourceList: `${META}.APIResourceList`,
} as const;

const isStored = (kind: KindDefinition): boolean => kind.verbs === undefined || kind.verbs.includes('list');

/** `PodList` of `Pod`, with the list's own metadata. */
const listType = (kind: KindDefinition): StructType =>
  struct(
    `${kind.type.name}List`,
    {
      apiVersion: string(),
      items: array(
        ref(() => kind.type),
        { required: true, description: `List of ${kind.plural}.` },
      ),
      kind: string(),
      metadata: ref(() => ListMeta, { description: 'Version of the list, and where it goes on.' }),
    },
    { description: `A list of ${kind.kind} objects.` },
  );

/** OpenAPI definition name of the list of a kind. */
export const listName = (kind: KindDefinition): string =>
  kind.custom === undefined ? `${kind.type.name}List` : customListName(kind);

/** OpenAPI definition name of the object that an operation speaks, e.g. `io.k8s.api.policy.v1.Eviction`. */
export function definitionName(
  speaks: { readonly group: string; readonly version: string; readonly kind: string },
  kind: KindDefinition,
): string {
  if (speaks.kind === kind.kind) return kind.type.name;
  return (
    subresourceTypes.find((type) => type.name.endsWith(`.${speaks.version}.${speaks.kind}`))?.name ??
    names.status
  );
}

/**
 * All schemas that the operations on these kinds refer to, sorted by name. References are those of OpenAPI 3. `known`
 * are all kinds that there are: one that is only referred to (a claim template of a stateful set) keeps its own name.
 */
export function definitionsOf(
  kinds: readonly KindDefinition[],
  known: readonly KindDefinition[],
): Map<string, OpenApiSchema> {
  const definitions = new Map<string, OpenApiSchema>();
  const mark = (type: StructType, gvk: { group: string; version: string; kind: string }): void => {
    collectDefinitions(type, definitions);
    const definition = definitions.get(type.name);
    if (definition === undefined) return;
    const others = (definition[GVK] ?? []) as unknown[];
    definition[GVK] = [...others, gvk];
  };
  for (const kind of kinds) {
    const { group, version } = kind;
    if (kind.custom !== undefined) {
      for (const [name, schema] of customDefinitions(kind, 3)) definitions.set(name, schema);
      collectDefinitions(ObjectMeta, definitions);
      collectDefinitions(ListMeta, definitions);
      for (const other of spokenTypes(kind)) mark(other.type, other.gvk);
      continue;
    }
    mark(kind.type, { group, version, kind: kind.kind });
    if (isStored(kind)) mark(listType(kind), { group, version, kind: `${kind.kind}List` });
    for (const other of spokenTypes(kind)) if (!definitions.has(other.type.name)) mark(other.type, other.gvk);
  }
  for (const kind of known)
    if (kind.custom === undefined && definitions.has(kind.type.name) && !kinds.includes(kind))
      mark(kind.type, { group: kind.group, version: kind.version, kind: kind.kind });
  if (kinds.some(isDeletable)) {
    mark(Status, CORE('Status'));
    for (const groupVersion of groupVersionsOf(kinds)) {
      mark(DeleteOptions, { ...groupVersion, kind: 'DeleteOptions' });
      mark(WatchEvent, { ...groupVersion, kind: 'WatchEvent' });
    }
    definitions.set(names.patch, {
      type: 'object',
      description: 'A change to an object; the media type says in which language.',
    });
  }
  mark(APIResourceList, CORE('APIResourceList'));
  for (const [name, definition] of definitions) publishEnums(name, definition);
  return new Map([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const CORE = (kind: string) => ({ group: '', version: 'v1', kind });

const isDeletable = (kind: KindDefinition): boolean =>
  kind.verbs === undefined || kind.verbs.includes('delete');

/** The core group and those of `kinds`: each has options and watch events under its own name. */
function groupVersionsOf(kinds: readonly KindDefinition[]): { group: string; version: string }[] {
  const found = new Map([['/v1', { group: '', version: 'v1' }]]);
  for (const { group, version } of kinds) found.set(`${group}/${version}`, { group, version });
  return [...found.values()];
}

function spokenTypes(kind: KindDefinition) {
  const { scale, others } = kind.subresources ?? {};
  const spoken = Object.values(others ?? {}).map((one) => ({
    group: one.group ?? kind.group,
    version: one.version ?? kind.version,
    kind: one.kind,
  }));
  if (scale !== undefined) spoken.push({ group: 'autoscaling', version: 'v1', kind: 'Scale' });
  return spoken.flatMap((gvk) => {
    const type = subresourceTypes.find((one) => one.name === definitionName(gvk, kind));
    return type === undefined ? [] : [{ type, gvk }];
  });
}
