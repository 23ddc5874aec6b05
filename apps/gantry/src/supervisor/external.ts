import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Layout, logFile } from '../layout.ts';
import type { ComponentStatus } from './component.ts';
import { isRunning, residentBytes } from './process-table.ts';

/** A part that its own package starts and can adopt: Postgres, the container runtime. */
export interface Launched {
  /** What others connect to. */
  readonly endpoint: string;
  /** Absent when somebody else runs it. */
  readonly pid?: number | undefined;
  stop(): Promise<void>;
}

export type Launcher = (log: (line: string) => void) => Promise<Launched>;

const CHECK_EVERY_MS = 2_000;

export class External {
  readonly name: string;
  readonly #launch: Launcher;
  readonly #layout: Layout;
  #launched: Launched | undefined;
  #restarts = 0;
  #stopping = false;

  constructor(name: string, launch: Launcher, layout: Layout) {
    this.name = name;
    this.#launch = launch;
    this.#layout = layout;
  }

  get address(): string {
    return this.#launched?.endpoint ?? '';
  }

  status(): ComponentStatus {
    const pid = this.#launched?.pid ?? null;
    const alive = this.#launched !== undefined && (pid === null || isRunning(pid));
    return {
      name: this.name,
      health: alive ? 'healthy' : this.#stopping ? 'stopped' : 'failed',
      pid,
      address: this.address,
      memory: pid === null ? 0 : residentBytes(pid),
      restarts: this.#restarts,
    };
  }

  async start(): Promise<void> {
    this.#launched = await this.#launch((line) =>
      appendFileSync(logFile(this.#layout, this.name), `${line}\n`),
    );
  }

  /** Starts it again when its process is gone. */
  async supervise(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(CHECK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      const pid = this.#launched?.pid;
      if (signal.aborted || pid === undefined || isRunning(pid)) continue;
      this.#restarts += 1;
      await this.start().catch((error: unknown) =>
        appendFileSync(logFile(this.#layout, this.name), `${String(error)}\n`),
      );
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#launched?.stop();
    this.#launched = undefined;
  }
}
