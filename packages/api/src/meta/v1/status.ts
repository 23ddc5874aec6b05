import { array, int32, int64, rawObject, ref, string, struct } from '../../schema/dsl.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

const ShardInfo = struct(`${META}.ShardInfo`, {
  selector: string({ required: true, description: 'The shard selector of the request.' }),
});

export const ListMeta = struct(`${META}.ListMeta`, {
  continue: string({ description: 'Token for the next page; empty on the last.' }),
  remainingItemCount: int64({ description: 'How many items follow this page, if known.' }),
  resourceVersion: string({ description: 'Version of the whole list; watch from here.' }),
  selfLink: string(),
  shardInfo: ref(() => ShardInfo),
});

const StatusCause = struct(`${META}.StatusCause`, {
  field: string({ description: 'Path of the field at fault.' }),
  message: string(),
  reason: string(),
});

const StatusDetails = struct(`${META}.StatusDetails`, {
  causes: array(
    ref(() => StatusCause),
    { listType: 'atomic' },
  ),
  group: string(),
  kind: string(),
  name: string(),
  retryAfterSeconds: int32({ description: 'Seconds after which a new try makes sense.' }),
  uid: string(),
});

export const Status = struct(
  `${META}.Status`,
  {
    apiVersion: string(),
    code: int32({ description: 'The HTTP status code.' }),
    details: ref(() => StatusDetails),
    kind: string(),
    message: string({ description: 'For people.' }),
    metadata: ref(() => ListMeta),
    reason: string({ description: 'For programs: a closed set of words.' }),
    status: string({ description: 'Success or Failure.' }),
  },
  { description: 'The answer to a request that returns no object, or that failed.' },
);

export const WatchEvent = struct(`${META}.WatchEvent`, {
  object: rawObject({ required: true, byValue: false }),
  type: string({ required: true, description: 'ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.' }),
});

const APIResource = struct(`${META}.APIResource`, {
  categories: array(string(), { listType: 'atomic' }),
  group: string(),
  kind: string({ required: true }),
  name: string({ required: true }),
  namespaced: { type: 'boolean', required: true },
  shortNames: array(string(), { listType: 'atomic' }),
  singularName: string({ required: true }),
  storageVersionHash: string(),
  verbs: array(string(), { required: true }),
  version: string(),
});

export const APIResourceList = struct(`${META}.APIResourceList`, {
  apiVersion: string(),
  groupVersion: string({ required: true }),
  kind: string(),
  resources: array(
    ref(() => APIResource),
    { required: true, listType: 'atomic' },
  ),
});
