import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Stat {
  readonly parent: number;
  readonly cpuSeconds: number;
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    };
  } catch {
    return undefined;
  }
}

function residentBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    // Postgres' processes share their buffers: each counts its share.
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** A process and all below it. */
function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? stat(Number(name)) : undefined;
    if (found !== undefined) parents.set(Number(name), found.parent);
  }
  const members = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (!members.has(pid) && members.has(parent)) {
        members.add(pid);
        grown = true;
      }
    }
  }
  return [...members];
}

export interface Usage {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** CPU used so far and proportional resident memory of processes and all that they started. */
export function usageOf(roots: readonly number[]): Usage {
  const pids = new Set(roots.flatMap(family));
  let [cpuSeconds, memoryBytes] = [0, 0];
  for (const pid of pids) {
    cpuSeconds += stat(pid)?.cpuSeconds ?? 0;
    memoryBytes += residentBytes(pid);
  }
  return { cpuSeconds, memoryBytes };
}
