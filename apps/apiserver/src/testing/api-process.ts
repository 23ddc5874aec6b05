import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { issueClientCertificate, pkiPaths } from '@gantry/pki/pki';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly out: string;
}

/** An API server as a process, with a data folder and an embedded database of its own. */
export interface ApiProcess {
  readonly data: string;
  readonly port: number;
  readonly ca: string;
  /** As a member of system:masters. */
  readonly kubeconfig: string;
  kubectl(args: readonly string[], options?: { input?: string; kubeconfig?: string }): Promise<Outcome>;
  /** A kubeconfig for a user with a certificate. */
  asUser(commonName: string, organizations?: readonly string[]): Promise<string>;
  /** Ends it (SIGTERM unless told), and starts it again with the same data and on the same port. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

async function whenReady(server: ChildProcess): Promise<number> {
  const lines: string[] = [];
  let port = 0;
  for await (const line of createInterface({ input: server.stderr ?? process.stdin })) {
    lines.push(line);
    if (!line.startsWith('{')) continue;
    const { msg, port: listening } = JSON.parse(line) as { msg: string; port?: number };
    if (listening !== undefined) port = listening;
    if (msg === 'ready') {
      server.stderr?.resume();
      return port;
    }
  }
  throw new Error(`the server did not start:\n${lines.join('\n')}`);
}

/** Starts the server with more flags, made from its data folder; resolves once it is ready. */
export async function startApiProcess(
  flags: (data: string) => Promise<readonly string[]> | readonly string[],
): Promise<ApiProcess> {
  const data = await mkdtemp(join(tmpdir(), 'gantry-apiserver-'));
  const more = await flags(data);
  let server: ChildProcess;
  const launch = async (securePort: number): Promise<number> => {
    const fixed = ['--data', data, '--secure-port', String(securePort), '--advertise-address', '192.0.2.1'];
    server = spawn(process.execPath, [main, ...fixed, ...more], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DATABASE_URL: undefined },
    });
    return await whenReady(server);
  };
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  const port = await launch(0).catch(async (error: unknown) => {
    server.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
    throw error;
  });
  const ca = await readFile(pkiPaths(join(data, 'pki')).caCert, 'utf8');
  const asUser = async (commonName: string, organizations: readonly string[] = []): Promise<string> => {
    const pair = await issueClientCertificate(join(data, 'pki'), { commonName, organizations });
    const file = join(data, `kubeconfig-${commonName}`);
    await writeKubeconfig(file, { server: `https://127.0.0.1:${port}`, ca, user: commonName, ...pair });
    return file;
  };
  const kubeconfig = await asUser('tester', ['system:masters']);
  return {
    ...{ data, port, ca, kubeconfig, asUser },
    async kubectl(args, options = {}) {
      const fixed = ['--kubeconfig', options.kubeconfig ?? kubeconfig, '--cache-dir', join(data, 'cache')];
      const pending = run('kubectl', [...fixed, ...args], { timeout: 30_000 });
      pending.child.stdin?.end(options.input ?? '');
      try {
        const { stdout, stderr } = await pending;
        return { code: 0, out: stdout + stderr };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, out: stdout + stderr };
      }
    },
    async restart(signal) {
      await end(signal);
      await launch(port);
    },
    async stop() {
      await end();
      await rm(data, { recursive: true, force: true });
    },
  };
}
