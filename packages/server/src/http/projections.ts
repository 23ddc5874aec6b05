import { badRequest } from '@gantry/machinery/status';
import { encodeObject } from '../cache/encode-body.ts';
import type { Entry } from '../cache/entry.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import type { ApiResource } from '../registry/resource.ts';
import type { Projection } from '../watch/projection.ts';
import type { Accepted } from './negotiate.ts';
import { columnDefinitions, type IncludeObject, partialMetadata, tableDocument, tableRow } from './table.ts';

/** A form of a resource that can be listed too. */
export interface ListProjection extends Projection {
  /** What stands for one object in a list: the object, or a row. */
  item(entry: Entry): Buffer | string;
  /** The list around the joined items. */
  list(metadata: object): { readonly head: string; readonly tail: string };
}

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

const projections = new WeakMap<ApiResource, Map<string, ListProjection>>();

/** The form that a client asked for. Throws BadRequest for an unknown `includeObject`. */
export function projectionFor(
  resource: ApiResource,
  accepted: Accepted,
  query: URLSearchParams,
): ListProjection {
  const include = (query.get('includeObject') ?? 'Metadata') as IncludeObject;
  if (accepted.form === 'table' && !['None', 'Metadata', 'Object'].includes(include))
    throw badRequest(`unrecognized includeObject value: ${JSON.stringify(include)}`);
  const key = accepted.form === 'table' ? `table/${include}` : accepted.form;
  const known = getOrMake(projections, resource, () => new Map<string, ListProjection>());
  return getOrMake(known, key, () => make(resource, accepted.form, include));
}

function make(resource: ApiResource, form: Accepted['form'], include: IncludeObject): ListProjection {
  if (form === 'table') return tableProjection(resource, include);
  return form === 'metadata' ? metadataProjection(resource) : fullProjection(resource);
}

/** Bytes of an object in the served version; those of the store when that is the same. */
export function servedBytes(resource: ApiResource, entry: Entry): Buffer {
  if (!resource.converted) return entry.bytes;
  return entry.variant(resource.apiVersion, () =>
    Buffer.from(encodeObject(resource.fromStorage(entry.object))),
  );
}

const bookmarkMetadata = (revision: number, initialEventsEnd: boolean): object => ({
  resourceVersion: String(revision),
  creationTimestamp: null,
  ...(initialEventsEnd ? { annotations: { [INITIAL_EVENTS_END]: 'true' } } : {}),
});

const listFrame = (kind: string, apiVersion: string) => (metadata: object) => ({
  head: `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[`,
  tail: ']}\n',
});

function fullProjection(resource: ApiResource): ListProjection {
  const { kind, apiVersion } = resource;
  const object = (entry: Entry): Buffer => servedBytes(resource, entry);
  return {
    key: `${apiVersion}/full`,
    contentType: 'application/json',
    object,
    item: object,
    list: listFrame(`${kind.kind}List`, apiVersion),
    bookmark: (revision, end) =>
      Buffer.from(JSON.stringify({ kind: kind.kind, apiVersion, metadata: bookmarkMetadata(revision, end) })),
  };
}

function metadataProjection(resource: ApiResource): ListProjection {
  const object = (entry: Entry): Buffer =>
    entry.variant('partial', () => Buffer.from(partialMetadata(entry.object)));
  return {
    key: `${resource.apiVersion}/metadata`,
    contentType: 'application/json',
    object,
    item: object,
    list: listFrame('PartialObjectMetadataList', 'meta.k8s.io/v1'),
    bookmark: (revision, end) =>
      Buffer.from(
        JSON.stringify({
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata: bookmarkMetadata(revision, end),
        }),
      ),
  };
}

function tableProjection(resource: ApiResource, include: IncludeObject): ListProjection {
  const { kind } = resource;
  const columns = columnDefinitions(kind);
  const row = (entry: Entry): string =>
    tableRow(
      kind,
      entry,
      resource.fromStorage(entry.object),
      include,
      include === 'Object' ? servedBytes(resource, entry) : entry.bytes,
      new Date(),
    );
  const document = (entry: Entry, withColumns: string | undefined): Buffer =>
    Buffer.from(tableDocument({ resourceVersion: String(entry.revision) }, withColumns, row(entry)));
  return {
    key: `${resource.apiVersion}/table/${include}`,
    contentType: 'application/json',
    object: (entry) => document(entry, undefined),
    first: (entry) => document(entry, columns),
    item: row,
    list: (metadata) => ({
      head: `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)},"columnDefinitions":${columns},"rows":[`,
      tail: ']}\n',
    }),
    bookmark: (revision, end) => {
      const object = {
        kind: kind.kind,
        apiVersion: resource.apiVersion,
        metadata: bookmarkMetadata(revision, end),
      };
      const rows = `{"cells":[],"object":${JSON.stringify(object)}}`;
      return Buffer.from(tableDocument({ resourceVersion: String(revision) }, undefined, rows));
    },
  };
}
