import type { Application, Repository } from '@gantry/api/generated/types';
import type { AnyObject, KubeList } from '@gantry/machinery/object';
import { ApiError, callJson } from './api.ts';
import { findKind, type ServedKind, servedKinds } from './discovery.ts';
import { syncFields } from './owned-fields.ts';
import { collectionPath, type ObjectRef, objectPath, qualifiedResource } from './resource-ref.ts';
import type { Context } from './trpc.ts';
import { webAddresses } from './web-address.ts';

const GITOPS = { group: 'gitops.gantry.dev', version: 'v1alpha1' };
const APPLICATIONS = { ...GITOPS, plural: 'applications' };
const REPOSITORIES = { ...GITOPS, plural: 'repositories' };
/** A pod of a CronJob has two owners above it. */
const OWNERS_MAX = 4;
const HISTORY_MAX = 50;

/** The Application that an object comes from, and where in Git it is written. */
export interface Holder {
  readonly namespace: string;
  readonly application: string;
  readonly repository: string;
  readonly commit: string;
  /** file:line in the repository. */
  readonly source: string;
  /** Pages of the Git server, where their addresses are known; else ''. */
  readonly commitUrl: string;
  readonly fileUrl: string;
  /** What Git names: the object itself, or what owns it. */
  readonly kind: string;
  readonly name: string;
  readonly isOwner: boolean;
}

/** Undefined when it is not there, or not for this user. */
async function readIfThere<T>(ctx: Context, path: string): Promise<T | undefined> {
  try {
    return await callJson<T>(ctx.dispatch, { method: 'GET', path });
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

interface Found {
  readonly ref: ObjectRef;
  readonly object: AnyObject;
}

/** The object, or the nearest of its owners, that a sync has applied. */
async function appliedOne(ctx: Context, ref: ObjectRef): Promise<Found | undefined> {
  let object = await readIfThere<AnyObject>(ctx, objectPath(ref));
  let current = ref;
  let kinds: readonly ServedKind[] | undefined;
  for (let step = 0; object !== undefined && step < OWNERS_MAX; step += 1) {
    if (syncFields(object.metadata.managedFields) !== undefined) return { ref: current, object };
    const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
    if (owner === undefined) return undefined;
    kinds ??= await servedKinds(ctx.dispatch);
    const kind = findKind(kinds, owner.apiVersion, owner.kind);
    if (kind === undefined) return undefined;
    const { group, version, plural, namespaced } = kind;
    const namespace = namespaced ? ref.namespace : '';
    current = { resource: { group, version, plural }, namespace, name: owner.name };
    object = await readIfThere<AnyObject>(ctx, objectPath(current));
  }
  return undefined;
}

/** `git:COMMIT NAMESPACE/APPLICATION SYNC`, as the change log has it. */
const ORIGIN = /^git:\S+ ([^/\s]+)\/(\S+)/;

const entryOf = ({ status }: Application, { apiVersion, kind, metadata }: AnyObject) =>
  status?.objects?.find(
    (entry) =>
      entry.kind === kind &&
      entry.name === metadata.name &&
      (entry.namespace ?? '') === (metadata.namespace ?? '') &&
      groupOf(entry.apiVersion) === groupOf(apiVersion),
  );

const groupOf = (apiVersion = ''): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

/** By what the change log says of the last sync; where that is forgotten, by asking all Applications. */
async function applicationOf(ctx: Context, { ref, object }: Found): Promise<Application | undefined> {
  const key = { resource: qualifiedResource(ref.resource), namespace: ref.namespace, name: ref.name };
  const origins = (await ctx.history(key, HISTORY_MAX)).map(({ origin = '' }) => ORIGIN.exec(origin));
  const last = origins.find((match) => match !== null);
  if (last != null) {
    const [, namespace = '', name = ''] = last;
    const path = objectPath({ resource: APPLICATIONS, namespace, name });
    const application = await readIfThere<Application>(ctx, path);
    if (application !== undefined && entryOf(application, object) !== undefined) return application;
  }
  const all = await readIfThere<KubeList<Application & AnyObject>>(ctx, collectionPath(APPLICATIONS));
  return all?.items.find((application) => entryOf(application, object) !== undefined);
}

/** Null when no Application holds the object, as far as the user may know. */
export async function holderOf(ctx: Context, ref: ObjectRef): Promise<Holder | null> {
  const found = await appliedOne(ctx, ref);
  if (found === undefined) return null;
  const application = await applicationOf(ctx, found);
  const entry = application === undefined ? undefined : entryOf(application, found.object);
  if (application === undefined || entry === undefined) return null;
  const { metadata, spec, status } = application;
  const { namespace = '', name } = metadata;
  const { repository } = spec.source;
  const path = objectPath({ resource: REPOSITORIES, namespace, name: repository });
  const url = (await readIfThere<Repository>(ctx, path))?.spec.url ?? '';
  const commit = entry.commit ?? status?.commit ?? '';
  const source = entry.source ?? '';
  const web = webAddresses(url, commit, source);
  return {
    ...{ namespace, application: name, repository, commit, source },
    ...{ commitUrl: web.commit, fileUrl: web.file },
    ...{ kind: entry.kind, name: entry.name, isOwner: found.ref !== ref },
  };
}
