import { rm } from 'node:fs/promises';
import { errorCode } from './connection.ts';
import { waitForEnd } from './pid-file.ts';
import { shortFolderPrefix } from './socket-folder.ts';

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
