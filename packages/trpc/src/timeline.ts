import type { LedgerEntry } from '@gantry/api/generated/types';

/** One commit on its way into the cluster. Times are RFC 3339; null for what has not happened, or is not known. */
export interface TimelineRun {
  readonly commit: string;
  readonly commitMessage: string;
  readonly ref: string;
  readonly actor: string;
  readonly syncId: string;
  readonly state: 'Pushed' | 'Rejected' | 'Applied' | 'Healthy' | 'Failed' | 'Degraded';
  readonly pushed: string | null;
  readonly applied: string | null;
  readonly healthy: string | null;
  /** From the push (or from when the commit was first seen) to applied, and from applied to healthy. */
  readonly toAppliedMs: number | null;
  readonly toHealthyMs: number | null;
  readonly error: string;
  /** All that is known of it, oldest first. */
  readonly entries: readonly LedgerEntry[];
}

/** What the timeline is made of; single objects are found by the sync's id. */
export const TIMELINE_TYPES = [
  'Push',
  'PushRejected',
  'Sync',
  'Failure',
  'Healthy',
  'Degraded',
  'Rollback',
  'Approval',
  'PruneHeld',
  'Drift',
  'Heal',
] as const;

const msOf = ({ time, metadata }: LedgerEntry): number =>
  Date.parse(time ?? metadata.creationTimestamp ?? '');

/** A run ends where the commit is applied again after another one was. */
function runsOf(entries: readonly LedgerEntry[]): LedgerEntry[][] {
  const runs: LedgerEntry[][] = [];
  const newest = new Map<string, LedgerEntry[]>();
  let live: LedgerEntry[] | undefined;
  for (const entry of entries) {
    const commit = entry.commit ?? '';
    let run = newest.get(commit);
    const isOver = run !== undefined && run !== live && run.some(({ type }) => type === 'Sync');
    const begins = entry.type === 'Push' || entry.type === 'Sync' || entry.type === 'Rollback';
    if (run === undefined || (isOver && begins)) {
      run = [];
      runs.push(run);
      newest.set(commit, run);
    }
    run.push(entry);
    if (entry.type === 'Sync') live = run;
  }
  return runs;
}

function stateOf(entries: readonly LedgerEntry[]): TimelineRun['state'] {
  const last = entries.findLast(({ type }) =>
    ['Push', 'PushRejected', 'Sync', 'Failure', 'Healthy', 'Degraded'].includes(type),
  );
  switch (last?.type) {
    case 'PushRejected':
      return 'Rejected';
    case 'Sync':
      return 'Applied';
    case 'Failure':
      return 'Failed';
    case 'Healthy':
      return 'Healthy';
    case 'Degraded':
      return 'Degraded';
    default:
      return 'Pushed';
  }
}

function runOf(entries: readonly LedgerEntry[]): TimelineRun {
  const find = (type: LedgerEntry['type']): LedgerEntry | undefined =>
    entries.find((entry) => entry.type === type);
  const text = (field: 'commitMessage' | 'ref' | 'actor' | 'syncId' | 'commit'): string =>
    entries.find((entry) => entry[field])?.[field] ?? '';
  const [pushed, applied, healthy] = [find('Push') ?? find('PushRejected'), find('Sync'), find('Healthy')];
  const between = (from: LedgerEntry | undefined, to: LedgerEntry | undefined): number | null =>
    from === undefined || to === undefined ? null : Math.max(0, msOf(to) - msOf(from));
  const state = stateOf(entries);
  const isBad = state === 'Failed' || state === 'Degraded' || state === 'Rejected';
  return {
    ...{ commit: text('commit'), commitMessage: text('commitMessage'), ref: text('ref') },
    ...{ actor: text('actor'), syncId: text('syncId'), state, entries },
    pushed: pushed?.time ?? null,
    applied: applied?.time ?? null,
    healthy: healthy?.time ?? null,
    toAppliedMs: between(pushed, applied) ?? applied?.durationMs ?? null,
    toHealthyMs: healthy?.durationMs ?? between(applied, healthy),
    error: isBad ? (entries.findLast(({ error }) => error !== undefined)?.error ?? '') : '',
  };
}

/** Commits of one Application, newest first. `entries` are its own, of the types above, in any order. */
export function timelineOf(entries: readonly LedgerEntry[]): TimelineRun[] {
  const sorted = entries.toSorted((a, b) => msOf(a) - msOf(b));
  return runsOf(sorted).map(runOf).reverse();
}
