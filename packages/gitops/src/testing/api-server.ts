import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient, type OwnedClient } from '@gantry/client/client';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { issueClientCertificate, pkiPaths } from '@gantry/pki/pki';

const API_SERVER = fileURLToPath(new URL('../../../../apps/apiserver/src/main.ts', import.meta.url));
const SYNC = fileURLToPath(new URL('../../../../apps/sync/src/main.ts', import.meta.url));

/** The real API server on a data folder of its own, for integration tests. */
export interface TestCluster {
  readonly data: string;
  readonly server: string;
  readonly ca: string;
  /** May do everything. */
  readonly admin: OwnedClient;
  /** Password of the local user `admin`, for Git. */
  readonly password: string;
  /** Starts apps/sync as a process; resolves when it listens. */
  startSync(): Promise<SyncProcess>;
  close(): Promise<void>;
}

export interface SyncProcess {
  readonly gitRoot: string;
  readonly gitSocket: string;
  readonly healthSocket: string;
  /** Everything that it wrote to stderr. */
  log(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Waits for the log line that says `message`. */
async function logged(child: ChildProcess, message: string): Promise<{ port: number; lines: string[] }> {
  const lines: string[] = [];
  let port = 0;
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input: child.stderr ?? process.stdin });
    reader.on('line', (line) => {
      lines.push(line);
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line) as { msg?: string; port?: number };
      if (entry.port !== undefined) port = entry.port;
      if (entry.msg === message) resolve({ port, lines });
    });
    child.once('exit', () => reject(new Error(`it ended before ${message}:\n${lines.join('\n')}`)));
  });
}

export async function startTestCluster(): Promise<TestCluster> {
  const data = await mkdtemp(join(tmpdir(), 'gantry-gitops-'));
  const child = spawn(process.execPath, [API_SERVER, '--data', data, '--secure-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined },
  });
  const { port } = await logged(child, 'ready');
  const server = `https://127.0.0.1:${port}`;
  const ca = await readFile(pkiPaths(join(data, 'pki')).caCert, 'utf8');
  const identity = (commonName: string, organization: string) =>
    issueClientCertificate(join(data, 'pki'), { commonName, organizations: [organization] });
  const admin = createClient({ server, ca, ...(await identity('tester', 'system:masters')) });
  const kubeconfig = join(data, 'sync.kubeconfig');
  const pair = await identity('system:gantry-sync', 'system:gantry-sync');
  await writeKubeconfig(kubeconfig, { server, ca, user: 'sync', ...pair });
  const started: ChildProcess[] = [];
  return {
    data,
    server,
    ca,
    admin,
    password: (await readFile(join(data, 'admin-password'), 'utf8')).trim(),
    async startSync() {
      const sync = await startSync(data, kubeconfig);
      started.push(sync.child);
      return sync;
    },
    async close() {
      admin.close();
      for (const one of [...started, child]) {
        one.kill('SIGTERM');
        await ended(one);
      }
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startSync(data: string, kubeconfig: string): Promise<SyncProcess & { child: ChildProcess }> {
  const paths = {
    gitRoot: join(data, 'git'),
    gitSocket: join(data, 'run/git.sock'),
    healthSocket: join(data, 'run/sync.sock'),
  };
  await mkdir(join(data, 'run'), { recursive: true });
  const child = spawn(
    process.execPath,
    [SYNC, '--kubeconfig', kubeconfig, '--git-root', paths.gitRoot].concat([
      // Where the servers of tests are.
      '--sync-allow-addresses',
      '127.0.0.0/8',
      '--git-socket',
      paths.gitSocket,
      '--health-socket',
      paths.healthSocket,
    ]),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const { lines } = await logged(child, 'serving Git');
  return {
    ...paths,
    child,
    log: () => lines.join('\n'),
    async kill(signal) {
      child.kill(signal);
      await ended(child);
    },
  };
}
