import type { Application, Condition } from '@gantry/api/generated/types';
import { branchOf, destinationOf, folderOf } from './source.ts';

/** Ask for a sync now: any new value. */
export const SYNC_REQUESTED = 'gitops.gantry.dev/sync-requested-at';
/** Condition whose message is the last request that was dealt with. */
const SYNC_HANDLED = 'SyncHandled';
/** Condition whose message says what the last apply was made from: another path is another result of the same commit. */
const APPLIED_FROM = 'Applied';

export type Decision =
  | { readonly type: 'sync' }
  /** The cluster holds what Git says, as far as is known. */
  | { readonly type: 'settled' }
  /** Something newer is there, and is not applied for now. */
  | { readonly type: 'behind'; readonly message: string };

const conditionMessage = (application: Application, type: string): string | undefined =>
  application.status?.conditions?.find((condition) => condition.type === type)?.message;

export const requestOf = (application: Application): string | undefined =>
  application.metadata.annotations?.[SYNC_REQUESTED];

function appliedFrom(application: Application): string {
  const prune = application.spec.syncPolicy?.prune !== false;
  return `repository ${application.spec.source.repository}, branch ${branchOf(application)}, path ${folderOf(application)}, namespace ${destinationOf(application)}, ${prune ? 'with' : 'without'} pruning`;
}

/**
 * What to do about an Application whose branch is at `target`. `failure`: why the sync to it failed, while it must not
 * be tried again yet.
 */
export function decide(application: Application, target: string, failure: string | undefined): Decision {
  const requested = requestOf(application);
  if (requested !== undefined && requested !== conditionMessage(application, SYNC_HANDLED))
    return { type: 'sync' };
  const { status } = application;
  if (status?.commit === target && conditionMessage(application, APPLIED_FROM) === appliedFrom(application))
    return { type: 'settled' };
  if (application.spec.syncPolicy?.automated === false) {
    return {
      type: 'behind',
      message: `commit ${target.slice(0, 7)} is not applied, since automated sync is off: sync it in the console, or with kubectl annotate --overwrite application ${application.metadata.name} ${SYNC_REQUESTED}=now`,
    };
  }
  if (failure !== undefined) return { type: 'behind', message: failure };
  return { type: 'sync' };
}

/** The conditions after a sync; `applied` = everything took effect. */
export function conditionsAfter(application: Application, applied: boolean, time: string): Condition[] {
  const requested = requestOf(application);
  const made: Condition[] = [
    ...(requested === undefined ? [] : [condition(SYNC_HANDLED, 'Requested', requested, time)]),
    ...(applied ? [condition(APPLIED_FROM, 'Synced', appliedFrom(application), time)] : []),
  ];
  const types = new Set(made.map(({ type }) => type));
  const kept = (application.status?.conditions ?? []).filter(({ type }) => !types.has(type));
  return [...kept, ...made];
}

const condition = (type: string, reason: string, message: string, lastTransitionTime: string): Condition => ({
  type,
  status: 'True',
  reason,
  message,
  lastTransitionTime,
});
