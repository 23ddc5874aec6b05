import type { AnyObject } from '@gantry/machinery/object';
import { parseTime } from '@gantry/machinery/time';
import { TRPCError } from '@trpc/server';
import { ask } from './access-router.ts';
import { servedKinds } from './discovery.ts';
import { type ObjectRef, qualifiedResource, type ResourceRef } from './resource-ref.ts';
import { hideSecret } from './resources-router.ts';
import type { Context } from './trpc.ts';

/** A moment, as a time or as a revision. */
export interface Moment {
  readonly time?: string | undefined;
  readonly revision?: number | undefined;
}

/** Rows are kept under one name, whichever group serves them. */
export const storageOf = (resource: ResourceRef): string => {
  const name = qualifiedResource(resource);
  return name === 'events.events.k8s.io' ? 'events' : name;
};

/**
 * Who may not read the object now may not read its past. Throws FORBIDDEN, which names the missing verb, and NOT_FOUND for
 * a resource that isn't served: the names of rows would be taken for another one's.
 */
export async function permit(
  ctx: Context,
  verb: 'get' | 'list',
  { resource, namespace, name }: Omit<ObjectRef, 'name'> & { readonly name?: string },
): Promise<void> {
  const { group, plural } = resource;
  const answer = await ask(ctx.dispatch, {
    ...{ verb, group, resource: plural, subresource: '', namespace, name: name ?? '' },
  });
  if (!answer.allowed) throw new TRPCError({ code: 'FORBIDDEN', message: `you lack ${answer.missing}` });
  const isServed = (await servedKinds(ctx.dispatch)).some(
    (kind) => kind.group === group && kind.version === resource.version && kind.plural === plural,
  );
  if (!isServed)
    throw new TRPCError({
      code: 'NOT_FOUND',
      message: `there is no resource ${qualifiedResource(resource)} in version ${resource.version}`,
    });
}

/** Says how far the change log reaches. */
export async function tooOld(ctx: Context): Promise<TRPCError> {
  const oldest = await ctx.past.oldestMs();
  const since = oldest === undefined ? 'is empty' : `reaches back to ${new Date(oldest).toISOString()} only`;
  return new TRPCError({
    code: 'PRECONDITION_FAILED',
    message: `nothing is known of that time: the change log ${since}`,
  });
}

/** The revision of a moment. Throws BAD_REQUEST, and PRECONDITION_FAILED for one that is too old. */
export async function revisionOf(ctx: Context, { time, revision }: Moment): Promise<number> {
  if (revision !== undefined) return revision;
  const ms = time === undefined ? undefined : parseTime(time)?.getTime();
  if (ms === undefined)
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: 'give a revision, or a time such as 2026-01-31T08:00:00Z',
    });
  const found = await ctx.past.revisionAt(ms);
  if (found === undefined) throw await tooOld(ctx);
  return found;
}

/** An object of the change log as clients would have read it then; values of Secrets are hidden. */
export function pastObject(body: string, revision: number): AnyObject {
  const object = JSON.parse(body) as AnyObject;
  return hideSecret({ ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } });
}

/** `git:COMMIT NAMESPACE/APPLICATION SYNC` in its parts. */
export function originOf(origin: string | undefined): {
  readonly commit: string | null;
  readonly application: { readonly namespace: string; readonly name: string } | null;
} {
  const [, commit, owner] = /^git:(\S+)(?: (\S+))?/.exec(origin ?? '') ?? [];
  const [namespace = '', name = ''] = owner?.split('/') ?? [];
  return { commit: commit ?? null, application: name === '' ? null : { namespace, name } };
}
