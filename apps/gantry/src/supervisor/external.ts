import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Launched } from '../helper/tasks.ts';
import { type Layout, logFile } from '../layout.ts';
import { nextDelayMs } from './backoff.ts';
import { limitLog } from './log-file.ts';
import type { ComponentStatus, Part } from './part.ts';
import { identify, isRunning, type ProcessId, residentBytes } from './process-table.ts';

export interface ExternalSpec {
  readonly name: string;
  /** Starts or adopts it. */
  readonly launch: (log: (line: string) => void) => Promise<Launched>;
  /** Ends it, also when `launch` did not get to its end. */
  readonly end: () => Promise<void>;
}

const CHECK_EVERY_MS = 2_000;

/** A service that its own package starts and can adopt: Postgres, the container runtime. */
export class External implements Part {
  readonly #spec: ExternalSpec;
  readonly #log: string;
  readonly #say: (line: string) => void;
  #launched: Launched | undefined;
  #process: ProcessId | undefined;
  #message: string | undefined;
  #restarts = 0;
  #startedAt = 0;

  constructor(spec: ExternalSpec, layout: Layout, say: (line: string) => void) {
    this.#spec = spec;
    this.#log = logFile(layout, spec.name);
    this.#say = say;
  }

  get name(): string {
    return this.#spec.name;
  }

  status(): ComponentStatus {
    const pid = this.#launched?.pid ?? null;
    return {
      name: this.name,
      health: this.#health(),
      pid,
      address: this.#launched?.endpoint ?? '',
      memory: pid === null ? 0 : residentBytes(pid),
      restarts: this.#restarts,
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
  }

  /** Resolves with its endpoint when it answers. */
  async start(): Promise<string> {
    limitLog(this.#log, true);
    this.#startedAt = Date.now();
    this.#launched = await this.#spec.launch((line) =>
      appendFileSync(this.#log, `${line}\n`, { mode: 0o600 }),
    );
    const { pid } = this.#launched;
    this.#process = pid === undefined ? undefined : identify(pid);
    return this.#launched.endpoint;
  }

  async check(): Promise<void> {
    // Its process is looked at whenever the status is asked for.
  }

  /** Starts it again when its process is gone. */
  async supervise(signal: AbortSignal): Promise<void> {
    if (this.#launched?.pid === undefined) return;
    let delayMs = 0;
    const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      await pause(CHECK_EVERY_MS);
      if (signal.aborted || (this.#process !== undefined && isRunning(this.#process))) continue;
      this.#message ??= 'its process ended';
      delayMs = nextDelayMs(delayMs, Date.now() - this.#startedAt);
      this.#say(`${this.name}: ${this.#message}; starts again in ${delayMs / 1000} s`);
      await pause(delayMs);
      if (signal.aborted) return;
      this.#restarts += 1;
      this.#message = await this.start().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    }
  }

  async stop(): Promise<void> {
    await this.#spec.end();
    this.#launched = undefined;
    this.#process = undefined;
  }

  #health(): ComponentStatus['health'] {
    if (this.#launched === undefined) return this.#startedAt === 0 ? 'stopped' : 'starting';
    if (this.#launched.pid === undefined) return 'healthy';
    return this.#process !== undefined && isRunning(this.#process) ? 'healthy' : 'failed';
  }
}
