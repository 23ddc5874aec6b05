import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from './errors.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { UpOptions } from './options.ts';
import { recorded, recordPid } from './supervisor/process-table.ts';

/** The pid of the supervisor that runs on the data folder. */
export const lockHolder = (layout: Layout): number | undefined => recorded(layout.lock)?.pid;

export const alreadyRuns = (data: string, pid: number): UserError =>
  new UserError(
    `Gantry already runs on ${data} (process ${pid}): see \`npx gantry status --data ${data}\`, end it with \`npx gantry down --data ${data}\`, or choose another folder with --data`,
  );

/** One supervisor a data folder. Throws a UserError when another one runs. Returns the release function. */
export function lockDataFolder(data: string): () => void {
  const layout = layoutOf(data);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      closeSync(openSync(layout.lock, 'wx', 0o600));
      recordPid(layout.lock, process.pid);
      return () => rmSync(layout.lock, { force: true });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC') throw new UserError(`the disk of ${data} is full: free some space`);
      if (code !== 'EEXIST')
        throw new UserError(`${data} can't be written (${message}): choose another with --data`);
      const holder = lockHolder(layout);
      if (holder !== undefined) throw alreadyRuns(data, holder);
      rmSync(layout.lock, { force: true });
    }
  }
  throw new UserError(`${layout.lock} could not be locked: another start is under way`);
}

/** What the last start was asked for, so that `down` knows. */
export function rememberOptions(file: string, options: UpOptions): void {
  writeFileSync(file, `${JSON.stringify(options, null, 2)}\n`, { mode: 0o600 });
}

export function rememberedOptions(file: string): UpOptions | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as UpOptions;
  } catch {
    return undefined;
  }
}
