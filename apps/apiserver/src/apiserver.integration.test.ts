import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { issueClientCertificate, pkiPaths } from '@gantry/pki/pki';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

let data: string;
let server: ChildProcess;

/** Starts a server on the data folder; resolves with its port once it is ready. */
async function start(): Promise<number> {
  server = spawn(process.execPath, [main, '--data', data, '--secure-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined },
  });
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

const ended = (): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    else server.once('exit', () => resolve());
  });

async function credentials(port: number): Promise<void> {
  const pair = await issueClientCertificate(join(data, 'pki'), {
    commonName: 'tester',
    organizations: ['system:masters'],
  });
  const ca = await readFile(pkiPaths(join(data, 'pki')).caCert, 'utf8');
  await writeKubeconfig(join(data, 'kubeconfig'), {
    server: `https://127.0.0.1:${port}`,
    ca,
    user: 'tester',
    ...pair,
  });
}

interface Outcome {
  readonly code: number;
  readonly out: string;
}

async function kubectl(args: string, input?: string): Promise<Outcome> {
  const fixed = ['--kubeconfig', join(data, 'kubeconfig'), '--cache-dir', join(data, 'kube-cache')];
  const pending = run('kubectl', [...fixed, ...args.split(' ')], { timeout: 30_000 });
  pending.child.stdin?.end(input ?? '');
  try {
    const { stdout, stderr } = await pending;
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout + stderr };
  }
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'gantry-apiserver-'));
  await credentials(await start());
});

afterAll(async () => {
  server.kill('SIGTERM');
  await ended();
  await rm(data, { recursive: true, force: true });
});

const manifest = (replicas: number, field = 'replicas') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  ${field}: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

describe('kubectl', () => {
  it('creates, reads, changes and deletes', async () => {
    expect((await kubectl('create namespace demo')).out).toContain('namespace/demo created');
    expect((await kubectl('-n demo create configmap a --from-literal=x=1')).out).toContain('created');
    expect((await kubectl('-n demo get configmap a -o jsonpath={.data.x}')).out).toBe('1');
    expect((await kubectl('-n demo label configmap a tier=one')).out).toContain('labeled');
    expect((await kubectl('-n demo get configmaps -l tier=one')).out).toMatch(/NAME +DATA +AGE\na +1 /);
    expect((await kubectl('-n demo delete configmap a')).out).toContain('deleted');
    expect((await kubectl('-n demo get configmap a')).out).toContain('configmaps "a" not found');
  });

  it('applies from the client and from the server', async () => {
    expect((await kubectl('apply -f -', manifest(1))).out).toContain('deployment.apps/web created');
    expect((await kubectl('apply -f -', manifest(1))).out).toContain('unchanged');
    expect((await kubectl('apply -f -', manifest(2))).out).toContain('configured');
    expect((await kubectl('apply --server-side -f -', manifest(2))).out).toContain('serverside-applied');
    expect((await kubectl('diff -f -', manifest(2))).code).toBe(0);
    const bad = await kubectl('apply -f -', manifest(2, 'replicaz'));
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('unknown field "spec.replicaz"')]);
    expect((await kubectl('-n demo scale deployment web --replicas=3')).out).toContain('scaled');
    expect((await kubectl('-n demo get deployment web -o jsonpath={.spec.replicas}')).out).toBe('3');
  });

  it('knows its rights, kinds and their fields', async () => {
    expect((await kubectl('auth whoami')).out).toContain('tester');
    expect((await kubectl('auth can-i create pods')).out).toContain('yes');
    expect((await kubectl('auth can-i create pods --as=nobody')).out).toContain('no');
    const denied = await kubectl('get secrets -n demo --as=nobody');
    expect(denied.out).toContain(
      'secrets is forbidden: User "nobody" cannot list resource "secrets" in API group "" in the namespace "demo"',
    );
    expect((await kubectl('explain deployment.spec.replicas')).out).toContain('FIELD: replicas <integer>');
    expect((await kubectl('api-resources --namespaced=false -o name')).out).toContain('clusterroles.rbac');
    expect((await kubectl('get --raw /readyz')).out).toBe('ok');
  });

  it('sees what was written before the server was killed', async () => {
    await kubectl('-n demo create configmap kept --from-literal=x=1');
    server.kill('SIGKILL');
    await ended();
    await credentials(await start());
    expect((await kubectl('-n demo get configmap kept -o name')).out).toContain('configmap/kept');
    expect((await kubectl('-n default get service kubernetes -o jsonpath={.spec.clusterIP}')).out).toBe(
      '10.96.0.1',
    );
  });
});
