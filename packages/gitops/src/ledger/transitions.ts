import type { Application, ApplicationHistoryEntry, Notification } from '@gantry/api/generated/types';
import { driftRecords } from './drift-records.ts';
import { aboutCommit, type LedgerRecord, recordName } from './record.ts';

export type NotificationEvent = NonNullable<Notification['events']>[number];

/** Something that happened to an Application, as its status tells. */
export interface Transition {
  readonly record?: LedgerRecord;
  readonly notify?: NotificationEvent;
  /** In words. */
  readonly message: string;
  readonly commit: string;
  /** Milliseconds that the step took, where that is known. */
  readonly durationMs?: number;
}

/** What is known beside the two states. */
export interface Observation {
  /** When the change was seen; absent for what was there at the start, which happened when it says. */
  readonly nowMs?: number;
  /** When a commit was first seen in its repository; epoch milliseconds. */
  seenMs(commit: string): number | undefined;
  /** When a commit was applied, where that was seen. */
  appliedMs(commit: string): number | undefined;
}

const APPROVE_PRUNE = 'gitops.gantry.dev/approve-prune';
const REQUESTED_BY = 'gitops.gantry.dev/requested-by';

/** Entries of a history that are looked at when it is not known which are new. */
const UNKNOWN_PAST = 3;
const FRESH_MAX = 10;

const short = (commit: string): string => commit.slice(0, 7);
const keyOf = ({ metadata }: Application): string => `${metadata.namespace}/${metadata.name}`;

/** To the millisecond what was seen to happen, to the second what is only told. */
function timeOf(
  { nowMs }: Observation,
  told: string | undefined,
): { readonly ms: number; readonly text: string } {
  const toldMs = told === undefined ? Number.NaN : Date.parse(told);
  const ms = nowMs ?? (Number.isNaN(toldMs) ? Date.now() : toldMs);
  return { ms, text: `${new Date(ms).toISOString().slice(0, 23)}000Z` };
}

const since = (ms: number, start: number | undefined): { durationMs?: number } =>
  start === undefined || start > ms ? {} : { durationMs: Math.round(ms - start) };

const isSameTry = (a: ApplicationHistoryEntry, b: ApplicationHistoryEntry | undefined): boolean =>
  b !== undefined && a.commit === b.commit && a.time === b.time && a.result === b.result;

function applied(application: Application, entry: ApplicationHistoryEntry, seen: Observation): Transition {
  const { commit, message: commitMessage = '', created = 0, changed = 0, pruned = 0, cause } = entry;
  const { ms, text } = timeOf(seen, entry.time);
  const how = { Rollback: 'Rolled back to', Request: 'Applied on request', Retry: 'Applied after a retry' };
  const verb = how[cause as keyof typeof how] ?? 'Applied';
  const message = `${verb} commit ${short(commit)}: ${created} created, ${changed} changed, ${pruned} pruned`;
  const took = since(ms, seen.seenMs(commit));
  const record: LedgerRecord = {
    ...aboutCommit(application, commit),
    name: recordName('Sync', keyOf(application), commit, entry.time ?? ''),
    type: 'Sync',
    time: text,
    ...(entry.user === undefined ? {} : { actor: entry.user }),
    ...(commitMessage === '' ? {} : { commitMessage }),
    ...took,
    message,
  };
  return { record, notify: 'Synced', message, commit, ...took };
}

function failed(application: Application, entry: ApplicationHistoryEntry, seen: Observation): Transition {
  const { commit, reason = 'the sync failed', message: commitMessage = '' } = entry;
  const message = `Commit ${short(commit)} was not applied: ${reason}`;
  const record: LedgerRecord = {
    ...aboutCommit(application, commit),
    // Without the time: a retry that fails alike is no news.
    name: recordName('Failure', keyOf(application), commit, reason),
    type: 'Failure',
    time: timeOf(seen, entry.time).text,
    ...(entry.user === undefined ? {} : { actor: entry.user }),
    ...(commitMessage === '' ? {} : { commitMessage }),
    error: reason,
    message,
  };
  // That something newer came is no failure that anybody has to be told of.
  return { record, ...(entry.result === 'Superseded' ? {} : { notify: 'SyncFailed' }), message, commit };
}

function healthy(application: Application, entry: ApplicationHistoryEntry, seen: Observation): Transition {
  const { commit } = entry;
  const { ms, text } = timeOf(seen, entry.healthyTime);
  const toldMs = Date.parse(entry.time ?? '');
  const took = since(ms, seen.appliedMs(commit) ?? (Number.isNaN(toldMs) ? undefined : toldMs));
  const message = `Commit ${short(commit)} is healthy`;
  const record: LedgerRecord = {
    ...aboutCommit(application, commit),
    name: recordName('Healthy', keyOf(application), commit, entry.time ?? ''),
    type: 'Healthy',
    time: text,
    ...(entry.user === undefined ? {} : { actor: entry.user }),
    ...took,
    message,
  };
  return { record, notify: 'Healthy', message, commit, ...took };
}

/** Entries that came since `last`, newest first; of a past that is not known, those that may have got lost. */
function freshEntries(
  history: readonly ApplicationHistoryEntry[],
  last: ApplicationHistoryEntry | undefined,
): readonly ApplicationHistoryEntry[] {
  if (last === undefined) return history.slice(0, UNKNOWN_PAST);
  const at = history.findIndex((entry) => isSameTry(entry, last));
  // The last one is gone: a retry has taken its place.
  return history.slice(0, at < 0 ? 1 : Math.min(at, FRESH_MAX));
}

