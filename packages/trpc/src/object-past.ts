import type { AnyObject } from '@gantry/machinery/object';
import { ApiError, callJson } from './api.ts';
import { differences, type FieldDifference } from './diff.ts';
import { originOf, pastObject, storageOf, tooOld } from './past.ts';
import type { ObjectChange } from './port.ts';
import { type ObjectRef, objectPath } from './resource-ref.ts';
import { hideSecret } from './resources-router.ts';
import type { Context } from './trpc.ts';
import { toEditableYaml } from './yaml-text.ts';

/** Changes of one object that are looked through. */
const HISTORY_MAX = 2_000;

/** One change of an object: who, when, from which commit, and what. */
export interface ChangeLine {
  readonly revision: number;
  readonly op: ObjectChange['op'];
  readonly time: string;
  readonly author: string;
  readonly commit: string | null;
  readonly application: { readonly namespace: string; readonly name: string } | null;
  /** Fields that it changed; none for a create and a delete. */
  readonly differences: readonly FieldDifference[];
}

export function toChangeLine(change: ObjectChange, secret: boolean): ChangeLine {
  const { revision, op, time, author = '', origin, body, previousBody } = change;
  const found =
    op !== 'update' || previousBody === undefined
      ? []
      : differences(JSON.parse(previousBody), JSON.parse(body), secret);
  return {
    ...{ revision, op, author, differences: found, time: new Date(time).toISOString() },
    ...originOf(origin),
  };
}

export interface ObjectPast {
  /** Null: there was no such object then. */
  readonly object: AnyObject | null;
  readonly yaml: string;
  /** Values of a Secret are never shown. */
  readonly hidden: boolean;
  readonly revision: number;
  /** Null: there is no such object now. */
  readonly now: { readonly yaml: string; readonly revision: number } | null;
  /** `before` is then, `after` is now. */
  readonly differences: readonly FieldDifference[];
  /** What happened since, newest first. */
  readonly changes: readonly ChangeLine[];
  /** Changes that are not listed. */
  readonly omitted: number;
}

async function liveObject(ctx: Context, ref: ObjectRef): Promise<AnyObject | undefined> {
  try {
    return await callJson<AnyObject>(ctx.dispatch, { method: 'GET', path: objectPath(ref) });
  } catch (error) {
    if (error instanceof ApiError && error.status.reason === 'NotFound') return undefined;
    throw error;
  }
}

const isSecret = ({ resource }: ObjectRef): boolean => resource.group === '' && resource.plural === 'secrets';

/** The state at a revision: undefined when there was none, null when nobody knows. */
function stateAt(
  changes: readonly ObjectChange[],
  live: AnyObject | undefined,
  revision: number,
): { readonly body: string; readonly revision: number } | undefined | null {
  const by = changes.find((change) => change.revision <= revision);
  if (by !== undefined) return by.op === 'delete' ? undefined : by;
  const next = changes.at(-1);
  if (next !== undefined) {
    if (next.op === 'create' || next.previousBody === undefined)
      return next.op === 'create' ? undefined : null;
    const { previousBody: body, previousRevision = 0 } = next;
    return previousRevision <= revision ? { body, revision: previousRevision } : null;
  }
  if (live === undefined) return undefined;
  const own = Number(live.metadata.resourceVersion);
  return own <= revision ? { body: JSON.stringify(live), revision: own } : null;
}

/** One object as it was, and what became of it since. The caller has checked the user's rights. Throws TRPCError. */
export async function objectPast(
  ctx: Context,
  ref: ObjectRef,
  revision: number,
  limit: number,
): Promise<ObjectPast> {
  const { namespace, name } = ref;
  const key = { resource: storageOf(ref.resource), namespace, name };
  const changes = await ctx.history(key, HISTORY_MAX);
  const live = await liveObject(ctx, ref);
  const state = stateAt(changes, live, revision);
  if (state === null) throw await tooOld(ctx);
  const secret = isSecret(ref);
  const then = state === undefined ? null : pastObject(state.body, state.revision);
  const shown = live === undefined ? undefined : hideSecret(live);
  const since = changes.filter((change) => change.revision > revision);
  const raw = state === undefined ? undefined : (JSON.parse(state.body) as AnyObject);
  return {
    object: then,
    yaml: then === null ? '' : toEditableYaml(then),
    hidden: secret,
    revision: state?.revision ?? revision,
    now:
      shown === undefined
        ? null
        : { yaml: toEditableYaml(shown), revision: Number(shown.metadata.resourceVersion) },
    // Of a Secret it shows which values differ, not what they are.
    differences: raw === undefined || live === undefined ? [] : differences(raw, live, secret),
    changes: since.slice(0, limit).map((change) => toChangeLine(change, secret)),
    omitted: Math.max(0, since.length - limit),
  };
}

/** Changes of one object, newest first. The caller has checked the user's rights. */
export async function changesOf(ctx: Context, ref: ObjectRef, limit: number): Promise<ChangeLine[]> {
  const { namespace, name } = ref;
  const changes = await ctx.history({ resource: storageOf(ref.resource), namespace, name }, limit);
  return changes.map((change) => toChangeLine(change, isSecret(ref)));
}
