import { createHash } from 'node:crypto';
import type { KindDefinition } from '@gantry/api/kind';
import { formatGroupVersion } from '@gantry/machinery/object';

/** A line of an APIResourceList. https://kubernetes.io/docs/reference/using-api/api-concepts/#discovery-api */
export interface ApiResourceLine {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly storageVersionHash?: string;
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** In the order in which the original lists those of custom resources. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const OBJECT_VERBS = ['get', 'patch', 'update'];

export const verbsOf = ({ verbs = ALL_VERBS, custom }: KindDefinition): readonly string[] =>
  custom === undefined ? [...verbs].sort() : CUSTOM_VERBS.filter((verb) => verbs.includes(verb));

function storageVersionHash({ group, version, kind, storage, custom }: KindDefinition): string {
  const text =
    storage === undefined
      ? `${group}/${custom?.storageVersion ?? version}/${kind}`
      : `${storage.group}/${storage.version}/${kind}`;
  return createHash('sha256').update(text).digest().subarray(0, 8).toString('base64');
}

function resourceLine(kind: KindDefinition): ApiResourceLine {
  const verbs = verbsOf(kind);
  return {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs,
    ...(kind.shortNames === undefined ? {} : { shortNames: kind.shortNames }),
    ...(kind.categories === undefined ? {} : { categories: kind.categories }),
    ...(verbs.includes('watch') && kind.custom?.storageVersion !== ''
      ? { storageVersionHash: storageVersionHash(kind) }
      : {}),
  };
}

/** A subresource as discovery shows it; `group` and `version` only where they differ from the resource's own. */
export interface SubresourceLine {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

export function subresourcesOf(kind: KindDefinition): SubresourceLine[] {
  const { subresources } = kind;
  const lines: SubresourceLine[] = Object.entries(subresources?.others ?? {}).map(([name, other]) => ({
    name,
    kind: other.kind,
    ...(other.group === undefined ? {} : { group: other.group, version: other.version ?? 'v1' }),
    verbs: [...other.verbs].sort(),
  }));
  if (subresources?.status === true) lines.push({ name: 'status', kind: kind.kind, verbs: OBJECT_VERBS });
  if (subresources?.scale !== undefined)
    lines.push({ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: OBJECT_VERBS });
  return lines.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Resources of one group and version with their subresources, by name. */
export function resourceLines(kinds: readonly KindDefinition[]): ApiResourceLine[] {
  return kinds
    .flatMap((kind) => [
      resourceLine(kind),
      ...subresourcesOf(kind).map(
        ({ name, ...line }): ApiResourceLine => ({
          name: `${kind.plural}/${name}`,
          singularName: '',
          namespaced: kind.namespaced,
          ...line,
        }),
      ),
    ])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const resourceList = (group: string, version: string, kinds: readonly KindDefinition[]) => ({
  kind: 'APIResourceList',
  ...(group === '' ? {} : { apiVersion: 'v1' }),
  groupVersion: formatGroupVersion(group, version),
  resources: resourceLines(kinds),
});
