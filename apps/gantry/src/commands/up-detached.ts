import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readStatus, type StatusReport } from '../client-socket.ts';
import { assertUsableData, createDataFolder } from '../data-folder.ts';
import { UserError } from '../errors.ts';
import { type Layout, layoutOf, logFile } from '../layout.ts';
import { alreadyRuns, lockHolder } from '../lock.ts';
import type { UpOptions } from '../options.ts';
import { LineReader } from '../text.ts';
import { DETACHED, welcomeText } from './welcome.ts';

const TIMEOUT_MS = 400_000;
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
  const status = await startSupervisor(layout, argv);
  process.stdout.write(welcomeText(status));
}

async function startSupervisor(layout: Layout, argv: readonly string[]): Promise<StatusReport> {
  mkdirSync(layout.logs, { recursive: true, mode: 0o700 });
  const output = openSync(logFile(layout, 'gantry'), 'w+', 0o600);
  try {
    const args = ['--max-semi-space-size=1', main, 'up', ...argv.filter((arg) => arg !== '--detach')];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', output, output],
      env: { ...process.env, [DETACHED]: '1' },
      detached: true,
    });
    let exited = false;
    child.once('exit', () => {
      exited = true;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => child.kill('SIGTERM'));
    const lines = new LineReader(output);
    let reason = '';
    for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
      const ended = exited;
      for (const line of lines.read()) {
        if (line.startsWith('gantry: ')) reason = line.slice('gantry: '.length);
        else process.stdout.write(`${line}\n`);
      }
      if (ended) throw new UserError(reason || `the supervisor ended: see ${layout.logs}`);
      const status = await readStatus(layout);
      if (status?.ready === true) {
        child.unref();
        return status;
      }
    }
    child.kill('SIGTERM');
    throw new UserError(`not ready after ${TIMEOUT_MS / 1000} s: see ${layout.logs}`);
  } finally {
    closeSync(output);
  }
}
