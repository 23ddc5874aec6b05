import { Counter, Gauge, Histogram } from 'prom-client';

const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];

export const ledgerEntries = new Counter({
  name: 'gantry_sync_ledger_entries_total',
  help: 'Entries that the sync appended to the ledger',
});

export const ledgerLost = new Counter({
  name: 'gantry_sync_ledger_lost_total',
  help: 'Entries that the ledger refused, or that there was no room for while the API server was away',
});

export const outcomes = new Counter({
  name: 'gantry_sync_outcomes_total',
  help: 'What happened to Applications: Synced, SyncFailed, Healthy, Degraded, PruneHeld, RolledBack',
  labelNames: ['event'],
});

export const appliedAfter = new Histogram({
  name: 'gantry_sync_commit_to_applied_seconds',
  help: 'Time from a commit being seen in its repository to its being applied, by Application',
  buckets: SECONDS,
});

export const healthyAfter = new Histogram({
  name: 'gantry_sync_applied_to_healthy_seconds',
  help: 'Time from a commit being applied to all of its objects being healthy, by Application',
  buckets: SECONDS,
});

export const notifications = new Counter({
  name: 'gantry_sync_notifications_total',
  help: 'Notifications by result: sent, failed (all tries), dropped (too many were waiting)',
  labelNames: ['result'],
});

interface Counted {
  readonly status?: { readonly sync?: string; readonly health?: string; readonly pendingPrune?: object };
}

/** What the gauges count when they are asked. */
let list: () => readonly Counted[] = () => [];

new Gauge({
  name: 'gantry_sync_applications',
  help: 'Applications by sync and health',
  labelNames: ['sync', 'health'],
  collect() {
    this.reset();
    for (const { status } of list())
      this.inc({ sync: status?.sync ?? 'Unknown', health: status?.health ?? 'Unknown' });
  },
});

new Gauge({
  name: 'gantry_sync_prunes_held',
  help: 'Applications whose deletions wait for an approval',
  collect() {
    this.set(list().filter(({ status }) => status?.pendingPrune !== undefined).length);
  },
});

/** From now on the gauges count these. */
export function countApplications(known: () => readonly Counted[]): void {
  list = known;
}
