/** What the server asks of the table that the ledger is kept in; packages/db has it. */

/** One ledger entry; texts hold no NUL, and are empty where there is nothing to say. */
export interface LedgerRow {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly namespace: string;
  /** Unique in the namespace. */
  readonly name: string;
  readonly type: string;
  readonly actor: string;
  readonly application: string;
  readonly repository: string;
  readonly ref: string;
  readonly commit: string;
  readonly commitMessage: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly objectNamespace: string;
  readonly objectName: string;
  readonly operation: string;
  readonly images: readonly string[];
  readonly error: string;
  readonly durationMs: number | null;
  readonly syncId: string;
  /** Place in the change log. */
  readonly revision: number | null;
  /** JSON; absent too when it was not asked for. */
  readonly manifest: string | null;
  readonly message: string;
}

/** What to look for; all that is given must hold. */
export interface LedgerQuery {
  readonly namespace?: string;
  readonly types?: readonly string[];
  readonly actor?: string;
  readonly application?: string;
  readonly repository?: string;
  readonly ref?: string;
  /** A full id, or how one begins. */
  readonly commit?: string;
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly objectNamespace?: string;
  readonly objectName?: string;
  readonly operation?: string;
  readonly syncId?: string;
  /** A whole reference, or one without tag, without registry, or without both. */
  readonly image?: string;
  /** Part of the text, in any case. */
  readonly error?: string;
  /** From (included) and until (excluded), epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  readonly manifests: boolean;
  /** 1 to 1,000. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: LedgerPosition;
}

export interface LedgerPosition {
  readonly time: number;
  readonly name: string;
  readonly namespace: string;
}

export interface LedgerPage {
  /** Newest first. */
  readonly rows: readonly LedgerRow[];
  /** Absent: that was all. */
  readonly next?: LedgerPosition;
}

/** Place of a change that no entry tells of. */
export interface UnrecordedChange {
  readonly revision: number;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Rejections mean that the database failed. */
export interface Ledger {
  find(query: LedgerQuery): Promise<LedgerPage>;
  get(namespace: string, name: string): Promise<LedgerRow | undefined>;
  /** Appends those that are not there yet, all or none; returns the names of these, as namespace/name. */
  append(rows: readonly LedgerRow[]): Promise<ReadonlySet<string>>;
  /** Changes whose origin is `git:COMMIT NAMESPACE/APPLICATION SYNC`, older than some seconds; oldest first. */
  unrecorded(limit: number): Promise<readonly UnrecordedChange[]>;
}
