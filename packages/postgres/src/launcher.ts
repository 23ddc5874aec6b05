import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, chooseAccount, ensureReachable } from './account.ts';
import { ensureBinaries } from './binaries.ts';
import { embeddedName, ensureCluster, summarize } from './cluster.ts';
import { type ConnectionOptions, errorCode, formatDatabaseUrl } from './connection.ts';
import { isAlive, readPidFile } from './pid-file.ts';
import { settings } from './settings.ts';
import { makeSocketFolder, socketPort } from './socket-folder.ts';
import { endServer } from './stop.ts';

export interface PostgresOptions {
  /** Absolute folder of its own: holds data/, run/ (the socket) and, when needed, native/ (the programs). */
  readonly dataDir: string;
  /** Takes lines that tell a person what goes on. */
  readonly log?: (line: string) => void;
  /** The server's own log; `postgres.log` in `dataDir` by default. Put aside as FILE.1 above 16 MiB at a start. */
  readonly logFile?: string;
  /** The server outlives this process, which may end while it runs. */
  readonly detached?: boolean;
}

export interface PostgresServer {
  readonly connection: ConnectionOptions;
  /** The database's URL. It stays the same when the server is started again. */
  readonly endpoint: string;
  readonly pid: number;
  /** It ran already, left by a process that was killed. */
  readonly adopted: boolean;
  /** Settles with the reason once the server has ended, for whatever reason. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const maxLogBytes = 16 * 1024 * 1024;
/** Replaying the log after a crash may take this long. */
const readyTimeoutMs = 120_000;
/** How long a predecessor's shared memory or lock may keep a new server from starting. */
const busyTimeoutMs = 10_000;

/**
 * Starts the embedded Postgres, or adopts the one that runs on `dataDir`; resolves when the database `gantry` answers.
 * Throws an Error of one line that says what is wrong and what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataFolder = join(options.dataDir, 'data');
  await mkdir(options.dataDir, { recursive: true, mode: 0o711 });
  const account = await chooseAccount(dataFolder);
  if (account) {
    await chmod(options.dataDir, 0o711);
    await ensureReachable(options.dataDir, account);
  }
  const binaries = await ensureBinaries(account, join(options.dataDir, 'native'));
  await ensureCluster(binaries, dataFolder, account);
  const logFile = options.logFile ?? join(options.dataDir, 'postgres.log');
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    const running = await readPidFile(dataFolder);
    const attempt = running
      ? await adopt(running.pid, running.socketFolder)
      : await launch({ ...options, logFile }, binaries, dataFolder, account);
    if ('server' in attempt) {
      const { pid, adopted } = attempt.server;
      options.log?.(`Postgres ${adopted ? 'was running' : 'started'} (process ${pid}, log ${logFile})`);
      return attempt.server;
    }
    if (!attempt.retry || Date.now() > deadline) {
      throw new Error(`Postgres did not start: ${attempt.reason} (log: ${logFile})`);
    }
    await sleep(200);
  }
}

/** Fast shutdown of the server on `dataDir`, if one runs: open transactions roll back, what was committed stays. */
export async function stopPostgres(dataDir: string): Promise<void> {
  const running = await readPidFile(join(dataDir, 'data'));
  if (running !== undefined) await endServer(running.pid, running.socketFolder);
}

type Attempt = { readonly server: PostgresServer } | { readonly retry: boolean; readonly reason: string };

async function adopt(pid: number, socketFolder: string): Promise<Attempt> {
  const connection = connectionTo(socketFolder);
  const problem = await waitUntilReady(connection, () => isAlive(pid));
  if (problem !== undefined) return { retry: true, reason: problem };
  const ended = watchForeign(pid);
  return { server: makeServer(connection, pid, true, ended) };
}

async function launch(
  options: PostgresOptions & { readonly logFile: string },
  binaries: string,
  dataFolder: string,
  account: Account | undefined,
): Promise<Attempt> {
  const socketFolder = await makeSocketFolder(options.dataDir, account);
  const log = await openLog(options.logFile);
  try {
    const { size } = await log.stat();
    const args = ['-D', dataFolder, '-k', socketFolder, '-p', String(socketPort)];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const child = spawn(join(binaries, 'bin/postgres'), args, {
      stdio: ['ignore', log.fd, log.fd],
      // A session of its own: Ctrl-C reaches the supervisor alone, which ends things in order.
      detached: true,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    const ended = childEnd(child);
    const { pid } = child;
    if (pid === undefined) return { retry: false, reason: await ended };
    const connection = connectionTo(socketFolder);
    const problem = await waitUntilReady(
      connection,
      () => child.exitCode === null && child.signalCode === null,
    );
    if (problem === undefined) {
      if (options.detached) child.unref();
      return { server: makeServer(connection, pid, false, ended) };
    }
    if (isAlive(pid)) {
      child.kill('SIGQUIT');
      await ended;
      return { retry: false, reason: problem };
    }
    return explainExit(await readFrom(options.logFile, size));
  } finally {
    await log.close();
  }
}

/** Right after a crash the old server's children may still hold shared memory, or another start won the race. */
function explainExit(log: string): Attempt {
  const retry =
    /pre-existing shared memory block|lock file .* already exists|Is another postmaster|could not bind/.test(
      log,
    );
  return { retry, reason: summarize(log) };
}

function makeServer(
  connection: ConnectionOptions,
  pid: number,
  adopted: boolean,
  ended: Promise<string>,
): PostgresServer {
  return {
    connection,
    endpoint: formatDatabaseUrl(connection),
    pid,
    adopted,
    ended,
    stop: () => endServer(pid, connection.host),
  };
}

function connectionTo(socketFolder: string): ConnectionOptions {
  return { host: socketFolder, port: socketPort, user: embeddedName, database: embeddedName };
}

/** Undefined when the server answers and has our database; else why not. */
async function waitUntilReady(
  connection: ConnectionOptions,
  alive: () => boolean,
): Promise<string | undefined> {
  const deadline = Date.now() + readyTimeoutMs;
  let reason = 'it ended';
  while (alive()) {
    const client = new pg.Client({
      ...connection,
      database: 'postgres',
      connectionTimeoutMillis: 5_000,
      query_timeout: 60_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [embeddedName]);
      if (found.rows.length === 0) await client.query(`CREATE DATABASE ${embeddedName}`);
      return undefined;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      const code = errorCode(error);
      // Lacking resources and refused sign-in do not pass by waiting; all else (starting up, shutting down) may.
      if (code.startsWith('53') || code === '28000') return summarize(reason);
      if (Date.now() > deadline) return reason;
    } finally {
      void client.end().catch(() => undefined);
    }
    await sleep(20);
  }
  return reason;
}

async function openLog(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  await mkdir(dirname(path), { recursive: true });
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

async function readFrom(path: string, position: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, position);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function childEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
}

function watchForeign(pid: number): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve('ended');
    }, 500);
    timer.unref();
  });
}
