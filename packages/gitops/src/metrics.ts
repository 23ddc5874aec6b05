import { Counter, Histogram } from 'prom-client';

const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

export const syncs = new Counter({
  name: 'gantry_sync_total',
  help: 'Syncs of Applications by result: applied, failed (the server refused the commit), error (the source could not be read)',
  labelNames: ['result'],
});

export const syncDuration = new Histogram({
  name: 'gantry_sync_duration_seconds',
  help: 'Time from the start of a sync to its transaction being stored or refused',
  buckets: SECONDS,
});

export const planDuration = new Histogram({
  name: 'gantry_push_plan_duration_seconds',
  help: 'Time that the check of one pushed branch took: reading, rendering, dry run',
  buckets: SECONDS,
});

export const pushes = new Counter({
  name: 'gantry_push_total',
  help: 'Checked pushes by result: accepted, rejected',
  labelNames: ['result'],
});

export const drifts = new Counter({
  name: 'gantry_drift_total',
  help: 'Objects found different from what Git says, by what was done: reported, healed',
  labelNames: ['action'],
});

export const looks = new Counter({
  name: 'gantry_repository_looks_total',
  help: 'Looks at the branches and tags of Repositories by result: read, unreachable',
  labelNames: ['result'],
});

export const webhooks = new Counter({
  name: 'gantry_webhooks_total',
  help: 'Webhooks of Git servers by status of the answer: 202 is a proven one',
  labelNames: ['status'],
});
