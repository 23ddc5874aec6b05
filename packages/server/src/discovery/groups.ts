import type { KindDefinition } from '@gantry/api/kind';
import { formatGroupVersion } from '@gantry/machinery/object';
import { builtInPriority, CUSTOM } from '../aggregation/priorities.ts';
import { subresourcesOf, verbsOf } from './resource-lists.ts';
import { compareVersions } from './version-order.ts';

/** A group and version of another server that stands behind this one. */
export interface RemoteVersion {
  readonly entry: {
    readonly group: string;
    readonly version: string;
    readonly groupPriority: number;
    readonly versionPriority: number;
  };
  /** As aggregated discovery lists them. */
  readonly resources: readonly unknown[];
  readonly freshness: 'Current' | 'Stale';
}

/** The versions of other servers, and word of their changes. */
export interface RemoteSource {
  all(): readonly RemoteVersion[];
  onChange(listener: () => void): void;
}

export interface GroupVersion {
  readonly version: string;
  readonly priority: number;
  readonly kinds: readonly KindDefinition[];
  readonly remote?: RemoteVersion;
}

export interface Group {
  readonly name: string;
  readonly priority: number;
  /** Preferred first. */
  readonly versions: readonly GroupVersion[];
}

interface Building {
  priority: number;
  readonly versions: Map<string, { priority: number; kinds: KindDefinition[]; remote?: RemoteVersion }>;
}

/** Groups in the order of discovery: by priority, then by name; those built in keep the order of their kinds. */
export function groupsOf(kinds: readonly KindDefinition[], remotes: readonly RemoteVersion[]): Group[] {
  const groups = new Map<string, Building>();
  const versionOf = (group: string, version: string, priority: { group: number; version: number }) => {
    const building = groups.get(group) ?? { priority: priority.group, versions: new Map() };
    groups.set(group, building);
    building.priority = Math.max(building.priority, priority.group);
    const made = building.versions.get(version) ?? { priority: priority.version, kinds: [] };
    building.versions.set(version, made);
    return made;
  };
  for (const kind of kinds) {
    const priority = kind.custom === undefined ? builtInPriority(kind.group, kind.version) : CUSTOM;
    versionOf(kind.group, kind.version, priority).kinds.push(kind);
  }
  for (const remote of remotes) {
    const { group, version, groupPriority, versionPriority } = remote.entry;
    versionOf(group, version, { group: groupPriority, version: versionPriority }).remote = remote;
  }
  const order = [...groups.keys()];
  return [...groups]
    .map(([name, { priority, versions }]) => ({ name, priority, versions: sortedVersions(versions) }))
    .sort((a, b) => b.priority - a.priority || byName(a, b, order));
}

/** Below the priority of custom resources names decide; above, the order in which kinds are listed. */
function byName(a: Group, b: Group, order: readonly string[]): number {
  if (a.priority > CUSTOM.group) return order.indexOf(a.name) - order.indexOf(b.name);
  return a.name < b.name ? -1 : 1;
}

const sortedVersions = (versions: Building['versions']): GroupVersion[] =>
  [...versions]
    .map(([version, rest]) => ({ version, ...rest }))
    .sort((a, b) => b.priority - a.priority || compareVersions(a.version, b.version));

const groupVersions = ({ name, versions }: Group) =>
  versions.map(({ version }) => ({ groupVersion: formatGroupVersion(name, version), version }));

/** A group as the lists of groups show it. */
export const apiGroup = (group: Group) => ({
  name: group.name,
  versions: groupVersions(group),
  preferredVersion: groupVersions(group)[0],
});

function aggregatedResource(kind: KindDefinition, group: string, version: string) {
  // What is the same as around it goes without saying, but for custom resources.
  const own = kind.custom === undefined ? { group: '', version: '' } : { group, version };
  const subresources = subresourcesOf(kind).map((line) => ({
    subresource: line.name,
    responseKind: {
      group: line.group ?? own.group,
      version: line.version ?? own.version,
      kind: line.kind,
    },
    verbs: line.verbs,
  }));
  return {
    resource: kind.plural,
    responseKind: { ...own, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: verbsOf(kind),
    ...(kind.shortNames === undefined ? {} : { shortNames: kind.shortNames }),
    ...(kind.categories === undefined ? {} : { categories: kind.categories }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

/** A group with all its resources, as aggregated discovery shows it. */
export const aggregatedGroup = (group: Group) => ({
  metadata: group.name === '' ? {} : { name: group.name },
  versions: group.versions.map((version) => aggregatedVersion(group.name, version)),
});

function aggregatedVersion(group: string, { version, kinds, remote }: Group['versions'][number]) {
  const resources = [
    ...[...kinds]
      .sort((a, b) => (a.plural < b.plural ? -1 : 1))
      .map((kind) => aggregatedResource(kind, group, version)),
    ...(remote?.resources ?? []),
  ];
  return {
    version,
    ...(resources.length === 0 ? {} : { resources }),
    freshness: remote?.freshness ?? 'Current',
  };
}

/** Where discovery answers. */
export const discoveryPaths = (
  kinds: readonly KindDefinition[],
  remotes: readonly RemoteVersion[],
): readonly string[] => [
  '/api',
  '/apis',
  ...groupsOf(kinds, remotes).flatMap(({ name, versions }) => {
    const root = name === '' ? [] : [`/apis/${name}`];
    return [
      ...root,
      ...versions.map(({ version }) => (name === '' ? `/api/${version}` : `/apis/${name}/${version}`)),
    ];
  }),
];
