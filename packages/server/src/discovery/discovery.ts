import { createHash } from 'node:crypto';
import type { KindDefinition } from '@gantry/api/kind';
import { formatGroupVersion } from '@gantry/machinery/object';
import { headerOf } from '../http/api-request.ts';
import type { PlainHandler } from '../http/chain.ts';
import { type ApiResponse, emptyBody } from '../http/response.ts';
import { resourceList, subresourcesOf, verbsOf } from './resource-lists.ts';

interface Group {
  readonly name: string;
  /** Preferred first. */
  readonly versions: readonly { readonly version: string; readonly kinds: readonly KindDefinition[] }[];
}

const AGGREGATED_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** v2 before v1 before v1beta1 before v1alpha1. */
function versionRank(version: string): number {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) return -1;
  const stage = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return stage * 1e6 + Number(match[1]) * 1e3 + Number(match[3] ?? 0);
}

function groupsOf(kinds: readonly KindDefinition[]): Group[] {
  const groups = new Map<string, Map<string, KindDefinition[]>>();
  for (const kind of kinds) {
    const versions = groups.get(kind.group) ?? new Map<string, KindDefinition[]>();
    groups.set(kind.group, versions);
    versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
  }
  return [...groups].map(([name, versions]) => ({
    name,
    versions: [...versions]
      .map(([version, list]) => ({ version, kinds: list }))
      .sort((a, b) => versionRank(b.version) - versionRank(a.version)),
  }));
}

const groupVersions = ({ name, versions }: Group) =>
  versions.map(({ version }) => ({ groupVersion: formatGroupVersion(name, version), version }));

const apiGroup = (group: Group) => ({
  name: group.name,
  versions: groupVersions(group),
  preferredVersion: groupVersions(group)[0],
});

function aggregatedResource(kind: KindDefinition, group: string, version: string) {
  const subresources = subresourcesOf(kind).map((line) => ({
    subresource: line.name,
    responseKind: { group: line.group ?? group, version: line.version ?? version, kind: line.kind },
    verbs: line.verbs,
  }));
  return {
    resource: kind.plural,
    responseKind: { group, version, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: verbsOf(kind),
    ...(kind.shortNames === undefined ? {} : { shortNames: kind.shortNames }),
    ...(kind.categories === undefined ? {} : { categories: kind.categories }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

const aggregated = (groups: readonly Group[]) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items: groups.map((group) => ({
    metadata: { ...(group.name === '' ? {} : { name: group.name }), creationTimestamp: null },
    versions: group.versions.map(({ version, kinds }) => ({
      version,
      resources: [...kinds]
        .sort((a, b) => (a.plural < b.plural ? -1 : 1))
        .map((kind) => aggregatedResource(kind, group.name, version)),
      freshness: 'Current',
    })),
  })),
});

interface Document {
  readonly body: Buffer;
  readonly etag: string;
}

const document = (value: unknown): Document => {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  return { body, etag: `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"` };
};

function plainDocuments(groups: readonly Group[], serverAddress: string): Map<string, Document> {
  const documents = new Map<string, Document>();
  const named = groups.filter(({ name }) => name !== '');
  const core = groups.find(({ name }) => name === '');
  documents.set(
    '/api',
    document({
      kind: 'APIVersions',
      versions: core?.versions.map(({ version }) => version) ?? [],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
    }),
  );
  documents.set('/apis', document({ kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(apiGroup) }));
  for (const group of groups) {
    const root = group.name === '' ? '/api' : `/apis/${group.name}`;
    if (group.name !== '')
      documents.set(root, document({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) }));
    for (const { version, kinds } of group.versions)
      documents.set(`${root}/${version}`, document(resourceList(group.name, version, kinds)));
  }
  return documents;
}

const wantsAggregated = (accept: string | undefined): boolean =>
  accept !== undefined && /as=APIGroupDiscoveryList/.test(accept) && /v=v2(?:[;,]|$)/.test(accept);

/** `/api`, `/apis` and below; `/api` and `/apis` also aggregated, with ETag. Made once: built-in kinds never change. */
export function discoveryHandler(kinds: readonly KindDefinition[], serverAddress: string): PlainHandler {
  const groups = groupsOf(kinds);
  const plain = plainDocuments(groups, serverAddress);
  const whole = new Map<string, Document>([
    ['/api', document(aggregated(groups.filter(({ name }) => name === '')))],
    ['/apis', document(aggregated(groups.filter(({ name }) => name !== '')))],
  ]);
  return (request) => {
    const path =
      request.path.length > 1 && request.path.endsWith('/') ? request.path.slice(0, -1) : request.path;
    const combined = wantsAggregated(headerOf(request, 'accept')) ? whole.get(path) : undefined;
    const found = combined ?? plain.get(path);
    if (found === undefined) return undefined;
    const type = combined === undefined ? 'application/json' : AGGREGATED_TYPE;
    return answer(found, type, headerOf(request, 'if-none-match'));
  };
}

function answer({ body, etag }: Document, type: string, known: string | undefined): ApiResponse {
  const headers = { 'content-type': type, etag, vary: 'Accept', 'cache-control': 'public' };
  return known === etag ? { status: 304, headers, body: emptyBody } : { status: 200, headers, body };
}
