import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that outlives a supervisor is known by its pid and its start time, since pids are used again. */
interface Recorded {
  readonly pid: number;
  readonly startTime: string;
}

/** Field 22 of /proc/PID/stat: clock ticks after boot at which the process started. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function recordPid(file: string, pid: number): void {
  const startTime = startTimeOf(pid);
  if (startTime !== undefined) writeFileSync(file, JSON.stringify({ pid, startTime } satisfies Recorded));
}

/** The pid in the file if that very process still runs. */
export function recordedPid(file: string): number | undefined {
  try {
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    return startTimeOf(recorded.pid) === recorded.startTime ? recorded.pid : undefined;
  } catch {
    return undefined;
  }
}

export const isRunning = (pid: number): boolean => startTimeOf(pid) !== undefined;

/** SIGTERM, then SIGKILL after `graceMs`. Resolves when the process is gone. */
export async function endProcess(pid: number, graceMs: number): Promise<void> {
  const startTime = startTimeOf(pid);
  const gone = () => startTime === undefined || startTimeOf(pid) !== startTime;
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // It ended in between.
    }
  };
  if (gone()) return;
  signal('SIGTERM');
  for (let waited = 0; waited < graceMs && !gone(); waited += 50) await sleep(50);
  if (!gone()) signal('SIGKILL');
  for (let waited = 0; waited < 5_000 && !gone(); waited += 50) await sleep(50);
}

/** Ends what an earlier supervisor left behind under this pid file. */
export async function endRecorded(file: string, graceMs: number): Promise<void> {
  const pid = recordedPid(file);
  if (pid !== undefined) await endProcess(pid, graceMs);
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
