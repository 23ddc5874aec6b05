export interface ComponentStatus {
  readonly name: string;
  readonly health: 'healthy' | 'starting' | 'failed' | 'stopped';
  readonly pid: number | null;
  readonly address: string;
  /** Resident bytes. */
  readonly memory: number;
  readonly restarts: number;
  /** Why it ended last, until it has run well for a while. */
  readonly message?: string;
}

/** What the supervisor starts, watches and shows. */
export interface Part {
  readonly name: string;
  status(): ComponentStatus;
  /** Brings the status up to date. */
  check(): Promise<unknown>;
  /** Keeps it running until the signal ends. */
  supervise(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
