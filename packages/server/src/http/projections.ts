import { badRequest } from '@gantry/machinery/status';
import { encodeObject } from '../cache/encode-body.ts';
import type { Entry } from '../cache/entry.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import { ownBytes } from '../cache/own-bytes.ts';
import type { ApiResource } from '../registry/resource.ts';
import { jsonFraming } from '../watch/frames.ts';
import { bookmarkMetadata, type ListProjection } from './list-projection.ts';
import { type Accepted, hasProtobuf, unfit } from './negotiate.ts';
import { fullProtobuf, metadataProtobuf } from './protobuf-projections.ts';
import { columnDefinitions, type IncludeObject, partialMetadata, tableDocument, tableRow } from './table.ts';

const COMMA = Buffer.from(',');
const COMMA_OPEN = Buffer.from(',{');

const projections = new WeakMap<ApiResource, Map<string, ListProjection>>();

/** The form that a client asked for. Throws BadRequest for an unknown `includeObject`. */
export function projectionFor(
  resource: ApiResource,
  accepted: Accepted,
  query: URLSearchParams,
): ListProjection {
  const { form, format, version } = accepted;
  const binary = format === 'protobuf';
  let key = form === 'full' ? 'full' : `${form}/${version}`;
  const include = form === 'table' ? includeObject(query) : 'Metadata';
  if (form === 'table') key += `/${include}`;
  if (binary) key += '/protobuf';
  const known = getOrMake(projections, resource, () => new Map<string, ListProjection>());
  return getOrMake(known, key, () => make(resource, accepted, include));
}

