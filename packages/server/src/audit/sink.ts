import type { AuditEvent } from './event.ts';

/** Where audit events end: a file, a webhook, the database. */
export interface AuditSink {
  /**
   * Takes an event. A promise: the request waits for it. Throws (or rejects) when the event could not be kept and the
   * sink is strict.
   */
  accept(event: AuditEvent): Promise<void> | undefined;
  /** Writes what is still held, within reason. */
  close(): Promise<void>;
}
