import { processInstruments as set } from '../operations/instruments.ts';

/** Counts of audit, under the original's names. */
export const auditCounts = {
  events: set.counter('apiserver_audit_event_total', 'Audit events given to the backends.').with(),
  rejected: set
    .counter('apiserver_audit_requests_rejected_total', 'Requests refused as no event could be kept.')
    .with(),
  levels: set.counter('apiserver_audit_level_total', 'Requests by the level of their policy rule.', [
    'level',
  ]),
  lost: set.counter('apiserver_audit_error_total', 'Audit events that a backend lost.', ['plugin']),
} as const;