function ofHistory(before: Application | undefined, after: Application, seen: Observation): Transition[] {
  const history = after.status?.history ?? [];
  const [newest] = history;
  if (newest === undefined) return [];
  const last = before?.status?.history?.[0];
  const fresh = freshEntries(history, last);
  const found = fresh.toReversed().flatMap((entry): Transition[] => {
    if (entry.result === 'Applied') return [applied(after, entry, seen)];
    const isNews =
      entry.commit !== last?.commit || entry.reason !== last?.reason || last?.result === 'Applied';
    return isNews ? [failed(after, entry, seen)] : [];
  });
  const wasHealthy = fresh.length === 0 && last?.healthyTime !== undefined;
  if (newest.healthyTime !== undefined && !wasHealthy) found.push(healthy(after, newest, seen));
  return found;
}

function ofPrune(before: Application | undefined, after: Application, seen: Observation): Transition[] {
  const pending = after.status?.pendingPrune;
  const had = before?.status?.pendingPrune;
  const found: Transition[] = [];
  if (pending !== undefined && (pending.approval !== had?.approval || pending.commit !== had?.commit)) {
    const message = `${pending.count} of ${pending.of} deletions by commit ${short(pending.commit)} wait for an approval`;
    const name = recordName('PruneHeld', keyOf(after), pending.commit, pending.approval ?? '');
    const time = timeOf(seen, undefined).text;
    const record: LedgerRecord = {
      ...aboutCommit(after, pending.commit),
      name,
      type: 'PruneHeld',
      time,
      message,
    };
    found.push({ record, notify: 'PruneHeld', message, commit: pending.commit });
  }
  const approval = after.metadata.annotations?.[APPROVE_PRUNE];
  const isNews = approval !== undefined && approval !== before?.metadata.annotations?.[APPROVE_PRUNE];
  const approved = had ?? pending;
  if (before !== undefined && isNews && approved !== undefined && approved.approval === approval) {
    const actor = after.metadata.annotations?.[REQUESTED_BY];
    const message = `Approved: ${approved.count} of ${approved.of} objects may be deleted by commit ${short(approved.commit)}`;
    const record: LedgerRecord = {
      ...aboutCommit(after, approved.commit),
      name: recordName('Approval', keyOf(after), approved.commit, approval),
      type: 'Approval',
      time: timeOf(seen, undefined).text,
      ...(actor === undefined ? {} : { actor }),
      message,
    };
    found.push({ record, message, commit: approved.commit });
  }
  return found;
}

function ofRollback(before: Application | undefined, after: Application, seen: Observation): Transition[] {
  const now = after.status?.quarantine;
  const had = before?.status?.quarantine;
  if (now === undefined || (now.commit === had?.commit && now.rolledBackTo === had.rolledBackTo)) return [];
  const { commit, rolledBackTo = '', user, reason = '' } = now;
  const message = `Rolled back from commit ${short(commit)} to ${short(rolledBackTo)}${reason === '' ? '' : `: ${reason}`}`;
  const record: LedgerRecord = {
    ...aboutCommit(after, rolledBackTo || commit),
    name: recordName('Rollback', keyOf(after), commit, rolledBackTo, now.time ?? ''),
    type: 'Rollback',
    time: timeOf(seen, now.time).text,
    ...(user === undefined ? {} : { actor: user }),
    message,
  };
  return [{ record, notify: 'RolledBack', message, commit }];
}

/** Only what was seen to change: at the start nobody knows since when it is so. */
function ofHealth(before: Application | undefined, after: Application, seen: Observation): Transition[] {
  const { health, commit = '', objects = [] } = after.status ?? {};
  if (before === undefined || before.status?.health === health) return [];
  if (health === 'Healthy' && before.status?.health === 'Degraded')
    return [{ notify: 'Healthy', message: 'Everything is healthy again', commit }];
  if (health !== 'Degraded') return [];
  const worst = objects.find((one) => one.health === 'Degraded');
  const message =
    worst === undefined ? 'Degraded' : `${worst.kind}/${worst.name}: ${worst.message ?? 'degraded'}`;
  const record: LedgerRecord = {
    ...aboutCommit(after, commit),
    // Without the time: what is broken again and again in the same way is told once a commit.
    name: recordName('Degraded', keyOf(after), commit, message),
    type: 'Degraded',
    time: timeOf(seen, undefined).text,
    error: message,
    message,
  };
  return [{ record, notify: 'Degraded', message, commit }];
}

/**
 * What happened to an Application between two states of it. The records of syncs, failures and rollbacks come from the
 * newest state alone when there is no older one, so that after a restart those are made up for that got lost.
 */
export function transitionsOf(
  before: Application | undefined,
  after: Application,
  seen: Observation,
): Transition[] {
  const isOther = before !== undefined && before.metadata.uid !== after.metadata.uid;
  const old = isOther ? undefined : before;
  return [
    ...ofHistory(old, after, seen),
    ...ofRollback(old, after, seen),
    ...ofPrune(old, after, seen),
    ...ofHealth(old, after, seen),
    ...(old === undefined ? [] : driftRecords(old, after, timeOf(seen, undefined).text)).map((record) => ({
      record,
      message: record.message ?? '',
      commit: record.commit ?? '',
    })),
  ];
}
