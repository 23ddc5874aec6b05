import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPidFile } from '@gantry/postgres/pid-file';
import { shortFolderPrefix } from '@gantry/postgres/socket-folder';
import { UserError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import { endProcess, identify, type ProcessId } from './process-table.ts';

/** Ends the embedded Postgres of the data folder if one runs, whoever started it. */
export async function endPostgres(layout: Layout): Promise<void> {
  const running = await readPidFile(join(layout.postgres, 'data'));
  const id = running === undefined ? undefined : identify(running.pid);
  if (running === undefined || id === undefined) return;
  // SIGINT is its fast shutdown; after SIGQUIT the next start replays the log.
  if (!(await endProcess(id, { graceMs: 30_000, signal: 'SIGINT', last: 'SIGQUIT' })))
    throw new UserError(`Postgres (process ${id.pid}) does not end: look at ${layout.postgres}/postgres.log`);
  if (running.socketFolder.startsWith(shortFolderPrefix))
    rmSync(running.socketFolder, { recursive: true, force: true });
}

/** Gantry's own containerd on this data folder, if it runs. */
export function runningContainerd(layout: Layout): ProcessId | undefined {
  const dir = join(layout.data, 'containerd');
  try {
    const id = identify(Number(readFileSync(join(dir, 'containerd.pid'), 'utf8')));
    if (id === undefined) return undefined;
    return readFileSync(`/proc/${id.pid}/cmdline`, 'utf8').includes(dir) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Ends Gantry's own containerd; its containers go on, and the next one finds them. */
export async function endContainerd(layout: Layout): Promise<void> {
  const id = runningContainerd(layout);
  if (id !== undefined && !(await endProcess(id, { graceMs: 15_000 })))
    throw new UserError(`containerd (process ${id.pid}) does not end: look at ${layout.logs}/containerd.log`);
  for (const name of ['containerd.pid', 'containerd.sock'])
    rmSync(join(layout.data, 'containerd', name), { force: true });
}
