import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that outlives a supervisor is known by its pid and its start time, since pids are used again. */
export interface ProcessId {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * Field 22 of /proc/PID/stat: clock ticks after boot at which the process started. Undefined for one that has ended,
 * reaped or not.
 */
export function startTimeIn(stat: string): string | undefined {
  // The second field, the program's name, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** The process that has this pid now. */
export function identify(pid: number): ProcessId | undefined {
  try {
    const startTime = startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return startTime === undefined ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

export function isRunning(id: ProcessId): boolean {
  const now = identify(id.pid);
  return now !== undefined && now.startTime === id.startTime;
}

export function recordPid(file: string, pid: number): void {
  const id = identify(pid);
  if (id !== undefined) writeFileSync(file, JSON.stringify(id), { mode: 0o600 });
}

/** The process in the file if that very one still runs. */
export function recorded(file: string): ProcessId | undefined {
  try {
    const id = JSON.parse(readFileSync(file, 'utf8')) as ProcessId;
    return isRunning(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

export interface EndOptions {
  readonly graceMs: number;
  /** How it is asked to end; SIGTERM by default. */
  readonly signal?: NodeJS.Signals;
  /** What it gets when it has not ended in time; SIGKILL by default. */
  readonly last?: NodeJS.Signals;
}

const LAST_MS = 5_000;

/** Resolves with true when the process is gone, with false when even the last signal did not end it. */
export async function endProcess(id: ProcessId, options: EndOptions): Promise<boolean> {
  const steps = [
    { signal: options.signal ?? 'SIGTERM', waitMs: options.graceMs },
    { signal: options.last ?? 'SIGKILL', waitMs: LAST_MS },
  ];
  for (const { signal, waitMs } of steps) {
    if (!isRunning(id)) return true;
    try {
      process.kill(id.pid, signal);
    } catch {
      // It ended in between.
    }
    for (let waited = 0; waited < waitMs && isRunning(id); waited += 25) await sleep(25);
  }
  return !isRunning(id);
}

/** Ends what an earlier supervisor left behind under this pid file. */
export async function endRecorded(file: string, graceMs: number): Promise<void> {
  const id = recorded(file);
  if (id !== undefined) await endProcess(id, { graceMs });
  rmSync(file, { force: true });
}

/** Resident memory in bytes; 0 when the process is gone. */
export function residentBytes(pid: number): number {
  try {
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(match?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
