import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { type Layout, logFile, pidFile } from '../layout.ts';
import { endProcess, endRecorded, recordPid, residentBytes } from './process-table.ts';

export interface ComponentSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it serves, for people. */
  readonly address: string;
  /** True when it does its work. Throws or false = not yet. */
  readonly check: () => Promise<boolean>;
  readonly startTimeoutMs?: number;
  readonly stopGraceMs?: number;
}

export interface ComponentStatus {
  readonly name: string;
  readonly health: 'healthy' | 'starting' | 'failed' | 'stopped';
  readonly pid: number | null;
  readonly address: string;
  /** Resident bytes. */
  readonly memory: number;
  readonly restarts: number;
  readonly message?: string;
}

const RESTART_DELAY_MAX_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;
const LOG_LIMIT_BYTES = 64 << 20;

/** One supervised process: started, watched, restarted with back-off, ended. */
export class Component {
  get name(): string {
    return this.spec.name;
  }

  readonly spec: ComponentSpec;
  readonly #layout: Layout;
  #child: ChildProcess | undefined;
  #health: ComponentStatus['health'] = 'stopped';
  #message: string | undefined;
  #stopping = false;
  #restarts = 0;

  constructor(spec: ComponentSpec, layout: Layout) {
    this.spec = spec;
    this.#layout = layout;
  }

  status(): ComponentStatus {
    const pid = this.#child?.pid ?? null;
    return {
      name: this.spec.name,
      health: this.#health,
      pid,
      address: this.spec.address,
      memory: pid === null ? 0 : residentBytes(pid),
      restarts: this.#restarts,
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
  }

  /** Starts and waits until it is healthy. Throws UserError with the last line that it logged. */
  async start(): Promise<void> {
    this.#stopping = false;
    await endRecorded(pidFile(this.#layout, this.spec.name), 5_000);
    this.#spawn();
    const deadline = Date.now() + (this.spec.startTimeoutMs ?? 60_000);
    while (Date.now() < deadline) {
      if (this.#child === undefined)
        throw new UserError(`${this.spec.name} did not start: ${this.#lastWords()}`);
      if (await this.#isHealthy()) {
        this.#health = 'healthy';
        return;
      }
      await sleep(50);
    }
    throw new UserError(
      `${this.spec.name} is not ready after ${(this.spec.startTimeoutMs ?? 60_000) / 1000} s: ${this.#lastWords()}`,
    );
  }

  /** From now on: restart it when it ends, note when it stops answering. */
  async supervise(signal: AbortSignal): Promise<void> {
    let delayMs = 500;
    while (!signal.aborted && !this.#stopping) {
      await sleep(2_000, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || this.#stopping) return;
      if (this.#child === undefined) {
        this.#health = 'failed';
        await sleep(delayMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted || this.#stopping) return;
        delayMs = Math.min(delayMs * 2, RESTART_DELAY_MAX_MS);
        this.#restarts += 1;
        this.#spawn();
        continue;
      }
      const healthy = await this.#isHealthy();
      this.#health = healthy ? 'healthy' : 'starting';
      if (healthy && Date.now() - this.#startedAt > HEALTHY_AFTER_MS) delayMs = 500;
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const pid = this.#child?.pid;
    if (pid !== undefined) await endProcess(pid, this.spec.stopGraceMs ?? 15_000);
    rmSync(pidFile(this.#layout, this.spec.name), { force: true });
    this.#health = 'stopped';
  }

  #startedAt = 0;

  #spawn(): void {
    const log = logFile(this.#layout, this.spec.name);
    rotate(log);
    const output = openSync(log, 'a', 0o600);
    const child = spawn(this.spec.command, [...this.spec.args], {
      stdio: ['ignore', output, output],
      env: { ...process.env, ...this.spec.env },
      // A process group of its own: Ctrl-C in the terminal reaches the supervisor alone, which ends them in order.
      detached: true,
    });
    closeSync(output);
    this.#child = child;
    this.#health = 'starting';
    this.#startedAt = Date.now();
    if (child.pid !== undefined) recordPid(pidFile(this.#layout, this.spec.name), child.pid);
    child.once('error', (error) => this.#ended(child, error.message));
    child.once('exit', (code, signal) =>
      this.#ended(child, `ended with ${signal ?? `code ${code}`}: ${this.#lastWords()}`),
    );
  }

  #ended(child: ChildProcess, message: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#message = message;
    this.#health = 'failed';
  }

  async #isHealthy(): Promise<boolean> {
    try {
      return await this.spec.check();
    } catch {
      return false;
    }
  }

  /** The last line of its log, or the message in it when it is JSON. */
  #lastWords(): string {
    try {
      const line =
        readFileSync(logFile(this.#layout, this.spec.name), 'utf8').trimEnd().split('\n').at(-1) ?? '';
      const parsed = line.startsWith('{') ? (JSON.parse(line) as { msg?: string }) : undefined;
      return parsed?.msg ?? line;
    } catch {
      return `see ${logFile(this.#layout, this.spec.name)}`;
    }
  }
}

/** Keeps one old log of at most 64 MiB beside the new one. */
function rotate(log: string): void {
  try {
    if (statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  } catch {
    // No log yet.
  }
}
