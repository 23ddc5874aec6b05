import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './connection.ts';
import { readPidFile, waitForEnd } from './pid-file.ts';

/** Where the socket lies when the data folder's path is too long for one. */
export const shortFolderPrefix = join(tmpdir(), 'gantry-pg-');

/** Fast shutdown of the server on `dataDir`, if one runs: open transactions roll back, what was committed stays. */
export async function stopPostgres(dataDir: string): Promise<void> {
  const running = await readPidFile(join(dataDir, 'data'));
  if (running !== undefined) await endServer(running.pid, running.socketFolder);
}

/** SIGINT asks for a fast shutdown; SIGQUIT, when that takes too long, for an immediate one: the next start replays the log. */
export async function endServer(pid: number, socketFolder: string): Promise<void> {
  for (const [signal, timeoutMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
    if (await waitForEnd(pid, timeoutMs)) {
      if (socketFolder.startsWith(shortFolderPrefix))
        await rm(socketFolder, { recursive: true, force: true });
      return;
    }
  }
  throw new Error(`Postgres (process ${pid}) does not end; look at its log`);
}
