import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './errors.ts';
import { recordedPid, recordPid } from './supervisor/process-table.ts';

/** One supervisor a data folder. Throws a UserError when another one runs. Returns the release function. */
export function lockDataFolder(data: string): () => void {
  const file = join(data, 'lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      closeSync(openSync(file, 'wx', 0o600));
      recordPid(file, process.pid);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = recordedPid(file);
      if (holder !== undefined) {
        throw new UserError(
          `Gantry already runs on ${data} (process ${holder}): use \`npx gantry status --data ${data}\`, or choose another folder with --data`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new UserError(`${file} could not be locked`);
}

/** What the last start was asked for, so that `down` and the service unit know. */
export function rememberOptions(file: string, options: object): void {
  const handle = openSync(file, 'w', 0o600);
  writeSync(handle, `${JSON.stringify(options, null, 2)}\n`);
  closeSync(handle);
}

export function rememberedOptions<T extends object>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
