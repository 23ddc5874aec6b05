import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@gantry/runtime/port';
import { connectCri } from '../cri/client.ts';
import { type ContainerdConfig, renderContainerdConfig } from './config.ts';

export const SANDBOX_IMAGE = 'registry.k8s.io/pause:3.10';

const SOCKET_PATH_BYTES_MAX = 107;
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const OVERLAYFS_MAGIC = 0x794c7630;
const CAP_SYS_RESOURCE = 24n;

export interface ContainerdPaths {
  readonly dir: string;
  readonly socket: string;
  readonly pidFile: string;
  readonly certsDir: string;
  readonly cniConfDir: string;
  readonly logFile: string;
}

/** Where our own containerd keeps its things under the data folder. */
export function containerdPaths(dataDir: string): ContainerdPaths {
  const dir = join(dataDir, 'containerd');
  return {
    dir,
    socket: join(dir, 'containerd.sock'),
    pidFile: join(dir, 'containerd.pid'),
    certsDir: join(dir, 'certs.d'),
    cniConfDir: join(dir, 'cni'),
    logFile: join(dataDir, 'logs', 'containerd.log'),
  };
}

export interface Launched {
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts containerd under `dataDir`, or adopts the one that already serves there. Containers outlive it: their shims
 * find the next one. Errors name what to install or where to look.
 */
export async function launchContainerd(dataDir: string, log: Logger): Promise<Launched> {
  const paths = containerdPaths(dataDir);
  if (Buffer.byteLength(paths.socket) > SOCKET_PATH_BYTES_MAX) {
    throw new Error(`${paths.socket} is too long for a socket (107 bytes): use a shorter --data folder`);
  }
  await mkdir(paths.certsDir, { recursive: true });
  await mkdir(paths.cniConfDir, { recursive: true });
  await mkdir(join(dataDir, 'logs'), { recursive: true });
  const running = await adopt(paths);
  if (running !== undefined) {
    log.info({ pid: running }, 'containerd is already running');
    return { pid: running, stop: () => stopProcess(running, paths) };
  }
  const configFile = join(paths.dir, 'config.toml');
  await writeFile(configFile, renderContainerdConfig(await decideConfig(paths)));
  await rm(paths.socket, { force: true });
  const pid = start(configFile, paths.logFile);
  await writeFile(paths.pidFile, String(pid));
  await waitReady(paths, pid);
  return { pid, stop: () => stopProcess(pid, paths) };
}

function start(configFile: string, logFile: string): number {
  const out = openSync(logFile, 'a');
  try {
    // Detached: a Ctrl-C meant for the supervisor must not reach it before the agent has ended.
    const child = spawn('containerd', ['--config', configFile], {
      stdio: ['ignore', out, out],
      detached: true,
    });
    child.on('error', () => undefined);
    child.unref();
    if (child.pid === undefined) {
      throw new Error('containerd did not start: install it (apt-get install containerd runc)');
    }
    return child.pid;
  } finally {
    closeSync(out);
  }
}

async function decideConfig(paths: ContainerdPaths): Promise<ContainerdConfig> {
  const { type } = await statfs(paths.dir);
  return {
    root: join(paths.dir, 'root'),
    state: join(paths.dir, 'state'),
    socket: paths.socket,
    runcRoot: join(paths.dir, 'runc'),
    certsDir: paths.certsDir,
    cniBinDir: cniBinDir(),
    cniConfDir: paths.cniConfDir,
    optDir: join(paths.dir, 'opt'),
    sandboxImage: SANDBOX_IMAGE,
    snapshotter: type === OVERLAYFS_MAGIC ? 'native' : 'overlayfs',
    disableApparmor:
      !existsSync('/sys/kernel/security/apparmor/profiles') || !existsSync('/sbin/apparmor_parser'),
    restrictOomScoreAdj: !(await hasSysResource()),
  };
}

/** Debian's place for CNI plugins, else the one the upstream archives use. */
export function cniBinDir(): string {
  return existsSync('/usr/lib/cni/bridge') ? '/usr/lib/cni' : '/opt/cni/bin';
}

/** Whether this process may lower an oom_score_adj. */
export async function hasSysResource(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8');
  const bits = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return bits !== undefined && ((BigInt(`0x${bits}`) >> CAP_SYS_RESOURCE) & 1n) === 1n;
}

async function adopt(paths: ContainerdPaths): Promise<number | undefined> {
  const text = await readFile(paths.pidFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid) || pid <= 1 || !(await isContainerd(pid, paths.dir))) return undefined;
  return (await answers(paths.socket)) ? pid : undefined;
}

/** A pid may belong to another process by now: its command line must name our configuration. */
async function isContainerd(pid: number, dir: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('containerd') && command.includes(dir);
}

/** Whether a CRI v1 runtime serves on the socket. */
export async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  const cri = connectCri(`unix://${socket}`);
  try {
    await Promise.race([cri.version(), sleep(5000).then(() => Promise.reject(new Error('no answer')))]);
    return true;
  } catch {
    return false;
  } finally {
    cri.close();
  }
}

async function waitReady(paths: ContainerdPaths, pid: number): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (await answers(paths.socket)) return;
    if (await hasEnded(pid)) break;
    await sleep(50);
  }
  const tail = (await readFile(paths.logFile, 'utf8').catch(() => '')).trim().split('\n').at(-1) ?? '';
  throw new Error(`containerd did not come up; the last line of ${paths.logFile}: ${tail}`);
}

/**
 * Whether a process that we started is gone. Its command line would not tell: that is empty for a moment while the
 * program is being loaded.
 */
export async function hasEnded(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

async function stopProcess(pid: number, paths: ContainerdPaths): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  let signal: NodeJS.Signals = 'SIGTERM';
  while (await isContainerd(pid, paths.dir)) {
    try {
      process.kill(pid, signal);
    } catch {
      break;
    }
    if (Date.now() > deadline) signal = 'SIGKILL';
    await sleep(100);
  }
  await rm(paths.pidFile, { force: true });
  await rm(paths.socket, { force: true });
}
