import { createHash } from 'node:crypto';
import type { Application, Condition, SyncOperation } from '@gantry/api/generated/types';
import { stableStringify } from '@gantry/machinery/json';
import { mayPruneNow } from '../prune/budget.ts';
import { describeFollowed, followedBy } from './followed.ts';
import { pendingRequest, SYNC_HANDLED, SYNC_REQUESTED } from './request.ts';
import { destinationOf, folderOf } from './source.ts';
import { isWanted, retryWait } from './waves/operation.ts';

/** Condition whose message says what the last apply was made from: another path is another result of the same commit. */
const APPLIED_FROM = 'Applied';
/** Condition of an Application whose commit failed as often as it may; its message names the commit. */
const GIVEN_UP = 'GivenUp';

export type Decision =
  /** Begin, or go on with, a sync to this commit. */
  | { readonly type: 'sync'; readonly commit: string }
  /** The cluster holds what Git says, as far as is known. */
  | { readonly type: 'settled' }
  /** Something newer is there, and is not applied for now. `operation`: what is tried again after `againMs`. */
  | {
      readonly type: 'behind';
      readonly message: string;
      readonly operation?: SyncOperation;
      readonly againMs?: number;
    };

const isAutomated = ({ spec }: Application): boolean => spec.syncPolicy?.automated !== false;

const conditionOf = (application: Application, type: string): Condition | undefined =>
  application.status?.conditions?.find((condition) => condition.type === type);

function appliedFrom(application: Application): string {
  const prune = application.spec.syncPolicy?.prune !== false;
  return `repository ${application.spec.source.repository}, ${describeFollowed(followedBy(application))}, path ${folderOf(application)}, namespace ${destinationOf(application)}, ${prune ? 'with' : 'without'} pruning${chartSettings(application)}`;
}

/** Other values make other objects of the same commit. */
function chartSettings({ spec }: Application): string {
  const { helm } = spec.source;
  if (helm === undefined) return '';
  return `, chart settings ${createHash('sha256').update(stableStringify(helm)).digest('hex').slice(0, 12)}`;
}

/**
 * What to do about an Application that is to be at `target`. `failure`: why its source couldn't be read, while it must not
 * be tried again yet.
 */
export function decide(
  application: Application,
  target: string,
  failure: string | undefined,
  now: number,
): Decision {
  const { status } = application;
  const operation = status?.operation;
  if (operation !== undefined && isWanted(application, operation, target)) {
    const againMs = retryWait(operation, now) ?? 0;
    if (againMs === 0) return { type: 'sync', commit: operation.commit };
    return { type: 'behind', message: operation.failure ?? 'the sync failed', operation, againMs };
  }
  if (pendingRequest(application) !== undefined) return { type: 'sync', commit: target };
  // What was begun is brought to its end, whoever switches automation off meanwhile: half of a commit is no state to stay in.
  if (operation !== undefined && operation.retryTime === undefined && !isAutomated(application))
    return { type: 'sync', commit: operation.commit };
  const prunes = commitToPrune(application, target);
  if (failure === undefined && prunes !== undefined) return { type: 'sync', commit: prunes };
  if (
    status?.commit === target &&
    !isHalfway(application) &&
    conditionOf(application, APPLIED_FROM)?.message === appliedFrom(application)
  )
    return { type: 'settled' };
  const refusal = refusalOf(application, target);
  if (refusal !== undefined) return { type: 'behind', message: refusal };
  if (!isAutomated(application) && status?.quarantine?.rolledBackTo !== target) {
    return { type: 'behind', message: notAutomated(application, `commit ${target.slice(0, 7)}`) };
  }
  if (failure !== undefined) return { type: 'behind', message: failure };
  return { type: 'sync', commit: target };
}

const notAutomated = ({ metadata }: Application, what: string): string =>
  `${what} is not applied, since automated sync is off: sync it in the console, or with kubectl annotate --overwrite application ${metadata.name} ${SYNC_REQUESTED}=now`;

/** What to do about an Application whose chart has come in another version, while its commit is the same. */
export function decideChart(application: Application, target: string, version: string): Decision {
  if (isAutomated(application)) return { type: 'sync', commit: target };
  const { chart = '' } = application.spec.source.helm ?? {};
  return { type: 'behind', message: notAutomated(application, `version ${version} of chart ${chart}`) };
}

/** The commit whose deletions may go on by now; undefined when none wait, or an approval was tried as often as it may. */
function commitToPrune(application: Application, target: string): string | undefined {
  const { pendingPrune } = application.status ?? {};
  if (pendingPrune === undefined || !mayPruneNow(application)) return undefined;
  // Without automation the approval is of what was applied, and of nothing newer.
  const commit = isAutomated(application) ? target : pendingPrune.commit;
  return pendingPrune.tried === true && refusalOf(application, commit) !== undefined ? undefined : commit;
}

/** Why a commit was given up; undefined when it was not, or when the Application was changed since. */
function refusalOf(application: Application, commit: string): string | undefined {
  const givenUp = conditionOf(application, GIVEN_UP);
  const isSame = givenUp?.observedGeneration === application.metadata.generation;
  return isSame && givenUp?.message.startsWith(`commit ${commit} `) === true ? givenUp.message : undefined;
}

/**
 * Whether a sync to `target` would begin, rather than go on: what waits for others is what has not begun. What a newer
 * commit takes over begins anew.
 */
export function isAtBeginning(application: Application, target: string): boolean {
  const { operation } = application.status ?? {};
  if (operation === undefined || operation.retryTime !== undefined) return true;
  return !isWanted(application, operation, target);
}

/** Whether the last sync left the cluster between two commits, so that what it holds is neither's drift. */
export const isHalfway = (application: Application): boolean =>
  application.status?.operation !== undefined || conditionOf(application, GIVEN_UP) !== undefined;

/** How a sync ended: what took effect, or why it is not tried again. */
export type Ending =
  | { readonly type: 'applied' }
  /** Only some objects were asked for. */
  | { readonly type: 'selected' }
  | { readonly type: 'givenUp'; readonly commit: string; readonly tries: number; readonly reason: string };

/** The conditions after a sync. `request`: what it answered; one that was made since is still to be dealt with. */
export function conditionsAfter(
  application: Application,
  ending: Ending,
  time: string,
  request: string | undefined,
): Condition[] {
  const made: Condition[] = [
    ...(request === undefined ? [] : [condition(SYNC_HANDLED, 'Requested', request, time)]),
    ...(ending.type === 'applied' ? [condition(APPLIED_FROM, 'Synced', appliedFrom(application), time)] : []),
    ...(ending.type === 'givenUp' ? [givenUp(application, ending, time)] : []),
  ];
  const types = new Set([...made.map(({ type }) => type), GIVEN_UP]);
  const kept = (application.status?.conditions ?? []).filter(({ type }) => !types.has(type));
  return [...kept, ...made];
}

function givenUp(
  application: Application,
  { commit, tries, reason }: Ending & { type: 'givenUp' },
  time: string,
): Condition {
  const message = `commit ${commit} failed ${tries} ${tries === 1 ? 'time' : 'times'} and is not tried again: ${reason}`;
  return {
    ...condition(GIVEN_UP, 'RetriesExhausted', message.slice(0, 4_096), time),
    observedGeneration: application.metadata.generation ?? 0,
  };
}

const condition = (type: string, reason: string, message: string, lastTransitionTime: string): Condition => ({
  type,
  status: 'True',
  reason,
  message,
  lastTransitionTime,
});
