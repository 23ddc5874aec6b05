import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { discoveryCacheOf, type Kubectl, type KubectlVersion, kubectl } from './kubectl.ts';

const cli = fileURLToPath(new URL('../../apps/gantry/src/main.ts', import.meta.url));

/** What `gantry status -o json` prints. */
export interface Status {
  readonly ready: boolean;
  readonly components: readonly {
    name: string;
    health: string;
    pid: number | null;
    address: string;
    memory: number;
  }[];
  readonly kubeconfig: string;
  readonly ca: string;
  readonly logs: string;
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly gitUrl: string;
  readonly adminUser: string;
  readonly adminPassword?: string;
}

export interface Gantry {
  readonly data: string;
  readonly status: Status;
  kubectl(version?: KubectlVersion): Kubectl;
  gitUrl(name: string): string;
  /** Runs the command line; resolves with code and output. */
  run(...args: readonly string[]): Promise<{ code: number; output: string }>;
  start(): Promise<void>;
  /** Ends it and removes every trace. */
  purge(): Promise<void>;
}

export function runCli(args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A Gantry of the test's own, ready. `options` are those of `gantry up`. */
export async function startGantry(...options: readonly string[]): Promise<Gantry> {
  const data = mkdtempSync(join(tmpdir(), 'gantry-e2e-'));
  const upArgs = [
    'up',
    '--detach',
    '--data',
    data,
    '--api-port',
    String(await freePort()),
    '--console-port',
    String(await freePort()),
    // Where the servers of tests are.
    '--sync-allow-addresses',
    '127.0.0.0/8',
    ...options,
  ];
  let status: Status | undefined;
  const start = async (): Promise<void> => {
    const result = await runCli(upArgs);
    if (result.code !== 0) throw new Error(`gantry did not start: ${result.output}`);
    status = JSON.parse((await runCli(['status', '--data', data, '-o', 'json'])).output) as Status;
  };
  const purge = async (): Promise<void> => {
    const { code, output } = await runCli(['down', '--data', data, '--purge']);
    rmSync(data, { recursive: true, force: true });
    rmSync(discoveryCacheOf(join(data, 'kubeconfig')), { recursive: true, force: true });
    if (code !== 0) throw new Error(`gantry did not end: ${output}`);
  };
  try {
    await start();
  } catch (error) {
    const logs = lastLogLines(join(data, 'logs'));
    await purge();
    throw new Error(`${String(error)}\n${logs}`);
  }
  const current = (): Status => {
    if (status === undefined) throw new Error('not started');
    return status;
  };
  return {
    data,
    get status() {
      return current();
    },
    kubectl: (version) => kubectl(current().kubeconfig, version),
    gitUrl: (name) => current().gitUrl.replace('NAME', name),
    run: (command = 'status', ...args) => runCli([command, '--data', data, ...args]),
    start,
    purge,
  };
}

const LOG_BYTES = 1_500;

/** The end of each component's log, for a test report. */
function lastLogLines(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((name) => `== ${name}\n${readFileSync(join(folder, name), 'utf8').slice(-LOG_BYTES)}`)
    .join('\n');
}
