import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationObjectStatus,
  ApplicationStatus,
  SyncOperation,
} from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import type { CommitInfo } from '../../git/tree.ts';
import { mayPruneNow } from '../../prune/budget.ts';
import { ofOneCommit } from '../../prune/held-before.ts';
import { asRollback } from '../../rollback/describe.ts';
import { conditionsAfter } from '../decide.ts';

const HISTORY_MAX = 50;
const SPLIT = 'more than one transaction of the server holds';

/** Whether a wave or hook took more than one transaction, being larger than one may be. */
export const isSplit = ({ reason }: ApplicationHistoryEntry): boolean => reason?.startsWith(SPLIT) === true;

/** What an outcome is made of. */
export interface Ended {
  readonly application: Application;
  readonly operation: SyncOperation;
  readonly info: CommitInfo;
  readonly nowMs: number;
  /** Of the chart that was applied, where that comes from a repository. */
  readonly chartVersion?: string;
}

function entryOf(
  { application, operation, info, nowMs }: Ended,
  result: NonNullable<ApplicationHistoryEntry['result']>,
  reason?: string,
): ApplicationHistoryEntry {
  const { commit, request, retries = 0, created = 0, changed = 0, pruned = 0 } = operation;
  const { waves = 1, transactions = 1 } = operation;
  const cause = request !== undefined ? 'Request' : retries > 0 ? 'Retry' : undefined;
  const entry: ApplicationHistoryEntry = {
    commit,
    message: info.message,
    author: info.author,
    user: operation.user ?? application.spec.user ?? '',
    time: timestamp(nowMs),
    result,
    ...(cause === undefined ? {} : { cause }),
    ...(reason === undefined ? {} : { reason }),
    created,
    changed,
    pruned,
    ...(waves > 1 ? { waves } : {}),
    ...(transactions > 1 ? { transactions } : {}),
  };
  const { quarantine } = application.status ?? {};
  const goesBack = request === undefined && quarantine?.rolledBackTo === commit;
  return quarantine !== undefined && goesBack ? asRollback(entry, quarantine) : entry;
}

/** Everything took effect: what the Application's status is then. */
export function appliedStatus(ended: Ended, inventory: ApplicationObjectStatus[]): ApplicationStatus {
  const { application, operation, nowMs } = ended;
  const { message: _, operation: __, chartVersion: chartBefore, ...before } = application.status ?? {};
  const { commit, transactions = 1, waves = 1, step = 0 } = operation;
  const { chartVersion } = ended;
  // Each wave and each phase of hooks is a step, and takes one.
  const reasons = [
    ...(transactions > Math.max(waves, step + 1) ? [`${SPLIT}: applied in ${transactions}`] : []),
    ...(chartVersion === undefined || chartBefore === undefined || chartVersion === chartBefore
      ? []
      : [`chart ${chartBefore} → ${chartVersion}`]),
  ];
  const reason = reasons.length === 0 ? undefined : reasons.join('; ');
  const entry = entryOf(ended, 'Applied', reason);
  const [last, ...older] = before.history ?? [];
  // A retry of what failed replaces its entry, and so does a repetition that changed nothing.
  const isRepeated =
    last?.commit === commit &&
    last.result === 'Applied' &&
    operation.request === undefined &&
    (entry.cause !== 'Rollback' || last.cause === 'Rollback') &&
    isEmpty(entry);
  const isRetried = last?.commit === commit && last.result === 'Failed';
  return {
    ...before,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: commit,
    commit,
    sync: 'Synced',
    ...(chartVersion === undefined ? {} : { chartVersion }),
    objects: ofOneCommit(inventory),
    history: isRepeated ? [last, ...older] : withEntry(entry, isRetried ? older : (before.history ?? [])),
    conditions: conditionsAfter(application, { type: 'applied' }, timestamp(nowMs), operation.request),
  };
}

/** A requested sync of some objects is over. */
export function selectedStatus(
  ended: Ended,
  inventory: ApplicationObjectStatus[],
  words: readonly string[],
): ApplicationStatus {
  const { application, operation, nowMs } = ended;
  const { message: _, operation: __, ...before } = application.status ?? {};
  const entry = entryOf(ended, 'Applied', `only ${words.join(', ')}`);
  return {
    ...before,
    observedGeneration: application.metadata.generation ?? 0,
    objects: inventory,
    sync: before.commit === operation.commit ? 'Synced' : 'OutOfSync',
    history: withEntry(entry, before.history ?? []),
    conditions: conditionsAfter(application, { type: 'selected' }, timestamp(nowMs), operation.request),
  };
}

