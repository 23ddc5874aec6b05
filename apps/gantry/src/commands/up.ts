import { mkdirSync } from 'node:fs';
import { assertUsableData, createDataFolder } from '../data-folder.ts';
import { lockDataFolder, rememberOptions } from '../lock.ts';
import type { UpOptions } from '../options.ts';
import { serveStatus } from '../supervisor/status-server.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { DETACHED, printProgress, welcomeText } from './welcome.ts';

/** In the foreground: runs until Ctrl-C, SIGTERM, a closed terminal or `gantry down`. */
export async function up(options: UpOptions): Promise<void> {
  assertUsableData(options.data);
  createDataFolder(options.data);
  // A terminal that is gone must not end the supervisor before its processes; `expectBrokenPipe` looks after stdout.
  process.stderr.on('error', () => undefined);
  const release = lockDataFolder(options.data);
  try {
    await runSupervisor(options);
  } finally {
    release();
  }
}

async function runSupervisor(options: UpOptions): Promise<void> {
  const supervisor = new Supervisor(options, (line) =>
    process.stdout.write(`${new Date().toISOString()} ${line}\n`),
  );
  const asked = Promise.withResolvers<{ keepRuntime: boolean }>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => asked.resolve({ keepRuntime: false }));
  mkdirSync(supervisor.layout.run, { recursive: true, mode: 0o700 });
  rememberOptions(supervisor.layout.options, options);
  const server = await serveStatus({
    socket: supervisor.layout.supervisorSocket,
    status: () => supervisor.report(),
    shutdown: (keepRuntime) => asked.resolve({ keepRuntime }),
  });
  try {
    const started = supervisor.start(printProgress()).then(() => undefined);
    // Asked to end, the start fails with that; what counts then is the end.
    started.catch(() => undefined);
    const early = await Promise.race([started, asked.promise]);
    if (early === undefined && process.env[DETACHED] === undefined)
      process.stdout.write(welcomeText(await supervisor.report()));
    const how = early ?? (await asked.promise);
    process.stdout.write('Stopping …\n');
    await supervisor.stop(how);
  } finally {
    server.close();
  }
}
