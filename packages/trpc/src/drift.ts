import type { ApplicationObjectStatus } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { ApiError, callJson } from './api.ts';
import { differences, type FieldDifference } from './diff.ts';
import { findKind, type ServedKind } from './discovery.ts';
import { ownedPart, syncFields } from './owned-fields.ts';
import type { Dispatch, ObjectHistory } from './port.ts';
import { type ObjectRef, objectPath, qualifiedResource } from './resource-ref.ts';

/** How the live state of one object is away from what Git last said. */
export interface ObjectDrift {
  readonly subject: string;
  readonly ref: ObjectRef | null;
  /** What a sync would do about it. */
  readonly operation: 'create' | 'change' | 'none';
  /** `before` is live, `after` is Git. */
  readonly differences: readonly FieldDifference[];
  /** Who touched it since, newest first. */
  readonly changes: readonly { readonly author: string; readonly time: string; readonly deleted: boolean }[];
  /** Why nothing can be said. */
  readonly problem: string;
}

const HISTORY_MAX = 50;
const CHANGES_SHOWN = 3;

async function readLive(dispatch: Dispatch, ref: ObjectRef): Promise<AnyObject | undefined> {
  try {
    return await callJson<AnyObject>(dispatch, { method: 'GET', path: objectPath(ref) });
  } catch (error) {
    if (error instanceof ApiError && error.status.reason === 'NotFound') return undefined;
    throw error;
  }
}

/** Compares one object of an Application with the state that the last sync left, in the fields that Git names. */
export async function driftOf(
  entry: ApplicationObjectStatus,
  parts: {
    readonly dispatch: Dispatch;
    readonly history: ObjectHistory;
    readonly kinds: readonly ServedKind[];
  },
): Promise<ObjectDrift> {
  const subject = `${entry.kind}/${entry.name}`;
  const nothing = { subject, ref: null, operation: 'none', differences: [], changes: [] } as const;
  const kind = findKind(parts.kinds, entry.apiVersion, entry.kind);
  if (kind === undefined)
    return { ...nothing, problem: `the server no longer serves ${entry.apiVersion} ${entry.kind}` };
  const { group, version, plural, namespaced } = kind;
  const namespace = namespaced ? (entry.namespace ?? '') : '';
  const ref: ObjectRef = { resource: { group, version, plural }, namespace, name: entry.name };
  try {
    // Read first: who may not read the object may not read its past either.
    const live = await readLive(parts.dispatch, ref);
    const history = await parts.history(
      { resource: qualifiedResource(kind), namespace, name: entry.name },
      HISTORY_MAX,
    );
    const last = history.findIndex(
      ({ origin, op }) => origin?.startsWith('git:') === true && op !== 'delete',
    );
    const applied = history[last];
    const changes = history.slice(0, Math.max(last, 0)).filter(isPersonal).slice(0, CHANGES_SHOWN);
    const shown = changes.map(({ author = 'unknown', time, op }) => ({
      author,
      time: new Date(time).toISOString(),
      deleted: op === 'delete',
    }));
    if (live === undefined) return { ...nothing, ref, operation: 'create', changes: shown, problem: '' };
    if (applied === undefined)
      return { ...nothing, ref, problem: 'what Git said is older than the change log reaches' };
    const git = JSON.parse(applied.body) as AnyObject;
    const fields = syncFields(git.metadata.managedFields) ?? {};
    const found = differences(ownedPart(live, fields), ownedPart(git, fields), entry.kind === 'Secret');
    return {
      subject,
      ref,
      operation: found.length > 0 ? 'change' : 'none',
      differences: found,
      changes: found.length > 0 ? shown : [],
      problem: '',
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...nothing, ref, problem: error.message };
  }
}

/** Controllers that write a status are not those who made a drift. */
const isPersonal = ({ author }: { readonly author?: string }): boolean =>
  !/^system:(node:|kube-|serviceaccount:kube-system:)/.test(author ?? '');