/** A request that names what isn't there: the history tells, nothing else changes. */
export function refusedStatus(ended: Ended, reason: string): ApplicationStatus {
  const { application, operation, nowMs } = ended;
  const { operation: _, ...before } = application.status ?? {};
  return {
    ...before,
    history: withEntry(entryOf(ended, 'Failed', reason), before.history ?? []),
    conditions: conditionsAfter(application, { type: 'selected' }, timestamp(nowMs), operation.request),
  };
}

/** A sync failed: told in the history, and tried again when `retry` says so. */
export function failedStatus(
  ended: Ended,
  reason: string,
  retry: SyncOperation | undefined,
): ApplicationStatus {
  const { application, operation, nowMs } = ended;
  const { operation: _, ...before } = application.status ?? {};
  const [last, ...older] = before.history ?? [];
  const isAgain = last?.commit === operation.commit && last.result === 'Failed';
  const tries = (operation.retries ?? 0) + 1;
  return {
    ...before,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: operation.commit,
    sync: 'OutOfSync',
    message: reason,
    history: withEntry(entryOf(ended, 'Failed', reason), isAgain ? older : (before.history ?? [])),
    ...(retry === undefined
      ? {
          ...triedPrune(application),
          conditions: conditionsAfter(
            application,
            { type: 'givenUp', commit: operation.commit, tries, reason },
            timestamp(nowMs),
            operation.request,
          ),
        }
      : { operation: retry }),
  };
}

/** An approval doesn't lift what was given up in spite of it. */
function triedPrune(application: Application): Pick<ApplicationStatus, 'pendingPrune'> {
  const { pendingPrune } = application.status ?? {};
  return pendingPrune !== undefined && mayPruneNow(application)
    ? { pendingPrune: { ...pendingPrune, tried: true } }
    : {};
}

/**
 * What was under way can't go on, and something newer is there. It failed, for good, but stands in nobody's way: the
 * condition is of an older generation, and says only that the cluster is between two commits.
 */
export function abandonedStatus(ended: Ended, reason: string): ApplicationStatus {
  const { application } = ended;
  const { generation = 0 } = application.metadata;
  const metadata = { ...application.metadata, generation: Math.max(generation - 1, 0) };
  const status = failedStatus({ ...ended, application: { ...application, metadata } }, reason, undefined);
  return { ...status, observedGeneration: generation };
}

/** A sync that goes on: what it waits for, in words. */
export function underWayStatus(application: Application, operation: SyncOperation): ApplicationStatus {
  const { message: _, ...before } = application.status ?? {};
  const { commit, message } = operation;
  return {
    ...before,
    observedGeneration: application.metadata.generation ?? 0,
    targetCommit: commit,
    sync: 'OutOfSync',
    operation,
    ...(message === undefined ? {} : { message: `commit ${commit.slice(0, 7)}: ${message}` }),
  };
}

/**
 * The status without what was under way. Unless it had failed (and was told of then), the history says that it was
 * superseded and by what.
 */
export function withoutOperation(
  status: ApplicationStatus,
  by: string,
  ended: Omit<Ended, 'operation'>,
): ApplicationStatus {
  const { operation, ...rest } = status;
  if (operation === undefined || operation.commit === by || operation.retryTime !== undefined) return rest;
  const { message } = operation;
  const reason = `commit ${by.slice(0, 7)} came before it was done${message === undefined ? '' : `: ${message}`}`;
  const entry = entryOf({ ...ended, operation }, 'Superseded', reason);
  return { ...rest, history: withEntry(entry, rest.history ?? []) };
}

const withEntry = (
  entry: ApplicationHistoryEntry,
  history: readonly ApplicationHistoryEntry[],
): ApplicationHistoryEntry[] => [entry, ...history].slice(0, HISTORY_MAX);

const isEmpty = ({ created, changed, pruned }: ApplicationHistoryEntry): boolean =>
  (created ?? 0) + (changed ?? 0) + (pruned ?? 0) === 0;
