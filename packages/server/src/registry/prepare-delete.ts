import type { AnyObject } from '@gantry/machinery/object';
import { conflict } from '@gantry/machinery/status';
import { encodeBody } from '../cache/encode-body.ts';
import type { Entry } from '../cache/entry.ts';
import type { AdmissionChain } from './admission-chain.ts';
import type { DeleteOptions } from './delete-options.ts';
import { admissionRequest, authorOf } from './prepare-create.ts';
import { type PreparedWrite, RFC3339, type WriteContext } from './write.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/**
 * Throws Conflict when the client meant another object or version. True when it named a version: only then may a lost race
 * not be planned again, since an object never changes its uid.
 */
function checkPreconditions(context: WriteContext, current: Entry, options: DeleteOptions): boolean {
  const { uid, resourceVersion } = options.preconditions ?? {};
  // The original names the kind here, where other conflicts name the resource.
  const gr = { group: context.resource.gr.group, resource: context.resource.kind.kind };
  if (uid !== undefined && uid !== current.uid)
    throw conflict(
      gr,
      current.key.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${current.uid}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && resourceVersion !== String(current.revision))
    throw conflict(
      gr,
      current.key.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${current.revision}). The object might have been modified`,
    );
  return resourceVersion !== undefined;
}

/** Finalizers that the propagation policy adds or takes away; others stay. */
function finalizersFor(context: WriteContext, object: AnyObject, options: DeleteOptions): string[] {
  const finalizers = object.metadata.finalizers ?? [];
  const { propagationPolicy, orphanDependents } = options;
  let orphan = finalizers.includes(ORPHAN);
  let foreground = finalizers.includes(FOREGROUND);
  if (orphanDependents !== undefined) {
    orphan = orphanDependents;
    foreground = false;
  } else if (propagationPolicy !== undefined && propagationPolicy !== '') {
    orphan = propagationPolicy === 'Orphan';
    foreground = propagationPolicy === 'Foreground';
  } else if (!orphan && !foreground) orphan = context.resource.hooks.orphansByDefault === true;
  const kept = finalizers.filter((name) => name !== ORPHAN && name !== FOREGROUND);
  const { finalizerOnDelete } = context.resource.hooks;
  if (
    finalizerOnDelete !== undefined &&
    object.metadata.deletionTimestamp === undefined &&
    !kept.includes(finalizerOnDelete)
  )
    kept.push(finalizerOnDelete);
  if (orphan) kept.push(ORPHAN);
  if (foreground) kept.push(FOREGROUND);
  return kept;
}

/** The object with other finalizers; all but its metadata is shared with it. */
function withFinalizers(object: AnyObject, finalizers: string[]): AnyObject {
  const { finalizers: _replaced, ...metadata } = object.metadata;
  return { ...object, metadata: finalizers.length > 0 ? { ...metadata, finalizers } : metadata };
}

/**
 * Seconds that the object may still take: 0 marks it and lets it go. `none`: it goes unmarked; `pending`: it is going
 * already, and only a wish for less time would change that.
 */
function graceFor(
  context: WriteContext,
  object: AnyObject,
  options: DeleteOptions,
): number | 'none' | 'pending' {
  const { gracePeriod } = context.resource.hooks;
  if (gracePeriod === undefined) return 'none';
  const { deletionTimestamp, deletionGracePeriodSeconds: granted = 0 } = object.metadata;
  const { gracePeriodSeconds } = options;
  const requested = gracePeriodSeconds === undefined || gracePeriodSeconds >= 0 ? gracePeriodSeconds : 1;
  if (deletionTimestamp === undefined) {
    const grace = gracePeriod(object, requested) ?? 'none';
    return grace === 'none' || grace >= 0 ? grace : 1;
  }
  if (granted === 0) return 'none';
  return requested === undefined || requested >= granted ? 'pending' : requested;
}

/** What is going already may only take less time; none that has passed. */
function shorten({ metadata }: AnyObject, grace: number, now: Date): void {
  const { deletionTimestamp = '', deletionGracePeriodSeconds: granted = 0 } = metadata;
  if (grace >= granted) return;
  const ends = Date.parse(deletionTimestamp) + (grace - granted) * 1000;
  const isLate = ends < now.getTime();
  metadata.deletionTimestamp = RFC3339(isLate ? now : new Date(ends));
  // Somebody granted time: its actor still has to see that it is over.
  metadata.deletionGracePeriodSeconds = isLate && grace > 0 ? 1 : grace;
}

/** Marks the object as going, or shortens what was granted. */
function markTerminating(context: WriteContext, next: AnyObject, grace: number): void {
  const { metadata } = next;
  if (metadata.deletionTimestamp !== undefined) {
    shorten(next, grace, context.now);
    return;
  }
  metadata.deletionTimestamp = RFC3339(new Date(context.now.getTime() + grace * 1000));
  // A namespace is not deleted gracefully in the original: its strategy marks it by itself.
  if (context.resource.storage !== 'namespaces') metadata.deletionGracePeriodSeconds = grace;
  if (metadata.generation !== undefined && context.resource.compiled.hasGeneration) metadata.generation++;
  context.resource.hooks.onTerminating?.(next);
}

/**
 * A delete: at once, or as an update that marks the object as terminating while finalizers or its grace period hold it.
 * Admission sees it as DELETE either way.
 */
export async function prepareDelete(
  context: WriteContext,
  admission: AdmissionChain,
  current: Entry,
  options: DeleteOptions,
): Promise<PreparedWrite> {
  const { resource } = context;
  const pinned = checkPreconditions(context, current, options);
  const old = resource.view(current);
  const request = admissionRequest(context, 'DELETE', undefined, old);
  const mutating = admission.mutate(request);
  if (mutating !== undefined) await mutating;
  const validating = admission.validate(request);
  if (validating !== undefined) await validating;

  const { orphanWarning } = resource.hooks;
  const { propagationPolicy, orphanDependents } = options;
  if (orphanWarning !== undefined && propagationPolicy === undefined && orphanDependents === undefined)
    context.warn(orphanWarning);
  const { key } = current;
  const base = { context, key, uid: current.uid, before: current, pinned, along: [], claims: [] };
  const asItIs = (): PreparedWrite => ({
    ...base,
    body: current.body,
    object: old,
    write: { op: 'check', key, guards: [{ type: 'revision', key, revision: current.revision }] },
    operation: 'none',
  });
  const grace = graceFor(context, current.object, options);
  if (grace === 'pending') return asItIs();
  const finalizers = finalizersFor(context, current.object, options);
  const going = withFinalizers(current.object, finalizers);
  const isLast = finalizers.length === 0 && (resource.hooks.mayGo?.(going) ?? true);
  const removal = (): Extract<PreparedWrite['write'], { op: 'delete' }> => ({
    ...{ op: 'delete', key, expected: current.revision },
    guards: resource.hooks.deleteGuards?.(going) ?? [],
    ...authorOf(context),
  });
  if (grace === 'none' && isLast)
    return { ...base, body: current.body, object: old, write: removal(), operation: 'delete' };
  const next = withFinalizers(current.copy(), finalizers);
  markTerminating(context, next, grace === 'none' ? 0 : grace);
  const body = encodeBody(next);
  const object = resource.viewAs(next, current);
  if (grace === 0 && isLast)
    return { ...base, body, object, write: { ...removal(), body }, operation: 'delete' };
  if (current.sameBody(body)) return asItIs();
  return {
    ...base,
    body,
    object,
    write: { op: 'update', key, expected: current.revision, body, terminating: true, ...authorOf(context) },
    operation: 'update',
  };
}
