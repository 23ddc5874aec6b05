/** What the server asks of the table that audit events are kept in; packages/db has it. */

/** One audit event; texts hold no NUL. */
export interface AuditRow {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly auditId: string;
  readonly stage: string;
  readonly level: string;
  readonly verb: string;
  readonly username: string;
  readonly impersonated: string | null;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** HTTP status; 0 = not answered yet. */
  readonly code: number;
  /** The whole event as JSON. */
  readonly event: string;
}

/** What to look for; all that is given must hold. */
export interface AuditQuery {
  readonly auditId?: string;
  readonly username?: string;
  readonly verb?: string;
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly code?: number;
  /** From (included) and until (excluded), epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** 1 to 1,000. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: AuditPosition;
}

export interface AuditPosition {
  readonly time: number;
  readonly id: string;
}

export interface AuditPage {
  /** JSON of events, newest first. */
  readonly events: readonly string[];
  /** Absent: that was all. */
  readonly next?: AuditPosition;
}

export interface AuditReader {
  /** Rejects when the database failed. */
  find(query: AuditQuery): Promise<AuditPage>;
}
