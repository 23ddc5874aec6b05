import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readStatus } from '../client-socket.ts';
import { assertUsableData, createDataFolder } from '../data-folder.ts';
import { UserError } from '../errors.ts';
import { layoutOf, logFile } from '../layout.ts';
import { alreadyRuns, lockHolder } from '../lock.ts';
import type { UpOptions } from '../options.ts';

const TIMEOUT_MS = 300_000;
const POLL_MS = 50;
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * In the background: returns when everything is ready; throws the reason when it does not start. Shows meanwhile what
 * the supervisor says. Interrupted, it ends the start.
 */
export async function upDetached(options: UpOptions, argv: readonly string[]): Promise<void> {
  assertUsableData(options.data);
  createDataFolder(options.data);
  const layout = layoutOf(options.data);
  const holder = lockHolder(layout);
  if (holder !== undefined) throw alreadyRuns(options.data, holder);
  mkdirSync(layout.logs, { recursive: true, mode: 0o700 });
  const log = logFile(layout, 'gantry');
  const output = openSync(log, 'w+', 0o600);
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=1', main, 'up', ...argv.filter((arg) => arg !== '--detach')],
    { stdio: ['ignore', output, output], detached: true },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill('SIGTERM'));
  try {
    await follow(child, output, async () => (await readStatus(layout))?.ready === true, layout.logs);
  } finally {
    closeSync(output);
  }
  child.unref();
}

/** Copies what the child writes to stdout until it is ready. Its last line, when it ends instead, is the reason. */
async function follow(
  child: ChildProcess,
  file: number,
  isReady: () => Promise<boolean>,
  logs: string,
): Promise<void> {
  const lines = new LineReader(file);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  const deadline = Date.now() + TIMEOUT_MS;
  let last = '';
  const show = (): boolean => {
    let greeted = false;
    for (const line of lines.read()) {
      if (last !== '' || lines.started) process.stdout.write(last === '' ? '' : '');
      last = line === '' ? last : line;
      if (line.startsWith('gantry: ')) continue;
      process.stdout.write(`${line}\n`);
      greeted ||= line.startsWith('  kubectl -n ');
    }
    return greeted;
  };
  while (Date.now() < deadline) {
    const ended = exited;
    show();
    if (ended) throw new UserError(last.replace(/^gantry: /, '') || `the supervisor ended: see ${logs}`);
    if (await isReady()) {
      await sleep(POLL_MS);
      show();
      return;
    }
    await sleep(POLL_MS);
  }
  child.kill('SIGTERM');
  throw new UserError(`not ready after ${TIMEOUT_MS / 1000} s: see ${logs}`);
}
