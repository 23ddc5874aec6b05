import type { Column, KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import type { AnyObject, KubeList, KubeObject } from '@gantry/machinery/object';
import { callJson } from './api.ts';
import { pastObject, storageOf, tooOld } from './past.ts';
import type { PastObject } from './port.ts';
import { collectionPath, type ResourceRef } from './resource-ref.ts';
import type { Context } from './trpc.ts';

const METADATA = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

export type Cell = string | number | boolean | null;

/** An object of a list as it was. */
export interface PastRow {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  /** What became of it: still the same, changed since, deleted since (or made anew). */
  readonly since: 'same' | 'changed' | 'gone';
  /** As the columns say; empty for kinds whose columns are not built in. */
  readonly cells: readonly Cell[];
}

export interface PastList {
  readonly revision: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly wide: boolean }[];
  readonly rows: readonly PastRow[];
  /** Objects that are there now and were not then. */
  readonly added: readonly { readonly namespace: string; readonly name: string }[];
  readonly total: number;
}

const kindOf = ({ group, version, plural }: ResourceRef): KindDefinition | undefined =>
  builtinKinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);

interface Now {
  readonly uid: string;
  readonly revision: number;
}

async function liveOf(ctx: Context, resource: ResourceRef, namespace: string): Promise<Map<string, Now>> {
  const list = await callJson<KubeList<KubeObject>>(ctx.dispatch, {
    method: 'GET',
    path: collectionPath(resource, namespace),
    headers: { accept: METADATA },
  });
  return new Map(
    list.items.map(({ metadata }) => [
      `${metadata.namespace ?? ''}/${metadata.name}`,
      { uid: metadata.uid ?? '', revision: Number(metadata.resourceVersion) },
    ]),
  );
}

function rowOf(
  { key, revision, body }: PastObject,
  columns: readonly Column<never>[],
  now: Now | undefined,
  then: Date,
): PastRow {
  const object = pastObject(body, revision) as AnyObject;
  const isSame = now !== undefined && now.uid === object.metadata.uid;
  return {
    ...{ namespace: key.namespace, name: key.name, revision },
    since: !isSame ? 'gone' : now.revision === revision ? 'same' : 'changed',
    cells: columns.map(({ cell }) => cell(object as never, then)),
  };
}

/** A list as it was; ages are those of then. The caller has checked the user's rights. Throws TRPCError. */
export async function listPast(
  ctx: Context,
  resource: ResourceRef,
  namespace: string,
  at: { readonly revision: number; readonly then: Date },
  limit: number,
): Promise<PastList> {
  const objects = await ctx.past.listAt(
    storageOf(resource),
    namespace === '' ? undefined : namespace,
    at.revision,
  );
  if (objects === undefined) throw await tooOld(ctx);
  const live = await liveOf(ctx, resource, namespace);
  const kind = kindOf(resource);
  // Rows that several kinds share are kept in the form of one: its columns may not fit another.
  const columns = kind?.storage === undefined ? (kind?.columns ?? []) : [];
  const known = new Set(objects.map(({ key }) => `${key.namespace}/${key.name}`));
  const added = [...live.keys()].filter((key) => !known.has(key)).slice(0, limit);
  return {
    revision: at.revision,
    columns: columns.map(({ name, type, priority }) => ({ name, type, wide: priority === 1 })),
    rows: objects
      .slice(0, limit)
      .map((object) =>
        rowOf(object, columns, live.get(`${object.key.namespace}/${object.key.name}`), at.then),
      ),
    added: added.map((key) => {
      const slash = key.indexOf('/');
      return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
    }),
    total: objects.length,
  };
}