/** What rows carry of their objects. Throws BadRequest. */
export function includeObject(query: URLSearchParams): IncludeObject {
  const include = query.get('includeObject') ?? '';
  if (include === '') return 'Metadata';
  if (include === 'None' || include === 'Metadata' || include === 'Object') return include;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

/** Where the original keeps a kind: its messages name that Go type. */
const goType = (resource: ApiResource, suffix: string): string => {
  const { kind } = resource;
  if (!hasProtobuf(resource)) return `*unstructured.Unstructured${suffix}`;
  const home = kind.group === '' || kind.kind === 'Event' ? 'core' : (kind.group.split('.')[0] ?? '');
  return `*${home}.${kind.kind}${suffix}`;
};

/** As projectionFor, of a list. Throws NotAcceptable when the client wants a single object's form. */
export function listProjection(
  resource: ApiResource,
  accepted: Accepted,
  query: URLSearchParams,
): ListProjection {
  if (accepted.form === 'metadata' && !accepted.list)
    throw unfit(
      `you requested PartialObjectMetadata, but the requested object is a list (${goType(resource, 'List')})`,
    );
  return projectionFor(resource, accepted, query);
}

/** As projectionFor, of a single object. Throws NotAcceptable when the client wants a list's form. */
export function objectProjection(
  resource: ApiResource,
  accepted: Accepted,
  query: URLSearchParams,
): ListProjection {
  if (accepted.form === 'metadata' && accepted.list)
    throw unfit(
      `you requested PartialObjectMetadataList, but the requested object is not a list (${goType(resource, '')})`,
    );
  return projectionFor(resource, accepted, query);
}

function make(resource: ApiResource, accepted: Accepted, include: IncludeObject): ListProjection {
  const made = makeForm(resource, accepted, include);
  return resource.prepare === undefined ? made : { ...made, prepare: resource.prepare };
}

function makeForm(resource: ApiResource, accepted: Accepted, include: IncludeObject): ListProjection {
  const { form, format, version } = accepted;
  if (form === 'table') return tableProjection(resource, `meta.k8s.io/${version}`, include);
  if (form === 'metadata') {
    const make = format === 'protobuf' ? metadataProtobuf : metadataProjection;
    return make(resource, `meta.k8s.io/${version}`);
  }
  return format === 'protobuf' ? fullProtobuf(resource) : fullProjection(resource);
}

/** Bytes of an object in the served version; those of the store when that is the same. */
export function servedBytes(resource: ApiResource, entry: Entry): Buffer {
  if (!resource.converted) return entry.bytes;
  if (resource.bytes !== undefined) return resource.bytes(entry);
  return entry.variant(resource.apiVersion, () => ownBytes(encodeObject(resource.fromStorage(entry.object))));
}

const ITEMS_END = Buffer.from(']}\n');

const wrapItems =
  (kind: string, apiVersion: string, items = '"items"', first = '') =>
  (metadata: object, parts: readonly Buffer[]): readonly Buffer[] => [
    Buffer.from(
      `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},${items}:[${parts.length === 0 ? '' : first}`,
    ),
    ...parts,
    ITEMS_END,
  ];

const json = { framing: jsonFraming, separator: COMMA, ages: false } as const;

function fullProjection(resource: ApiResource): ListProjection {
  const { kind, apiVersion } = resource;
  const object = (entry: Entry): Buffer => servedBytes(resource, entry);
  const listKind = kind.listKind ?? `${kind.kind}List`;
  // The list says what its items are; only those of custom resources say it again.
  const items =
    kind.custom === undefined
      ? {
          item: withoutType(object, kind.kind, apiVersion),
          separator: COMMA_OPEN,
          wrap: wrapItems(listKind, apiVersion, '"items"', '{'),
        }
      : { item: object, wrap: wrapItems(listKind, apiVersion) };
  return {
    ...json,
    key: `${apiVersion}/full${resource.tag}`,
    object,
    ...items,
    bookmark: (revision, end) =>
      Buffer.from(JSON.stringify({ kind: kind.kind, apiVersion, metadata: bookmarkMetadata(revision, end) })),
  };
}

/** What follows the type of an object, whose brace is left to the list. All bytes begin so: see encodeBody. */
function withoutType(object: (entry: Entry) => Buffer, kind: string, apiVersion: string) {
  const start = Buffer.from(`${JSON.stringify({ kind, apiVersion }).slice(0, -1)},`);
  return (entry: Entry): Buffer => {
    const bytes = object(entry);
    return bytes.subarray(bytes.compare(start, 0, start.length, 0, start.length) === 0 ? start.length : 1);
  };
}

function metadataProjection(resource: ApiResource, version: string): ListProjection {
  const object = (entry: Entry): Buffer =>
    entry.variant(`partial/${version}`, () => ownBytes(partialMetadata(entry.object, version)));
  return {
    ...json,
    key: `${resource.apiVersion}/metadata/${version}${resource.tag}`,
    object,
    item: object,
    wrap: wrapItems('PartialObjectMetadataList', version),
    bookmark: (revision, end) =>
      Buffer.from(partialMetadata({ metadata: bookmarkMetadata(revision, end) }, version)),
  };
}

function tableProjection(resource: ApiResource, version: string, include: IncludeObject): ListProjection {
  const { kind } = resource;
  const { rowOrder } = kind;
  const columns = columnDefinitions(kind);
  const row = (entry: Entry): string =>
    tableRow(
      kind,
      entry,
      resource.view(entry),
      { include, version },
      include === 'Object' ? servedBytes(resource, entry) : entry.bytes,
      new Date(),
    );
  const document = (metadata: object, withColumns: string | undefined, rows: string): Buffer =>
    Buffer.from(tableDocument(version, metadata, withColumns, rows));
  const ofEntry = (entry: Entry, withColumns: string | undefined): Buffer =>
    document({ resourceVersion: String(entry.revision) }, withColumns, row(entry));
  return {
    ...json,
    ...(rowOrder === undefined
      ? {}
      : { order: (a, b) => rowOrder(resource.view(a) as never, resource.view(b) as never) }),
    ages: true,
    key: `${resource.apiVersion}/table/${version}/${include}${resource.tag}`,
    object: (entry) => ofEntry(entry, undefined),
    first: (entry) => ofEntry(entry, columns),
    item: (entry) => Buffer.from(row(entry)),
    wrap: wrapItems('Table', version, `"columnDefinitions":${columns},"rows"`),
    bookmark: (revision, end) => {
      const metadata = bookmarkMetadata(revision, end);
      const object =
        include === 'Object'
          ? JSON.stringify({ kind: kind.kind, apiVersion: resource.apiVersion, metadata })
          : partialMetadata({ metadata }, version);
      return document({ resourceVersion: String(revision) }, undefined, `{"cells":[],"object":${object}}`);
    },
  };
}
