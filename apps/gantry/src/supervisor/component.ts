import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { type Layout, logFile, pidFile } from '../layout.ts';
import { nextDelayMs, STABLE_AFTER_MS } from './backoff.ts';
import { lastWords, limitLog, sizeOf, tailOf } from './log-file.ts';
import type { ComponentStatus, Part } from './part.ts';
import { endProcess, endRecorded, identify, recordPid, residentBytes } from './process-table.ts';

export interface ComponentSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it serves, for people. */
  readonly address: string;
  /** True when it does its work, false when it says that it does not; throws when it does not answer. */
  readonly check: () => Promise<boolean>;
  readonly startTimeoutMs?: number;
  readonly stopGraceMs?: number;
}

const START_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 15_000;
const CHECK_EVERY_MS = 10_000;
/** Looks without any answer, about two minutes, after which a process counts as hung. */
const SILENT_CHECKS_MAX = 12;

/** One supervised process: started, watched, restarted with back-off, ended. */
export class Component implements Part {
  readonly spec: ComponentSpec;
  readonly #layout: Layout;
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #exit = Promise.resolve();
  #health: ComponentStatus['health'] = 'stopped';
  #message: string | undefined;
  #restarts = 0;
  #startedAt = 0;
  /** Where this run's part of the log begins. */
  #logStart = 0;

  constructor(spec: ComponentSpec, layout: Layout, say: (line: string) => void) {
    this.spec = spec;
    this.#layout = layout;
    this.#say = say;
  }

  get name(): string {
    return this.spec.name;
  }

  status(): ComponentStatus {
    const pid = this.#child?.pid ?? null;
    return {
      name: this.name,
      health: this.#health,
      pid,
      address: this.spec.address,
      memory: pid === null ? 0 : residentBytes(pid),
      restarts: this.#restarts,
      ...(this.#message === undefined ? {} : { message: this.#message }),
    };
  }

  /** Starts and waits until it is healthy. Throws UserError with the last line that it logged. */
  async start(signal: AbortSignal): Promise<void> {
    await endRecorded(pidFile(this.#layout, this.name), 5_000);
    if (signal.aborted) throw new UserError('stopped');
    this.#spawn();
    const timeoutMs = this.spec.startTimeoutMs ?? START_TIMEOUT_MS;
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (signal.aborted) throw new UserError('stopped');
      if (this.#child === undefined) throw new UserError(`${this.name} did not start: ${this.#words()}`);
      if (await this.spec.check().catch(() => false)) {
        this.#health = 'healthy';
        return;
      }
      await sleep(25);
    }
    throw new UserError(`${this.name} is not ready after ${timeoutMs / 1000} s: ${this.#words()}`);
  }

  /** From now on: starts it again when it ends or hangs, with back-off. Resolves when the signal ends. */
  async supervise(signal: AbortSignal): Promise<void> {
    let delayMs = 0;
    let silent = 0;
    const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      if (this.#child === undefined) {
        delayMs = nextDelayMs(delayMs, Date.now() - this.#startedAt);
        this.#say(`${this.name} ${this.#message}; starts again in ${delayMs / 1000} s`);
        await pause(delayMs);
        if (signal.aborted) return;
        this.#restarts += 1;
        silent = 0;
        this.#spawn();
      }
      // A new process is looked at soon, one that works seldom.
      await Promise.race([this.#exit, pause(this.#health === 'healthy' ? CHECK_EVERY_MS : 1_000)]);
      if (signal.aborted || this.#child === undefined) continue;
      silent = (await this.check()) ? 0 : silent + 1;
      limitLog(logFile(this.#layout, this.name), true);
      if (silent < SILENT_CHECKS_MAX || Date.now() - this.#startedAt < STABLE_AFTER_MS) continue;
      this.#say(`${this.name} does not answer: it is ended`);
      await this.#end();
      await this.#exit;
    }
  }

  /** Looks at it now. False when it did not answer at all. */
  async check(): Promise<boolean> {
    if (this.#child === undefined) return true;
    try {
      const healthy = await this.spec.check();
      if (this.#child === undefined) return true;
      this.#health = healthy ? 'healthy' : 'starting';
      if (healthy && Date.now() - this.#startedAt > STABLE_AFTER_MS) this.#message = undefined;
      return true;
    } catch {
      if (this.#child !== undefined) this.#health = 'starting';
      return false;
    }
  }

  async stop(): Promise<void> {
    await this.#end();
    rmSync(pidFile(this.#layout, this.name), { force: true });
    this.#health = 'stopped';
  }

  async #end(): Promise<void> {
    const id = this.#child?.pid === undefined ? undefined : identify(this.#child.pid);
    if (id !== undefined) await endProcess(id, { graceMs: this.spec.stopGraceMs ?? STOP_GRACE_MS });
  }

  #spawn(): void {
    const log = logFile(this.#layout, this.name);
    limitLog(log, false);
    this.#logStart = sizeOf(log);
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
    if (child.pid !== undefined) recordPid(pidFile(this.#layout, this.name), child.pid);
    this.#exit = new Promise((resolve) => {
      const ended = (message: string): void => {
        this.#child = undefined;
        this.#message = message;
        this.#health = 'failed';
        resolve();
      };
      child.once('error', (error) => ended(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        // Killed, it had no time for words.
        ended(
          signal === 'SIGKILL' ? 'was killed' : `ended with ${signal ?? `code ${code}`}: ${this.#words()}`,
        ),
      );
    });
  }

  #words(): string {
    const log = logFile(this.#layout, this.name);
    const words = lastWords(tailOf(log, this.#logStart));
    return words.replace(`${this.name}: `, '') || `see ${log}`;
  }
}
