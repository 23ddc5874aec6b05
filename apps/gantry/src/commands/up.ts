import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStatus } from '../client-socket.ts';
import { UserError } from '../errors.ts';
import { layoutOf, logFile } from '../layout.ts';
import { lockDataFolder, rememberOptions } from '../lock.ts';
import type { UpOptions } from '../options.ts';
import { serveStatus } from '../supervisor/status-server.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { lastLines } from '../text.ts';
import { printProgress, printWelcome } from './welcome.ts';

/** In the foreground: runs until Ctrl-C, SIGTERM or `gantry down`. */
export async function up(options: UpOptions): Promise<void> {
  createDataFolder(options.data);
  const release = lockDataFolder(options.data);
  try {
    await runSupervisor(options);
  } finally {
    release();
  }
}

async function runSupervisor(options: UpOptions): Promise<void> {
  const supervisor = new Supervisor(options);
  let asked: (how: { stopPods: boolean }) => void = () => undefined;
  const stopAsked = new Promise<{ stopPods: boolean }>((resolve) => {
    asked = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked({ stopPods: false }));
  mkdirSync(supervisor.layout.run, { recursive: true, mode: 0o700 });
  rememberOptions(supervisor.layout.options, options);
  const server = await serveStatus({
    socket: supervisor.layout.supervisorSocket,
    status: () => supervisor.report(),
    shutdown: (stopPods) => asked({ stopPods }),
  });
  try {
    const started = supervisor.start(printProgress());
    const early = await Promise.race([started, stopAsked]);
    if (early === undefined) printWelcome(supervisor.report(), supervisor.simulatedBecause);
    else started.catch(() => undefined);
    const how = early ?? (await stopAsked);
    process.stdout.write('Stopping …\n');
    await supervisor.stop(how);
  } finally {
    server.close();
  }
}

const DETACHED_TIMEOUT_MS = 300_000;

/** In the background: returns when everything is ready; throws the reason when it does not start. */
export async function upDetached(options: UpOptions, argv: readonly string[]): Promise<void> {
  createDataFolder(options.data);
  const layout = layoutOf(options.data);
  if ((await readStatus(layout)) !== undefined) {
    throw new UserError(
      `Gantry already runs on ${options.data}: use \`npx gantry status --data ${options.data}\`, or choose another folder with --data`,
    );
  }
  mkdirSync(layout.logs, { recursive: true, mode: 0o700 });
  const log = logFile(layout, 'gantry');
  const output = openSync(log, 'w', 0o600);
  const args = argv.filter((arg) => arg !== '--detach');
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'up', ...args], {
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  const deadline = Date.now() + DETACHED_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (exited) throw new UserError(lastLines(log, 1).replace(/^gantry: /, ''));
    const status = await readStatus(layout);
    if (status?.ready === true) {
      printWelcome(status, undefined);
      child.unref();
      return;
    }
    await sleep(100);
  }
  throw new UserError(`not ready after ${DETACHED_TIMEOUT_MS / 1000} s: see ${layout.logs}`);
}

function createDataFolder(data: string): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new UserError(
      `the data folder ${data} can't be created (${(error as NodeJS.ErrnoException).code}): choose another with --data`,
    );
  }
}
