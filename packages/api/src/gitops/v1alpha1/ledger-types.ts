/** What an entry of the ledger tells of. */
export const LEDGER_TYPES = [
  'Push',
  'PushRejected',
  'Plan',
  'Sync',
  'Change',
  'Prune',
  'PruneHeld',
  'Failure',
  'Approval',
  'Rollback',
  'Drift',
  'Heal',
  'Healthy',
  'Degraded',
] as const;
