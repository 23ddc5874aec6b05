import type { AnyObject } from '@gantry/machinery/object';
import { ApiError, callJson } from './api.ts';
import { differences, type FieldDifference } from './diff.ts';
import { originOf, pastObject, storageOf, tooOld } from './past.ts';
import type { ObjectChange, ObjectHistory } from './port.ts';
import { type ObjectRef, objectPath } from './resource-ref.ts';
import { hideSecret } from './resources-router.ts';
import type { Context } from './trpc.ts';
import { toEditableYaml } from './yaml-text.ts';

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

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What is compared of an object; the annotation in which kubectl keeps a Secret's values is left out. */
function comparable(object: AnyObject, secret: boolean): AnyObject {
  const { [LAST_APPLIED]: applied, ...annotations } = object.metadata.annotations ?? {};
  if (!secret || applied === undefined) return object;
  return { ...object, metadata: { ...object.metadata, annotations } };
}

const parsed = (body: string, secret: boolean): AnyObject =>
  comparable(JSON.parse(body) as AnyObject, secret);

export function toChangeLine(change: ObjectChange, secret: boolean): ChangeLine {
  const { revision, op, time, author = '', origin, body, previousBody } = change;
  const found =
    op !== 'update' || previousBody === undefined
      ? []
      : differences(parsed(previousBody, secret), parsed(body, secret), secret);
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
  /** There are more than those that are listed. */
  readonly more: boolean;
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

/** No namespace has such a name. */
const NOWHERE = ' ';

interface State {
  readonly body: string;
  readonly revision: number;
}

/** The state at a revision: undefined when there was none, null when nobody knows. */
async function stateAt(
  { history, past }: Context,
  key: Parameters<ObjectHistory>[0],
  live: AnyObject | undefined,
  revision: number,
): Promise<State | undefined | null> {
  // Whether there was nothing is known only as far as the log of the resource reaches, which a list of nothing tells.
  const absent = async (): Promise<undefined | null> =>
    (await past.listAt(key.resource, NOWHERE, revision)) === undefined ? null : undefined;
  const [by] = await history(key, 1, { upTo: revision });
  if (by !== undefined) return by.op === 'delete' ? undefined : by;
  const [next] = await history(key, 1, { after: revision, oldestFirst: true });
  if (next !== undefined) {
    const { op, previousBody: body, previousRevision = 0 } = next;
    if (op === 'create') return absent();
    return body !== undefined && previousRevision <= revision ? { body, revision: previousRevision } : null;
  }
  if (live === undefined) return absent();
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
  const live = await liveObject(ctx, ref);
  const state = await stateAt(ctx, key, live, revision);
  if (state === null) throw await tooOld(ctx);
  const secret = isSecret(ref);
  const then = state === undefined ? null : pastObject(state.body, state.revision);
  const shown = live === undefined ? undefined : hideSecret(live);
  const since = await ctx.history(key, limit + 1, { after: revision });
  const raw = state === undefined ? undefined : parsed(state.body, secret);
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
    differences:
      raw === undefined || live === undefined ? [] : differences(raw, comparable(live, secret), secret),
    changes: since.slice(0, limit).map((change) => toChangeLine(change, secret)),
    more: since.length > limit,
  };
}

/** Changes of one object, newest first, from below a revision on. The caller has checked the user's rights. */
export async function changesOf(
  ctx: Context,
  ref: ObjectRef,
  limit: number,
  before: number | undefined,
): Promise<ChangeLine[]> {
  const { namespace, name } = ref;
  const key = { resource: storageOf(ref.resource), namespace, name };
  const changes = await ctx.history(key, limit, before === undefined ? {} : { upTo: before - 1 });
  return changes.map((change) => toChangeLine(change, isSecret(ref)));
}
