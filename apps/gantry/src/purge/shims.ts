import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from '../layout.ts';
import { endProcess, identify } from '../supervisor/process-table.ts';

/** Ends what a runtime that lost its state left behind: the shims of this data folder's containerd and their containers. */
export async function killShims(layout: Layout): Promise<void> {
  const dir = join(layout.data, 'containerd');
  const parents = parentsOfAll();
  const shims = [...parents.keys()].filter((pid) => {
    const command = commandOf(pid);
    return command.includes('containerd-shim') && command.includes(dir);
  });
  for (const pid of shims.flatMap((shim) => [...descendants(shim, parents), shim])) {
    const id = identify(pid);
    if (id !== undefined) await endProcess(id, { graceMs: 500 });
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function parentsOfAll(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended in between.
    }
  }
  return parents;
}

/** Children first seen last, so that parents do not start new ones. */
export function descendants(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [child, parent] of parents) {
      if (parent !== next || found.includes(child)) continue;
      found.push(child);
      open.push(child);
    }
  }
  return found;
}
