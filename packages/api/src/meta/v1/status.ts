import { array, boolean, int32, int64, rawObject, ref, string, struct } from '../../schema/dsl.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

const ShardInfo = struct(
  `${META}.ShardInfo`,
  {
    selector: string({ required: true, description: 'The shard selector of the request.' }),
  },
  { description: 'Which part of a list a request asked for.' },
);

export const ListMeta = struct(
  `${META}.ListMeta`,
  {
    continue: string({ description: 'Token for the next page; empty on the last.' }),
    remainingItemCount: int64({ description: 'How many items follow this page, if known.' }),
    resourceVersion: string({ description: 'Version of the whole list; watch from here.' }),
    selfLink: string({ description: 'No longer set.' }),
    shardInfo: ref(() => ShardInfo, {
      description: 'The shard that the list is of; unset for a whole list.',
    }),
  },
  { description: 'Facts about a list.' },
);

const StatusCause = struct(
  `${META}.StatusCause`,
  {
    field: string({ description: 'Path of the field at fault.' }),
    message: string({ description: 'What was wrong, for people.' }),
    reason: string({ description: 'What was wrong, in one word.' }),
  },
  { description: 'One thing that was wrong.' },
);

const StatusDetails = struct(
  `${META}.StatusDetails`,
  {
    causes: array(
      ref(() => StatusCause),
      { listType: 'atomic', description: 'All that was wrong.' },
    ),
    group: string({ description: 'Group of the object.' }),
    kind: string({ description: 'Kind or resource of the object.' }),
    name: string({ description: 'Name of the object.' }),
    retryAfterSeconds: int32({ description: 'Seconds after which a new try makes sense.' }),
    uid: string({ description: 'Unique id of the object.' }),
  },
  { description: 'What an answer is about. Which fields are set depends on the reason.' },
);

export const Status = struct(
  `${META}.Status`,
  {
    apiVersion: string(),
    code: int32({ description: 'HTTP status code.' }),
    details: ref(() => StatusDetails, { description: 'More about the reason.' }),
    kind: string(),
    message: string({ description: 'What happened, for people.' }),
    metadata: ref(() => ListMeta, {
      description: 'Facts about the list that the answer is about, when it is one.',
    }),
    reason: string({ description: 'Why it failed, in one word of a closed set.' }),
    status: string({ description: 'Success or Failure.' }),
  },
  { description: 'The answer to a request that returns no object, or that failed.' },
);

export const WatchEvent = struct(
  `${META}.WatchEvent`,
  {
    object: rawObject({
      required: true,
      byValue: false,
      description: 'The object after the event; a Status when the type is ERROR.',
    }),
    type: string({ required: true, description: 'ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.' }),
  },
  { description: 'One event of a watch.' },
);

const APIResource = struct(
  `${META}.APIResource`,
  {
    categories: array(string(), {
      listType: 'atomic',
      description: 'Groups of resources it belongs to, such as all.',
    }),
    group: string({ description: 'Group of the kind, when not that of the list.' }),
    kind: string({ required: true, description: 'Kind of the objects.' }),
    name: string({
      required: true,
      description: 'Plural name of the resource, with the subresource after a slash.',
    }),
    namespaced: boolean({ required: true, description: 'Whether objects live in a namespace.' }),
    shortNames: array(string(), { listType: 'atomic', description: 'Short names for typing.' }),
    singularName: string({ required: true, description: 'Singular name of the resource.' }),
    storageVersionHash: string({
      description: 'Stands for the version in which objects are stored; only to be compared.',
    }),
    verbs: array(string(), { required: true, description: 'What can be done with it.' }),
    version: string({ description: 'Version of the kind, when not that of the list.' }),
  },
  { description: 'One resource that is served.' },
);

export const APIResourceList = struct(
  `${META}.APIResourceList`,
  {
    apiVersion: string(),
    groupVersion: string({ required: true, description: 'The group and version.' }),
    kind: string(),
    resources: array(
      ref(() => APIResource),
      { required: true, listType: 'atomic', description: 'The resources.' },
    ),
  },
  { description: 'The resources of one group and version.' },
);
