import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Connection, Target } from './connection.ts';

const cli = fileURLToPath(new URL('../../apps/gantry/src/main.ts', import.meta.url));

export interface Running {
  readonly target: Target;
  readonly kubeconfig: string;
  readonly status: {
    readonly components: readonly { name: string; pid: number | null }[];
    readonly gitUrl: string;
  };
  pids(...names: string[]): number[];
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`gantry ${args[0]} failed: ${output}`)),
    );
  });
}

const fromKubeconfig = (text: string, field: string): string =>
  Buffer.from(new RegExp(`${field}: ([\\w+/=]+)`).exec(text)?.[1] ?? '', 'base64').toString();

/** A whole Gantry in a folder of its own, with the given options of `gantry up`. */
export async function startGantry(...options: string[]): Promise<Running> {
  const data = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
  const port = await freePort();
  await run([
    'up',
    '--detach',
    '--data',
    data,
    '--api-port',
    String(port),
    '--console-port',
    String(await freePort()),
    ...options,
  ]);
  const status = JSON.parse(await run(['status', '--data', data, '-o', 'json'])) as Running['status'] & {
    kubeconfig: string;
  };
  const text = readFileSync(status.kubeconfig, 'utf8');
  const target: Target = {
    host: '127.0.0.1',
    port,
    ca: fromKubeconfig(text, 'certificate-authority-data'),
    cert: fromKubeconfig(text, 'client-certificate-data'),
    key: fromKubeconfig(text, 'client-key-data'),
  };
  return {
    target,
    status,
    kubeconfig: status.kubeconfig,
    pids: (...names) =>
      status.components.flatMap((part) => (part.pid !== null && names.includes(part.name) ? [part.pid] : [])),
    stop: async () => {
      await run(['down', '--data', data, '--purge']);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Waits until `done` answers true for the object at a path. */
export async function until(
  connection: Connection,
  path: string,
  done: (object: never) => boolean,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const reply = await connection.request('GET', path, undefined, undefined, true);
    if (reply.status === 200 && done(JSON.parse(reply.body.toString()) as never)) return;
    await sleep(20);
  }
  throw new Error(`${path}: not there after ${timeoutMs / 1000} s`);
}
